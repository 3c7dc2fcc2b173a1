"""What nobody would type by accident: it must neither break a page nor get into one."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import ANSWERS, answers, sign_up
from volunteer.bootstrap import Core
from volunteer.models import Candidate

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
