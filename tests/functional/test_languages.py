"""In which language each page speaks: to candidates in all of them, to staff where all is translated."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from volunteer.domain.languages import LANGUAGES
from volunteer.translation import SAID_EVERYWHERE
from volunteer.web.language import FOR_CANDIDATES

FOR_STAFF = {
    "access_changes",
    "access_check",
    "access_guide",
    "admin",
    "auth",
    "card_groups",
    "desk",
    "desk_cards",
    "desk_gatherings",
    "desk_markets",
    "market_day",
    "organisation_markets",
    "support_markets",
    "desk_organisations",
    "desk_replies",
    "desk_reports",
    "development",
    "health",
    "invitation",
    "joining",
    "messages",
    "organisation",
    "organisation_gatherings",
    "own_messages",
    "pending",
    "people",
    "person_work",
    "questions",
    "roles",
    "support",
    "support_gatherings",
    "support_links",
    "support_people",
    "text_replies",
}
FOR_PROGRAMS = "/api/"
EVERY_LANGUAGE = ["nl", "fr", "en", "ar"]


def _menu(page: str) -> list[str]:
    return re.findall(r'(?:hreflang|name="language" value)="(\w+)"', page)


def test_somebody_decided_who_each_page_is_written_for(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith(FOR_PROGRAMS)]
    blueprints = {rule.endpoint.rpartition(".")[0] for rule in rules} - {"", "api-docs"}
    assert blueprints - FOR_CANDIDATES - FOR_STAFF == set(), "is it for candidates? see web/language.py"


@pytest.mark.parametrize("path", ["/", "/signup/name", "/card", "/signup/too-young"])
def test_candidates_read_every_language(app: Flask, path: str) -> None:
    browser = Browser(app, language="ar")
    browser.get(path)
    assert '<html lang="ar" dir="rtl">' in browser.page
    assert _menu(browser.page) == EVERY_LANGUAGE


def test_staff_pages_speak_what_is_translated_whole(app: Flask) -> None:
    browser = Browser(app, language="ar")
    answer = browser.get("/login")
    assert '<html lang="nl" dir="ltr">' in browser.page
    assert answer.headers["Content-Language"] == "nl"
    assert _menu(browser.page) == [code for code in EVERY_LANGUAGE if code in SAID_EVERYWHERE]


def test_who_chose_arabic_reads_the_first_staff_language_and_keeps_their_choice(app: Flask) -> None:
    browser = Browser(app, language="en")
    browser.get("/language/ar")
    browser.get("/login")
    assert '<html lang="nl"' in browser.page
    browser.get("/")
    assert '<html lang="ar" dir="rtl">' in browser.page


def test_a_second_language_of_the_browser_is_spoken_to_staff(app: Flask) -> None:
    browser = Browser(app, language="ar,fr;q=0.8")
    browser.get("/login")
    assert '<html lang="fr"' in browser.page


def test_an_address_that_does_not_exist_is_explained_in_every_language(app: Flask) -> None:
    browser = Browser(app, language="ar")
    browser.get("/nowhere", status=404)
    assert '<html lang="ar" dir="rtl">' in browser.page


def test_the_arabic_font_comes_early_only_for_who_reads_arabic(app: Flask) -> None:
    browser = Browser(app, language="nl")
    browser.get("/")
    assert "noto-sans-arabic" not in browser.page
    browser.get("/language/ar")
    assert browser.page.count("noto-sans-arabic-arabic-400-normal.woff2") == 1


def test_what_is_filled_in_stands_apart_in_arabic(app: Flask) -> None:
    browser = Browser(app, language="ar")
    browser.get("/")
    assert "\u2068Yasmina\u2069" in browser.page
    browser.get("/language/nl")
    assert "\u2068" not in browser.page


def test_every_language_of_the_menu_has_a_name_of_its_own(app: Flask) -> None:
    browser = Browser(app, language="ar")
    browser.get("/")
    for code in EVERY_LANGUAGE:
        assert LANGUAGES[code].own in browser.text
