"""Somebody in a hurry: twelve screens from the choice of a language, three minutes from the first question.

The person is made up by rules that can be repeated. They read every word that stands on a page, consents
included, at 100 words a minute, which is slow (people who read well read 200 and more). A line that they have
read before they know when it comes back: *Next*, the help strip, the same three answers in every row. What is
folded stays folded. Every tap takes two seconds: a choice, a field, a button; every letter of a name half a
second. The clock starts where somebody at the desk hands over the question, with the language chosen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from tests.functional.visible_words import visible_lines, words_of

MOST_SCREENS = 12
MOST_SECONDS = 180
SECONDS_A_WORD = 60 / 100
SECONDS_A_TAP = 2
SECONDS_A_LETTER = 0.5

_FIGURES = re.compile(r"\d+")
"""“3 of 9” after “2 of 9” is seen and not read."""
NAME = "Amina"
SHORT_PATH: dict[str, tuple[dict[str, Any], int]] = {
    "name": ({"first_name": NAME}, 1),
    "age": ({"is_16": "yes"}, 1),
    "where": ({"where_unknown": "yes"}, 1),
    "tasks": ({"tasks_want": "t.cook"}, 1),
    "when": ({"times_unknown": "yes"}, 1),
    "languages": ({}, 0),
    "contact": ({"channel": "desk"}, 1),
    "consent": ({"consent_account": "yes", "consent_match": "yes"}, 2),
    "helps": ({"consent_needs": "no"}, 1),
    "check": ({}, 0),
}
"""What they answer on each page, and how many taps that takes; *Next* comes on top."""


@dataclass
class Person:
    """Reads what is new to them, and taps."""

    browser: Browser
    known: set[str] = field(default_factory=set)
    screens: int = 0
    words: int = 0
    taps: int = 0

    def read(self) -> None:
        """Look at the page that is open."""
        self.screens += 1
        lines = dict.fromkeys(_FIGURES.sub("0", line) for line in visible_lines(self.browser.page))
        new = [line for line in lines if line not in self.known]
        self.known.update(new)
        self.words += sum(len(words_of(line)) for line in new)

    @property
    def seconds(self) -> float:
        """How long it took until now."""
        return self.words * SECONDS_A_WORD + self.taps * SECONDS_A_TAP + len(NAME) * SECONDS_A_LETTER


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
    person.words = 0
    for slug, (answers, taps) in SHORT_PATH.items():
        assert browser.get(f"/signup/{slug}").request.path == f"/signup/{slug}", (
            "the short path skips nothing"
        )
        person.read()
        answer = browser.post(f"/signup/{slug}", **answers)
        person.taps += taps + 1
    assert answer.request.path == "/me/suggestions"
    person.screens += 1
    assert person.screens <= MOST_SCREENS
    assert person.seconds <= MOST_SECONDS, f"{person.words} words, {person.taps} taps"
