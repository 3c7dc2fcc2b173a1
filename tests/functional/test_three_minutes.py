"""Somebody in a hurry: twelve screens and three minutes, from the choice of a language to the suggestions.

The clock starts on the start page, where the person of :mod:`tests.functional.hurrying` chooses a language,
and stops when they press the button that shows their suggestions. They tap the two ticks of consents that are
needed. What is folded is not read, so nothing may be folded that somebody has to know before they say yes: a
test holds that for the pages with consents.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from tests.functional.hurrying import NAME, Person
from tests.functional.signing_up import answers, sign_up
from tests.functional.visible_words import visible_lines, words_of
from volunteer.translation import said
from volunteer.web.consent_words import _WORDS, FOR_ALL

MOST_SCREENS = 12
MOST_SECONDS = 180
MOST_WORDS_OF_A_CONSENT = 32
"""Its name, what is its own, and the three short sentences that hold for all. French has the most of them."""
SHORT_PATH: dict[str, tuple[dict[str, Any], int]] = {
    "name": ({"first_name": NAME}, 2),
    "age": ({"is_16": "yes"}, 1),
    "where": ({"where_unknown": "yes"}, 1),
    "tasks": ({"tasks_want": "t.cook"}, 2),
    "when": ({"times_unknown": "yes"}, 1),
    "languages": ({"level_nl": "1"}, 2),
    "contact": ({"channel": "desk"}, 2),
    "consent": ({"consent_account": "yes", "consent_match": "yes"}, 3),
    "helps": ({"consent_needs": "no"}, 1),
    "check": ({}, 1),
}
"""What they answer on each page, and how many taps that takes with the one that goes on.

Where an answer is the only one on its page (yes, no, “I don't know yet”), its button goes on by itself.
"""
TAPS_AT_THE_START = 2
"""The language and the door."""
SENDS_AT_ONCE = ("age", "where", "when", "helps")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Words are the same on every database."""
    return sqlite_url


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
def test_twelve_screens_and_three_minutes(app: Flask, language: str) -> None:
    browser = Browser(app, language="en")
    person = Person(browser)
    browser.get(f"/language/{language}")
    person.read()
    person.taps += TAPS_AT_THE_START
    for slug, (given, taps) in SHORT_PATH.items():
        assert browser.get(f"/signup/{slug}").request.path == f"/signup/{slug}", (
            "the short path skips nothing"
        )
        person.read()
        answer = browser.post(f"/signup/{slug}", **given)
        person.taps += taps
    person.letters += len(NAME)
    assert answer.request.path == "/me/suggestions"
    person.screens += 1
    assert person.screens <= MOST_SCREENS
    assert person.seconds <= MOST_SECONDS, f"{person.words} words, {person.taps} taps"


@pytest.mark.parametrize("slug", SENDS_AT_ONCE)
def test_one_tap_answers_where_the_clock_counts_one(app: Flask, slug: str) -> None:
    browser = Browser(app, language="en")
    sign_up(browser, answers(), until=slug)
    browser.get(f"/signup/{slug}")
    ((name, value),) = SHORT_PATH[slug][0].items()
    assert re.search(rf'<button type="submit"[^>]* name="{name}" value="{value}"', browser.page)


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
def test_no_word_of_a_consent_is_folded(app: Flask, language: str) -> None:
    """GDPR art. 7: who says yes has it all in sight."""
    browser = Browser(app, language="en")
    browser.get(f"/language/{language}")
    sign_up(browser, answers(), until="helps")
    for slug in ("consent", "helps"):
        browser.get(f"/signup/{slug}")
        assert '<details class="more"' not in browser.page
        seen = " ".join(visible_lines(browser.page))
        assert _in_words(FOR_ALL, language) in seen
        for field_name, (title, own) in _WORDS.items():
            if (field_name == "consent_needs") == (slug == "helps"):
                assert _in_words(title, language) in seen
                assert not own or _in_words(own, language) in seen


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
@pytest.mark.parametrize("name", _WORDS)
def test_a_whole_consent_is_short(language: str, name: str) -> None:
    whole = " ".join(said(language, words) for words in (*_WORDS[name], FOR_ALL) if words)
    assert len(words_of(whole)) <= MOST_WORDS_OF_A_CONSENT


def _in_words(message: str, language: str) -> str:
    """As it stands in the lines of a page, where every space is one."""
    return " ".join(said(language, message).split())
