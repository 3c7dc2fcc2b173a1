"""What was typed and not sent yet stays: in another language, a page back, and in a closed browser."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.fakes import HandClock
from tests.functional.browsing import Browser
from tests.functional.signing_up import ANSWERS, sign_up
from volunteer.app import create_app
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.models import Draft

HALF_DONE: dict[str, dict[str, Any]] = {
    "name": {"first_name": "Amina1"},
    "where": {"where": "anderlecht", "postal_code": "12"},
    "tasks": {"tasks_want": ["t.cook", "t.fly"]},
    "when": {"days_parts": ["tue:morning"], "times_unknown": "yes"},
    "languages": {"other_language": "sw", "level_nl": "2"},
    "contact": {"channel": "email", "contact_email": "amina@", "contact_sms": "0470"},
    "consent": {"consent_follow_up": "yes"},
}
"""Typed on a page, some of it wrong: nobody complains before *Next*."""


@pytest.mark.parametrize("slug", HALF_DONE)
@pytest.mark.parametrize("button", ["language", "back"])
def test_what_was_typed_is_there_when_they_come_back(browser: Browser, slug: str, button: str) -> None:
    sign_up(browser, until=slug)
    browser.get(f"/signup/{slug}")
    before = browser.page.count(" checked")
    pressed: dict[str, Any] = {"language": "nl"} if button == "language" else {"back": "yes"}
    answer = browser.post(f"/signup/{slug}", **HALF_DONE[slug], **pressed)
    assert (answer.request.path == f"/signup/{slug}") == (button == "language" or slug == "name")
    browser.get(f"/signup/{slug}")
    assert f'lang="{"nl" if button == "language" else "en"}"' in browser.page
    assert "error-summary" not in browser.page
    for name, typed in HALF_DONE[slug].items():
        is_written = name.startswith(("first", "postal", "contact"))
        assert not is_written or f'value="{typed}"' in browser.page
    assert browser.page.count(" checked") + browser.page.count(" selected") > before or slug == "name"


def test_a_wrong_answer_that_was_kept_is_spoken_of_at_the_end(browser: Browser) -> None:
    sign_up(browser, until="check")
    browser.get("/signup/contact")
    browser.post("/signup/contact", channel="email", contact_email="amina@", back="yes")
    assert browser.get("/signup/check").request.path == "/signup/contact", "it was changed and never sent"
    browser.post("/signup/contact", status=422, channel="email", contact_email="amina@")
    assert "This is not an e-mail address yet." in browser.text
    browser.post("/signup/contact?to=check", channel="desk")
    assert "You come back to the info desk" in browser.text


def test_who_looks_back_and_changes_nothing_goes_on_where_they_were(browser: Browser) -> None:
    sign_up(browser, until="check")
    for slug in ("contact", "tasks", "needs/physical"):
        browser.get(f"/signup/{slug}")
        browser.post(f"/signup/{slug}", **ANSWERS[slug], back="yes")
        assert browser.get("/signup/check").request.path == "/signup/check"


def test_a_language_is_chosen_on_the_first_page_before_anything_is_sent(browser: Browser) -> None:
    browser.get("/signup/name")
    browser.post("/signup/name", first_name="Amina", language="ar")
    assert '<html lang="ar" dir="rtl">' in browser.page
    assert 'value="Amina"' in browser.page


def test_the_way_back_to_the_last_page_is_kept(browser: Browser) -> None:
    sign_up(browser, until="check")
    browser.get("/signup/name?to=check")
    answer = browser.post("/signup/name?to=check", first_name="Amina", language="fr")
    assert answer.request.full_path == "/signup/name?to=check"


def test_a_language_nobody_speaks_is_refused(browser: Browser) -> None:
    browser.get("/signup/name")
    browser.post("/signup/name", status=404, first_name="Amina", language="xx")


def test_under_sixteen_is_not_decided_by_looking_back(browser: Browser) -> None:
    sign_up(browser, until="age")
    browser.get("/signup/age")
    answer = browser.post("/signup/age", is_16="no", back="yes")
    assert answer.request.path == "/signup/name"
    assert browser.get("/signup/where").request.path == "/signup/age"


def test_a_no_to_needs_takes_along_what_was_half_said(browser: Browser, core: Core) -> None:
    sign_up(browser, until="needs/physical")
    browser.get("/signup/needs/physical")
    half: dict[str, Any] = {"need_ph.quiet_place": "must", "back": "yes"}
    browser.post("/signup/needs/physical", **half)
    assert "ph.quiet_place" in _draft(core)
    browser.send("/signup/helps", consent_needs="no")
    assert "ph.quiet_place" not in _draft(core)


def test_a_national_number_is_not_even_kept_in_a_draft(browser: Browser, core: Core) -> None:
    sign_up(browser, until="contact")
    browser.get("/signup/contact")
    typed = "Straat 1, 93.05.18-223.61, 1000 Brussel"
    browser.post("/signup/contact", channel="letter", contact_letter=typed, language="fr")
    assert "93.05.18" not in browser.page
    assert "223.61" not in _draft(core)
    assert "Straat 1" in _draft(core)


def test_endless_texts_are_cut_and_complained_about_later(browser: Browser, core: Core) -> None:
    browser.get("/signup/name")
    browser.post("/signup/name", first_name="é" * 20_000, language="nl")
    assert len(_draft(core)) < 20_000
    browser.post("/signup/name", status=422, first_name="é" * 2_000)


def test_a_planted_cookie_is_not_used_for_what_is_typed_half(app: Flask) -> None:
    browser = Browser(app)
    browser.client.set_cookie("signup", "planted")
    browser.get("/signup/name")
    browser.post("/signup/name", first_name="Amina", language="fr")
    assert browser.cookie("signup") not in {None, "planted"}


@pytest.mark.parametrize("slug", ["name", "contact"])
def test_enter_in_a_field_means_next(browser: Browser, slug: str) -> None:
    """A browser presses the first button that belongs to the form; it must not be a language or *Back*."""
    sign_up(browser, until=slug)
    browser.get(f"/signup/{slug}")
    form = browser.page.index('id="question-form"')
    buttons = [part.partition(">")[0] for part in browser.page.split("<button")[1:]]
    of_the_form = [each for each in buttons if 'form="question-form"' in each]
    assert browser.page.index('form="question-form"') < form
    assert "name=" not in of_the_form[0]
    assert [each for each in of_the_form[1:] if 'name="language"' not in each] == []


def test_a_closed_browser_finds_its_answers_again_for_a_day(settings: Settings) -> None:
    clock = HandClock()
    core = make_core(settings, clock=clock)
    app = create_app(settings, core)
    first = Browser(app, language="en")
    sign_up(first, until="when")
    held = first.client.get_cookie("signup")
    assert held is not None
    assert held.max_age == 24 * 60 * 60, "it outlives the window of the browser"

    def open_again() -> str:
        again = Browser(app, language="en")
        again.client.set_cookie("signup", held.value)
        return again.get("/signup/when").request.path

    clock.go_on(hours=23, minutes=59)
    assert open_again() == "/signup/when"
    clock.go_on(minutes=1)
    assert open_again() == "/signup/name"
    core.engine.dispose()


def _draft(core: Core) -> str:
    with core.units.read() as uow:
        draft = uow.session.scalars(select(Draft)).one()
        return uow.keyring.open(draft.answers_sealed, field="drafts.answers_sealed")
