"""The sign-up as a person without JavaScript goes through it, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.functional.browsing import Browser
from tests.functional.signing_up import ANSWERS, answers, sign_up
from volunteer.bootstrap import Core
from volunteer.domain.access import Strength
from volunteer.domain.commitment import Commitment
from volunteer.models import Candidate, Consent, Draft
from volunteer.services import candidates, needs


def _count(core: Core, table: type[Candidate | Draft | Consent]) -> int:
    with core.units.read() as uow:
        return uow.session.scalar(select(func.count()).select_from(table)) or 0


def test_from_the_first_question_to_suggestions(
    browser: Browser, core: Core, post_role: Callable[..., UUID], work: Callable[[], None]
) -> None:
    post_role("Koken met de ploeg", commitment=Commitment.MONTHS)
    sign_up(browser)
    assert "We are still looking" in browser.text
    work()
    browser.get("/me/suggestions/list")
    assert "Koken met de ploeg" in browser.text
    assert "Ready. We found 1 suggestion for you." in browser.text
    assert "Tuesday from 10 to 13 Most weeks, for some months You meet Fatima" in browser.text
    with core.units.read() as uow:
        candidate = uow.session.scalars(select(Candidate)).one()
        assert candidate.first_name == "Amina"
        assert candidate.language == "en"
        assert candidate.municipality == "anderlecht"
        assert candidate.travel_minutes == 45
        assert candidate.commitments == ["months", "once"]
        assert candidate.tasks_want == ["t.cook"]
        assert candidate.times == "tue 09:00-12:00;wed 12:00-17:00"
        assert candidate.languages == {"ar": 4, "nl": 2}
        assert candidates.contact_of(uow, candidate) == "amina@voorbeeld.example"
        assert {each.purpose for each in candidate.consents} == {"account", "match", "needs", "follow_up"}


def test_needs_are_kept_sealed(browser: Browser, core: Core) -> None:
    sign_up(browser)
    with core.units.write() as uow:
        candidate = uow.session.scalars(select(Candidate)).one()
        found = needs.read(uow, candidate, reader="test", purpose="test")
        assert found == {"ph.step_free_entrance": Strength.MUST, "ic.plain_language": Strength.NICE}
        assert candidate.needs_sealed is not None
        assert b"step_free" not in candidate.needs_sealed


def test_without_consent_needs_are_not_asked(browser: Browser, core: Core) -> None:
    sign_up(browser, answers(helps={"consent_needs": "no"}), until="check")
    assert browser.get("/signup/needs/physical").request.path == "/signup/check"
    browser.send("/signup/check")
    with core.units.write() as uow:
        candidate = uow.session.scalars(select(Candidate)).one()
        assert needs.read(uow, candidate, reader="test", purpose="test") == {}
        assert "needs" not in {each.purpose for each in candidate.consents}


def test_a_no_to_needs_wipes_what_was_said_before(browser: Browser, core: Core) -> None:
    sign_up(browser, until="check")
    browser.send("/signup/helps?to=check", consent_needs="no")
    assert "You skipped this" in browser.text
    browser.send("/signup/helps?to=check", consent_needs="yes")
    browser.get("/signup/needs/physical")
    assert " checked" not in browser.page
    browser.send("/signup/helps?to=check", consent_needs="no")
    browser.send("/signup/check")
    with core.units.write() as uow:
        candidate = uow.session.scalars(select(Candidate)).one()
        assert needs.read(uow, candidate, reader="test", purpose="test") == {}


def test_i_do_not_know_yet_is_always_an_answer(browser: Browser, core: Core) -> None:
    unknown = answers(
        where={"where_unknown": "yes"},
        tasks={"tasks_unknown": "yes"},
        when={"times_unknown": "yes"},
        languages={},
        contact={"channel": "desk"},
        helps={"consent_needs": "no"},
    )
    sign_up(browser, unknown)
    with core.units.read() as uow:
        candidate = uow.session.scalars(select(Candidate)).one()
        assert (candidate.municipality, candidate.postal_code) == (None, None)
        assert candidate.travel_minutes is None
        assert candidate.times == "unsure"
        assert candidate.commitments == []
        assert candidate.languages == {}
        assert candidate.contact_sealed is None


@pytest.mark.parametrize(
    ("said", "minutes", "words"),
    [
        ("15", 15, "At most 15 minutes"),
        ("60", 60, "At most 60 minutes"),
        ("any", 1440, "It does not matter"),
        ("unknown", None, "You don't know yet"),
        ("", None, "You don't know yet"),
    ],
)
def test_how_long_the_way_may_take(
    browser: Browser, core: Core, said: str, minutes: int | None, words: str
) -> None:
    sign_up(browser, answers(where={"postal_code": "1070", "travel_minutes": said}), until="check")
    browser.get("/signup/check")
    assert f"How long the way may take {words} Change" in browser.text
    browser.get("/signup/where?to=check")
    assert browser.page.count(" checked") == (1 if said else 0), "what was chosen is still chosen"
    browser.send("/signup/check")
    with core.units.read() as uow:
        assert uow.session.scalars(select(Candidate)).one().travel_minutes == minutes


def test_how_often_can_be_several_and_be_changed(browser: Browser, core: Core) -> None:
    given = answers(when={"times_unknown": "yes", "commitments": ["long", "once"]})
    sign_up(browser, given, until="check")
    browser.get("/signup/check")
    assert "How often you help Once. Most weeks, for a year or longer Change" in browser.text
    browser.get("/signup/often?to=check")
    assert browser.page.count(" checked") == 2, "who chose something knows"
    browser.post("/signup/often?to=check", commitments_unknown="yes")
    assert "How often you help You don't know yet Change" in browser.text
    browser.send("/signup/often?to=check", commitments=["sometimes"])
    browser.send("/signup/check")
    with core.units.read() as uow:
        assert uow.session.scalars(select(Candidate)).one().commitments == ["sometimes"]


def test_how_often_is_asked_only_of_who_wants_to_say_it(browser: Browser) -> None:
    sign_up(browser, answers(when={"times_unknown": "yes"}), until="check")
    browser.get("/signup/check")
    assert "How often you help You don't know yet Change" in browser.text
    browser.send("/signup/often?to=check", status=422)
    assert "Choose an answer, or say that you do not know yet." in browser.text
    assert browser.post("/signup/often?to=check", back="yes").request.path == "/signup/check"


def test_every_page_is_answered_before_the_next_one(browser: Browser) -> None:
    answer = browser.get("/signup/contact")
    assert answer.request.path == "/signup/name"
    sign_up(browser, until="when")
    assert browser.get("/signup/check").request.path == "/signup/when"
    assert browser.get("/signup/name").request.path == "/signup/name"
    assert "Amina" in browser.page


def test_under_sixteen_a_person_takes_over_and_nothing_is_kept(browser: Browser, core: Core) -> None:
    browser.send("/signup/name", first_name="Sami")
    assert _count(core, Draft) == 1
    answer = browser.send("/signup/age", is_16="no")
    assert answer.request.path == "/signup/too-young"
    assert _count(core, Draft) == 0
    assert browser.cookie("signup") is None
    assert browser.get("/signup/where").request.path == "/signup/name"


def test_another_language_midway_keeps_everything(browser: Browser) -> None:
    sign_up(browser, until="contact")
    browser.get("/language/nl?next=/signup/tasks")
    assert 'lang="nl"' in browser.page
    assert "t.cook" in browser.page
    assert browser.get("/signup/contact").request.path == "/signup/contact"


@pytest.mark.parametrize(
    ("slug", "given", "message"),
    [
        ("name", {"first_name": "  "}, "Tell us what to call you."),
        ("age", {}, "Choose yes or no."),
        ("where", {}, "Choose your municipality, or say that you would rather not tell."),
        ("where", {"postal_code": "12"}, "A postal code has 4 figures, such as 1000."),
        ("tasks", {}, "Choose something, or say that you do not know yet."),
        ("when", {}, "Choose a moment, or say that you do not know yet."),
        (
            "where",
            {"where": "anderlecht", "postal_code": "1070", "travel_minutes": "200"},
            "Choose how long the way may take.",
        ),
        ("languages", {"other_language": "sw"}, "Tell us how well you speak this language."),
        ("contact", {}, "Choose how we can reach you."),
        ("contact", {"channel": "email", "contact_email": "amina"}, "This is not an e-mail address yet."),
        ("contact", {"channel": "sms", "contact_sms": "12"}, "A number is missing or one too many."),
        ("consent", {"consent_account": "yes"}, "We need your yes to keep your answers"),
        ("helps", {}, "Choose yes or no."),
    ],
)
def test_an_error_says_how_to_go_on_and_keeps_what_was_typed(
    browser: Browser, slug: str, given: dict[str, str], message: str
) -> None:
    sign_up(browser, until=slug)
    browser.send(f"/signup/{slug}", status=422, **given)
    assert message in browser.text
    assert "<title>Error:" in browser.page
    for name, typed in given.items():
        assert name == "travel_minutes" or typed.strip() in browser.page
    browser.post(f"/signup/{slug}", **ANSWERS[slug])


def test_back_and_next_lead_through_the_pages(browser: Browser) -> None:
    sign_up(browser, until="where")
    assert browser.get("/signup/where").request.path == "/signup/where"
    answer = browser.post("/signup/where", where="anderlecht", back="yes")
    assert answer.request.path == "/signup/age"
    browser.get("/signup/name")
    assert 'name="back"' not in browser.page, "there is nothing before the first question"


def test_a_change_from_the_last_page_leads_back_to_it(browser: Browser) -> None:
    sign_up(browser, until="check")
    answer = browser.send("/signup/name?to=check", first_name="Yasmine")
    assert answer.request.path == "/signup/check"
    assert "Yasmine" in browser.text


def test_sent_twice_there_is_one_file(browser: Browser, app: Flask, core: Core) -> None:
    sign_up(browser, until="check")
    browser.get("/signup/check")
    impatient = Browser(app)
    for name in ("signup", "session"):
        impatient.client.set_cookie(name, browser.cookie(name) or "")
    impatient.page = browser.page
    first = browser.post("/signup/check")
    second = impatient.post("/signup/check")
    assert first.request.path == second.request.path == "/me/suggestions"
    assert _count(core, Candidate) == 1
    browser.get("/not-right")
    again = browser.post("/signup/check")
    assert again.request.path == "/me/suggestions"
    assert _count(core, Candidate) == 1


def test_the_draft_is_gone_when_the_file_is_made(browser: Browser, core: Core) -> None:
    sign_up(browser)
    assert browser.cookie("signup") is None
    with core.units.read() as uow:
        draft = uow.session.scalars(select(Draft)).one()
        left = uow.keyring.open(draft.answers_sealed, field="drafts.answers_sealed")
    assert "Amina" not in left
    assert "amina@" not in left


def test_ready_wipe_everything(browser: Browser, core: Core) -> None:
    sign_up(browser, until="contact")
    answer = browser.client.post("/me/leave", data=_with_token(browser))
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert _count(core, Draft) == 0
    assert browser.get("/signup/contact").request.path == "/signup/name"


def _with_token(browser: Browser) -> dict[str, str]:
    browser.get("/signup/name")
    return {"csrf_token": browser.page.split('name="csrf_token" value="')[1].split('"')[0]}
