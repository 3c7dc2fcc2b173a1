"""What nobody would type by accident: it must neither break a page nor get into one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.functional.browsing import Browser
from tests.functional.hostile_texts import (
    ALL_SHORT,
    AROUND,
    AROUND_THE_NUMBER,
    FEW,
    HOSTILE,
    WITH_NUMBER,
    is_harmless,
    is_refused_kindly,
    press,
)
from tests.functional.signing_up import ANSWERS, answers, sign_up
from volunteer.bootstrap import Core
from volunteer.models import Candidate, Incident, Introduction, Signal
from volunteer.services import drafts

LONG = "é" * 20_000
SCRIPT = "\"><script>alert('x')</script>"


@pytest.mark.parametrize(
    ("slug", "given"),
    [
        ("name", {"first_name": LONG}),
        ("name", {"first_name": SCRIPT}),
        ("name", {"first_name": "93.05.18-223.61"}),
        ("age", {"is_16": "maybe"}),
        ("where", {"where": "atlantis"}),
        ("where", {"postal_code": "１０８０"}),
        ("where", {"where": ["anderlecht", LONG], "postal_code": SCRIPT}),
        ("where", {"where": "anderlecht", "travel_minutes": "20"}),
        ("where", {"where": "anderlecht", "travel_minutes": "-15"}),
        ("where", {"where": "anderlecht", "travel_minutes": "1e9"}),
        ("where", {"where": "anderlecht", "travel_minutes": "１５"}),
        ("where", {"where": "anderlecht", "travel_minutes": SCRIPT}),
        ("when", {"times_unknown": "yes", "commitments": ["daily"]}),
        ("when", {"times_unknown": "yes", "commitments": ["once", SCRIPT]}),
        ("when", {"times_unknown": "yes", "commitments": [SCRIPT] * 500}),
        ("tasks", {"tasks_can": ["t.fly"]}),
        ("tasks", {"tasks_want": [SCRIPT] * 500}),
        ("when", {"days_parts": ["mon:midnight"]}),
        ("when", {"days_parts": ["mon", "", "::::"]}),
        ("languages", {"level_nl": "9"}),
        ("languages", {"level_nl": "²"}),
        ("languages", {"other_language": "klingon", "other_level": "2"}),
        ("contact", {"channel": "pigeon"}),
        ("contact", {"channel": "email", "contact_email": LONG}),
        ("contact", {"channel": "email", "contact_email": "a@b.example\nBcc: c@d.example"}),
        ("contact", {"channel": "phone", "contact_phone": LONG}),
        ("contact", {"channel": "letter", "contact_letter": "Straat 1, 93051822361"}),
        ("contact", {"channel": "letter", "contact_letter": SCRIPT * 100}),
        ("consent", {"consent_account": "on", "consent_match": "on"}),
        ("helps", {"consent_needs": "perhaps"}),
        ("needs/physical", {"need_ph.step_free_entrance": "always"}),
    ],
)
def test_is_refused_with_a_page_that_works(browser: Browser, slug: str, given: dict[str, str]) -> None:
    sign_up(browser, until=slug)
    browser.send(f"/signup/{slug}", status=422, **given)
    assert "error-summary" in browser.page
    assert "<script>alert" not in browser.page
    browser.post(f"/signup/{slug}", **ANSWERS[slug])


def test_fields_of_other_pages_and_unknown_needs_are_not_taken(browser: Browser, core: Core) -> None:
    smuggled = answers(
        name={"first_name": "Amina", "consent_account": "yes", "is_16": "yes"},
        needs__service={
            "need_sv.no_id_no_extract": "must",
            "need_sv.unheard_of": "must",
            "need_sv.buddy": "nice",
        },
    )
    sign_up(browser, smuggled)
    with core.units.read() as uow:
        candidate = uow.session.scalars(select(Candidate)).one()
        sealed = candidate.needs_sealed
        assert sealed is not None
        opened = uow.keyring.open(sealed, field="candidates.needs_sealed")
    assert "no_id_no_extract" not in opened
    assert "unheard_of" not in opened
    assert "sv.buddy" in opened


def test_control_characters_are_dropped(browser: Browser, core: Core) -> None:
    sign_up(browser, answers(name={"first_name": "Ami\x00na\x1b"}))
    with core.units.read() as uow:
        assert uow.session.scalars(select(Candidate)).one().first_name == "Amina"


def test_names_of_the_whole_world_are_kept(browser: Browser, core: Core) -> None:
    sign_up(browser, answers(name={"first_name": "Zeynep-Ἑλένη ‌نور"}))
    with core.units.read() as uow:
        assert uow.session.scalars(select(Candidate)).one().first_name == "Zeynep-Ἑλένη ‌نور"


def test_a_form_without_its_token_is_refused_kindly(browser: Browser) -> None:
    sign_up(browser, until="where")
    browser.page = ""
    browser.post("/signup/where", status=400, where="anderlecht")
    assert "This page was open for too long" in browser.text
    browser.send("/signup/where", where="anderlecht")


def test_too_much_at_once_is_refused_kindly(browser: Browser) -> None:
    browser.get("/signup/name")
    browser.post("/signup/name", status=413, first_name="x" * 2_000_000)
    assert "That is too much at once" in browser.text


@pytest.mark.parametrize(
    "path", ["/signup/nowhere", "/me/suggestions/not-an-id/meet", "/%00", "/language/xx"]
)
def test_an_unknown_address_gets_a_page_in_the_readers_language(app: Flask, path: str) -> None:
    browser = Browser(app, language="en")
    browser.get(path, status=404)
    assert "We cannot find this page" in browser.text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "",
    ],
)
def test_a_language_link_never_leads_elsewhere(app: Flask, elsewhere: str) -> None:
    answer = app.test_client().get("/language/fr", query_string={"next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_a_planted_cookie_is_not_used(app: Flask, core: Core) -> None:
    browser = Browser(app)
    browser.client.set_cookie("signup", "planted")
    browser.send("/signup/name", first_name="Amina")
    assert browser.cookie("signup") not in {None, "planted"}


def test_a_forged_session_opens_nothing(app: Flask) -> None:
    browser = Browser(app)
    browser.client.set_cookie("session", "eyJjYW5kaWRhdGUiOiIwMCJ9.aaaa.bbbb")
    assert browser.get("/me").request.path == "/card"


FIELDS = [
    *((slug, name) for slug in ANSWERS if not slug.startswith("needs/") for name in ANSWERS[slug]),
    ("where", "postal_code"),
    ("where", "district"),
    ("languages", "other_language"),
    ("needs/physical", "need_ph.step_free_entrance"),
    ("needs/service", "needs_unknown_service"),
]
"""Every field of the sign-up and, where a page has another way to answer, that one too."""


@pytest.mark.parametrize("slug", dict.fromkeys(slug for slug, _name in FIELDS))
def test_no_field_of_the_sign_up_breaks_by_any_text(browser: Browser, slug: str) -> None:
    sign_up(browser, until=slug)
    for name in (name for page, name in FIELDS if page == slug):
        for text in (HOSTILE if name == "first_name" else FEW).values():
            press(browser, f"/signup/{slug}", **{**ANSWERS[slug], name: text})


@pytest.mark.parametrize("channel", ["sms", "phone", "email", "letter", "support_worker"])
def test_no_way_to_reach_somebody_breaks_by_any_text(browser: Browser, core: Core, channel: str) -> None:
    sign_up(browser, until="contact")
    field = f"contact_{channel}"
    for text in HOSTILE.values():
        press(browser, "/signup/contact", channel=channel, **{field: text})
    assert press(browser, "/signup/contact", channel=channel, **{field: WITH_NUMBER}) == 422
    is_refused_kindly(browser, field, AROUND)
    typed: dict[str, Any] = {field: WITH_NUMBER}
    browser.send("/signup/contact", back="yes", channel=channel, **typed)
    cookie = browser.cookie("signup")
    assert cookie is not None
    with core.units.read() as uow:
        assert "93.05" not in str(drafts.load(uow, cookie))


@pytest.fixture
def with_file(browser: Browser, post_role: Callable[..., UUID], work: Callable[[], None]) -> Browser:
    """Somebody to whom one role is suggested."""
    post_role()
    sign_up(browser)
    work()
    browser.get("/me/suggestions")
    return browser


def _count(core: Core, kind: type[object]) -> int:
    with core.units.read() as uow:
        return uow.session.scalar(select(func.count()).select_from(kind)) or 0


def _suggested(browser: Browser, ending: str) -> str:
    (role,) = set(re.findall(r"/me/suggestions/([0-9a-f-]{36})/meet", browser.page))
    return f"/me/suggestions/{role}/{ending}"


def test_words_for_an_organisation(with_file: Browser, core: Core) -> None:
    path = _suggested(with_file, "meet")
    kept: dict[str, Any] = {"share": ["contact"]}
    for name in ("long", "number"):
        assert press(with_file, path, message=HOSTILE[name], **kept) == 422
        is_refused_kindly(with_file, "message", {})
        assert re.search(r'value="contact"[^>]* checked', with_file.page), "what was shared is still chosen"
    for part in AROUND_THE_NUMBER:
        assert part in with_file.text
    assert _count(core, Introduction) == 0
    assert press(with_file, path, message=ALL_SHORT[:300], share=["contact", *HOSTILE.values()]) == 200
    assert _count(core, Introduction) == 1


def test_a_reason_that_is_none(with_file: Browser) -> None:
    path = _suggested(with_file, "refuse")
    for name, text in HOSTILE.items():
        if name not in {"empty", "blank"}:
            assert press(with_file, path, reason=text) == 422
            is_refused_kindly(with_file, "reason", {})
    assert press(with_file, path, reason=HOSTILE["blank"]) == 200


def test_why_nothing_fits(with_file: Browser, core: Core) -> None:
    path = "/me/nothing-fits"
    for text in HOSTILE.values():
        assert press(with_file, path, cause=text, words="Ik wil graag koken") == 422
        is_refused_kindly(with_file, "cause", {"words": "Ik wil graag koken"})
    for name in ("long", "number"):
        assert press(with_file, path, cause="hours", words=HOSTILE[name]) == 422
        is_refused_kindly(with_file, "words", {})
        assert re.search(r'value="hours"[^>]* checked', with_file.page)
    for part in AROUND_THE_NUMBER:
        assert part in with_file.text
    assert _count(core, Signal) == 0
    assert press(with_file, path, cause="hours", words=ALL_SHORT[:300]) == 200


@pytest.mark.parametrize("field", ["story", "place", "urgent", "answer_by", "contact_email", "role"])
def test_something_that_is_not_right(browser: Browser, core: Core, field: str) -> None:
    kept = {
        "story": "De deur was dicht.",
        "place": "Elsene",
        "answer_by": "email",
        "contact_email": "nergens",
    }
    for text in HOSTILE.values():
        # The address is wrong, so the page comes back unless nobody is to answer.
        status = press(browser, "/not-right", **{**kept, field: text})
        assert status == 422 or field in {"answer_by", "contact_email"}
        for name in {"story", "place"} - {field} if status == 422 else ():
            assert kept[name] in browser.page
    if field in {"story", "place"}:
        before = _count(core, Incident)
        assert (
            press(browser, "/not-right", **{**kept, "contact_email": "a@b.example", field: WITH_NUMBER})
            == 422
        )
        is_refused_kindly(browser, field, AROUND)
        assert _count(core, Incident) == before


def test_a_card_that_is_none(app: Flask, browser: Browser) -> None:
    for text in HOSTILE.values():
        assert press(browser, "/card", card=text) == 422
        is_refused_kindly(browser, "card", {})


@pytest.mark.parametrize("slug", ["name", "where", "tasks", "when", "languages", "contact"])
def test_no_answer_of_ones_own_breaks_by_any_text(with_file: Browser, core: Core, slug: str) -> None:
    for name in dict.fromkeys([*ANSWERS[slug], *(name for page, name in FIELDS if page == slug)]):
        for text in (HOSTILE if name == "first_name" else FEW).values():
            press(with_file, f"/me/answers/{slug}", **{**ANSWERS[slug], name: text})
    with_file.get("/me/answers")
    is_harmless(with_file.page)


def test_an_address_by_letter_with_a_number_is_not_taken_over(with_file: Browser, core: Core) -> None:
    path = "/me/answers/contact"
    assert press(with_file, path, channel="letter", contact_letter=WITH_NUMBER) == 422
    is_refused_kindly(with_file, "contact_letter", AROUND)
    with_file.get("/me/answers")
    assert "amina@voorbeeld.example" in with_file.text
