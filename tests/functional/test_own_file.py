"""A person's own file: change an answer, take back a yes, take everything along, and erase it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from volunteer.bootstrap import Core
from volunteer.domain.access import Answer
from volunteer.domain.consent import Purpose
from volunteer.links import Purpose as Link
from volunteer.models import Candidate, FormerContact, Introduction, Message, NeedReading
from volunteer.queries.candidates import consents_in_force
from volunteer.services import candidates, introductions, needs

PostRole = Callable[..., UUID]
Work = Callable[[], None]
YES = {"ph.step_free_entrance": Answer.YES, "ic.plain_language": Answer.YES}


@pytest.fixture
def with_file(browser: Browser, post_role: PostRole, work: Work) -> Browser:
    """Somebody who signed up and sees one role that fits."""
    post_role(access=YES)
    sign_up(browser)
    work()
    return browser


def _person(core: Core) -> Any:
    with core.units.read() as uow:
        return uow.session.scalars(select(Candidate)).one()


def _agrees(core: Core, purpose: str) -> bool:
    with core.units.read() as uow:
        person = uow.session.scalars(select(Candidate)).one()
        return bool(consents_in_force(uow.session, person.id, purpose, now=uow.now))


def _needs(core: Core) -> dict[str, Any]:
    with core.units.write() as uow:
        person = uow.session.scalars(select(Candidate)).one()
        return needs.read(uow, person, reader="test", purpose="test")


def _readings(core: Core) -> list[str]:
    with core.units.read() as uow:
        chosen = select(NeedReading.purpose).where(NeedReading.reader == "candidate")
        return list(uow.session.scalars(chosen))


def test_the_first_page_shows_answers_but_no_needs_and_no_contact(with_file: Browser, core: Core) -> None:
    before = _readings(core)
    with_file.get("/me")
    assert "You want: Cooking." in with_file.text
    assert "At most 45 minutes" in with_file.text
    assert "voorbeeld.example" not in with_file.page
    assert "Entrance without steps" not in with_file.text
    assert _readings(core) == before


def test_every_answer_is_listed_with_a_way_to_change_it(with_file: Browser, core: Core) -> None:
    with_file.get("/me/answers")
    assert "amina@voorbeeld.example" in with_file.text
    assert "Needed: Entrance without steps." in with_file.text
    assert _readings(core)[-1] == "look"
    listed = with_file.page
    for slug in ("name", "where", "tasks", "when", "often", "languages", "contact", "needs/physical"):
        assert f'href="/me/answers/{slug}"' in listed
        with_file.get(f"/me/answers/{slug}")


@pytest.mark.parametrize(
    ("slug", "shown"),
    [
        ("name", 'value="Amina"'),
        ("where", 'value="anderlecht" selected'),
        ("contact", "amina@voorbeeld.example"),
        ("needs/physical", 'value="must" id="need_ph.step_free_entrance" checked'),
        ("when", 'value="tue:morning" checked'),
    ],
)
def test_the_page_shows_the_answer_of_now(with_file: Browser, slug: str, shown: str) -> None:
    with_file.get(f"/me/answers/{slug}")
    assert shown in with_file.page


def test_a_changed_answer_is_kept_and_brings_new_suggestions(
    with_file: Browser, core: Core, post_role: PostRole, work: Work
) -> None:
    post_role("Naaien met de buren", tasks=frozenset({"t.sew"}), access=YES)
    answer = with_file.send("/me/answers/tasks", tasks_want=["t.sew"])
    assert answer.request.path == "/me/answers"
    assert "Kept. We look again what suits you." in with_file.text
    person = _person(core)
    assert (person.tasks_want, person.tasks_can) == (["t.sew"], [])
    work()
    with_file.get("/me/suggestions")
    assert "Naaien met de buren" in with_file.text
    assert _needs(core) == {"ph.step_free_entrance": "must", "ic.plain_language": "nice"}


def test_an_answer_that_cannot_be_is_explained_and_nothing_changes(with_file: Browser, core: Core) -> None:
    with_file.send("/me/answers/name", first_name="Amina 2", status=422)
    assert "Write only your first name here, without numbers." in with_file.text
    assert 'value="Amina 2"' in with_file.page
    with_file.send("/me/answers/where", postal_code="99", travel_minutes="45", status=422)
    assert _person(core).first_name == "Amina"


def test_back_keeps_nothing_and_another_language_keeps_what_was_typed(with_file: Browser, core: Core) -> None:
    with_file.send("/me/answers/name", first_name="Bilal", back="yes")
    assert _person(core).first_name == "Amina"
    with_file.send("/me/answers/name", first_name="Bilal", language="nl")
    assert 'value="Bilal"' in with_file.page
    assert 'lang="nl"' in with_file.page
    assert _person(core).first_name == "Amina"


def test_who_is_reached_otherwise_is_told_so(with_file: Browser, core: Core, work: Work) -> None:
    with_file.send("/me/answers/contact", channel="phone", contact_phone="02 512 34 56")
    with core.units.read() as uow:
        (told,) = uow.session.scalars(select(Message).where(Message.kind == "contact_changed"))
        assert (told.channel, told.state) == ("email", "queued")
        assert len(uow.session.scalars(select(FormerContact)).all()) == 1
    work()
    mails = [path.read_text("utf-8") for path in (core.settings.data / "mails").rglob("*") if path.is_file()]
    (mail,) = [each for each in mails if "change how we reach you" in each]
    assert "amina@voorbeeld.example" in mail
    assert "/open/" not in mail, "whoever reads there now is not let in"
    with core.units.read() as uow:
        assert uow.session.scalars(select(FormerContact)).all() == [], "and the old address is gone"


def test_taking_back_what_helps_erases_it_everywhere(
    with_file: Browser, core: Core, post_role: PostRole, work: Work
) -> None:
    post_role("Naaien", organisation="Naaiatelier", tasks=frozenset({"t.sew"}))
    work()
    _meet(with_file, core, share=["ph.step_free_entrance"])
    with_file.get("/me/consents")
    assert "Buurtkeuken Pollepel : Entrance without steps" in with_file.text
    with_file.post("/me/consents/needs/take-back")
    assert "Erased. We do not know any more what helps you." in with_file.text
    assert _needs(core) == {}
    assert not _agrees(core, Purpose.NEEDS)
    with core.units.write() as uow:
        introduction = uow.session.scalars(select(Introduction)).one()
        assert introduction.state == "sent"
        assert introductions.shared_by(uow, introduction, reader="test").needs == ()
    work()
    with_file.get("/me/suggestions")
    assert "Entrance without steps" not in with_file.text
    with_file.get("/me/answers")
    assert "You did not tell us." in with_file.text


def _meet(browser: Browser, core: Core, **choice: Any) -> None:
    browser.get("/me/suggestions")
    start = browser.page.index("Koken met de ploeg")
    path = browser.page[browser.page.index('action="/me/suggestions/', start) :].split('"')[1]
    browser.send(path.partition("?")[0], **choice)


def test_what_still_waits_for_an_answer_about_a_need_stops_with_it(
    browser: Browser, post_role: PostRole, work: Work, core: Core
) -> None:
    post_role()
    sign_up(browser)
    work()
    _meet(browser, core)
    work()
    browser.send("/me/consents/needs/take-back", at="/me/consents")
    work()
    with core.units.read() as uow:
        assert uow.session.scalars(select(Introduction)).one().state == "withdrawn"


def test_what_helps_can_be_told_later_after_the_same_question(with_file: Browser, core: Core) -> None:
    with_file.send("/me/consents/needs/take-back", at="/me/consents")
    assert with_file.get("/me/answers/needs/physical").request.path == "/me/answers/helps"
    assert "May we keep what helps you?" in with_file.text
    with_file.post("/me/answers/helps", consent_needs="no")
    assert not _agrees(core, Purpose.NEEDS)
    answer = with_file.send("/me/answers/helps", consent_needs="yes")
    assert answer.request.path == "/me/answers/needs/physical"
    assert _agrees(core, Purpose.NEEDS)
    needed: dict[str, Any] = {"need_ph.lift_or_ground": "must"}
    with_file.post("/me/answers/needs/physical", **needed)
    with_file.post("/me/answers/needs/information")
    nice: dict[str, Any] = {"need_sv.buddy": "nice"}
    with_file.post("/me/answers/needs/service", **nice)
    assert _needs(core) == {"ph.lift_or_ground": "must", "sv.buddy": "nice"}


@pytest.mark.parametrize("purpose", [Purpose.FOLLOW_UP, Purpose.STATISTICS])
def test_an_open_yes_goes_and_comes_back_with_one_button(
    with_file: Browser, core: Core, purpose: Purpose
) -> None:
    with_file.get("/me/consents")
    if not _agrees(core, purpose):
        with_file.post(f"/me/consents/{purpose}/give")
    assert _agrees(core, purpose)
    with_file.post(f"/me/consents/{purpose}/take-back")
    assert not _agrees(core, purpose)
    with_file.post(f"/me/consents/{purpose}/give")
    assert _agrees(core, purpose)


@pytest.mark.parametrize("purpose", [Purpose.ACCOUNT, Purpose.MATCH])
def test_what_the_file_hangs_on_leads_to_erasing(with_file: Browser, core: Core, purpose: Purpose) -> None:
    answer = with_file.send(f"/me/consents/{purpose}/take-back", at="/me/consents")
    assert answer.request.path == "/me/erase"
    assert _agrees(core, purpose)


def test_sharing_can_be_taken_back(with_file: Browser, core: Core) -> None:
    _meet(with_file, core, share=["contact"])
    with core.units.read() as uow:
        owner = uow.session.scalars(select(Introduction.organisation_id)).one()
    with_file.send(f"/me/consents/share_with:{owner}/take-back", at="/me/consents")
    with core.units.write() as uow:
        introduction = uow.session.scalars(select(Introduction)).one()
        assert introduction.state == "withdrawn"
        assert introductions.shared_by(uow, introduction, reader="test").contact is None


@pytest.mark.parametrize("purpose", ["nothing", "share_with:x", "share_with"])
def test_nobody_agrees_to_what_is_not_asked(with_file: Browser, purpose: str) -> None:
    with_file.get("/me/consents")
    with_file.post(f"/me/consents/{purpose}/take-back", status=404)


def test_the_journal_says_who_opened_what_helps(with_file: Browser) -> None:
    with_file.get("/me/journal")
    assert "Our computer" in with_file.text
    assert "to find tasks for you" in with_file.text
    assert "Keep my answers" in with_file.text
    assert "on this website" in with_file.text


def test_everything_can_be_taken_along(with_file: Browser, core: Core) -> None:
    _meet(with_file, core, share=["contact"], message="Tot dan!")
    answer = with_file.client.get("/me/data.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="schakel.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    found = json.loads(answer.get_data(as_text=True))
    assert found["schema"] == "schakel.candidate-file"
    assert found["file"]["first_name"] == "Amina"
    assert found["file"]["contact"] == "amina@voorbeeld.example"
    assert {each["code"]: each["strength"] for each in found["needs"]} == _needs(core)
    assert found["introductions"][0]["shared"]["words"] == "Tot dan!"
    assert found["introductions"][0]["organisation"] == "Buurtkeuken Pollepel"
    assert {each["purpose"] for each in found["consents"]} >= {"account", "match", "needs"}


def test_everything_can_be_read(with_file: Browser) -> None:
    with_file.get("/me/data")
    assert "amina@voorbeeld.example" in with_file.text
    assert "Needed: Entrance without steps." in with_file.text
    assert "Koken met de ploeg" in with_file.text
    assert "Card K-" in with_file.text


def test_erasing_asks_once_and_then_everything_is_gone(with_file: Browser, core: Core, app: Flask) -> None:
    _meet(with_file, core)
    with core.units.write() as uow:
        found = uow.session.scalars(select(Introduction)).one()
        introductions.accept(uow, found.organisation_id, found.id, words="Kom maar")
    with_file.get("/me/erase")
    assert "Buurtkeuken Pollepel" in with_file.text
    with_file.post("/me/erase", status=422)
    assert "Tick the box if you are sure." in with_file.text
    token = with_file.page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = with_file.client.post(
        "/me/erase", data={"sure": "yes", "csrf_token": token}, headers={"Accept-Language": "en"}
    )
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert with_file.get(answer.headers["Location"]).status_code == 200
    assert "Everything is erased" in with_file.text
    with core.units.read() as uow:
        assert uow.session.scalars(select(Candidate)).all() == []
    assert with_file.get("/me").request.path == "/card"


def test_only_the_button_keeps_a_file(with_file: Browser, app: Flask, core: Core) -> None:
    with core.units.write() as uow:
        person = uow.session.scalars(select(Candidate)).one()
        person.asked_on, person.seen_on = uow.today, None
    link = core.links.make(Link.KEEP_FILE, person.id).removeprefix(core.settings.public_url)
    other = Browser(app, language="en")
    other.get(link)
    assert _person(core).asked_on is not None, "programs that look at mail open links too"
    assert "Amina" not in other.page
    other.post(link)
    assert "Your file stays" in other.text
    assert (_person(core).asked_on, _person(core).seen_on is None) == (None, False)


def test_any_visit_counts(with_file: Browser, core: Core, app: Flask) -> None:
    with core.units.write() as uow:
        person = uow.session.scalars(select(Candidate)).one()
        person.asked_on, person.seen_on = uow.today, None
        proof = candidates.address_proof(person)
    link = core.links.make(Link.OPEN_FILE, person.id, proof=proof).removeprefix(core.settings.public_url)
    Browser(app).get(link)
    assert (_person(core).asked_on, _person(core).seen_on is None) == (None, False)


def test_a_stranger_changes_nothing(with_file: Browser, app: Flask, core: Core) -> None:
    stranger = Browser(app, language="en")
    sign_up(stranger, answers(name={"first_name": "Bilal"}))
    stranger.send("/me/answers/name", first_name="Karim")
    stranger.send("/me/erase", sure="yes")
    with core.units.read() as uow:
        assert [each.first_name for each in uow.session.scalars(select(Candidate))] == ["Amina"]
