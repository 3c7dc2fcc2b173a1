"""Somebody in a hurry who wants to come to a market: two minutes, from “I want to come” to a card.

The person of :mod:`tests.functional.hurrying` scanned the code of a poster, chose a language and read what
the market is, to the last word. There the two minutes begin. They read all of the form, say their name, one
language and yes, and leave everything else as it is. The clock stops when they press the button that gives
them a card.
"""

from __future__ import annotations

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from tests.functional.hurrying import NAME, Person
from tests.integration.services.markets import make_market
from volunteer.bootstrap import Core

MOST_SECONDS = 120
MOST_SECONDS_WITH_THE_PAGE = 185
"""Also reading what the market is, which nobody has to."""
TAPS_BEFORE = 3
"""The menu of languages, a language, and that they want to come."""
TAPS_AT_THE_FORM = 4
"""The field for a name, a language, the yes, and the button."""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Words are the same on every database."""
    return sqlite_url


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
def test_a_card_within_two_minutes(app: Flask, core: Core, language: str) -> None:
    with core.units.write() as uow:
        market = f"/market/{make_market(uow).id}"
    browser = Browser(app, language="en")
    browser.get(f"/language/{language}?next={market}")
    assert browser.path == market
    person = Person(browser)
    person.read()
    person.taps += TAPS_BEFORE
    before = person.seconds
    browser.get(f"{market}/join")
    person.read()
    browser.post(f"{market}/join", name=NAME, languages=[language], walk="route", agrees="yes")
    person.taps += TAPS_AT_THE_FORM
    person.letters += len(NAME)
    assert browser.path.startswith("/m/")
    assert person.seconds - before <= MOST_SECONDS, f"{person.words} words with the page"
    assert person.seconds <= MOST_SECONDS_WITH_THE_PAGE
