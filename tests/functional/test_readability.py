"""The pages of candidates are written for people who read little: measured, in each language."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from tests.functional.candidate_pages import walk
from tests.functional.readability import Reading, read, syllables, words_of
from volunteer.bootstrap import Core

EASY = {"nl": 70, "fr": 70, "en": 75}
MOST_WORDS = 20
MOST_WORDS_ON_AVERAGE = 12
FEWEST_WORDS = 100
"""The formulas were made for texts of a hundred words: of fewer, one long name decides."""

Pages = dict[str, dict[str, str]]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Words are the same on every database."""
    return sqlite_url


@pytest.fixture
def pages(app: Flask, core: Core, post_role: Callable[..., UUID], work: Callable[[], None]) -> Pages:
    """Every page that a candidate meets, by language and address."""
    return {
        language: {
            name: seen.page for name, seen in walk(app, core, language, post_role=post_role, work=work)
        }
        for language in EASY
    }


def test_pages_are_easy(pages: Pages) -> None:
    readings = {
        (language, path): read(page, language)
        for language in pages
        for path, page in _long_enough(pages[language], language).items()
    }
    hard = {
        f"{language} {path}": round(found.score(language))
        for (language, path), found in readings.items()
        if found.score(language) < EASY[language]
    }
    assert hard == {}


def test_sentences_are_short(pages: Pages) -> None:
    found = {
        (language, path): read(page, language) for language in pages for path, page in pages[language].items()
    }
    assert _too_long(found) == []
    for (language, path), reading in found.items():
        assert reading.words / len(reading.sentences) <= MOST_WORDS_ON_AVERAGE, (language, path)


def test_a_hard_text_is_recognised() -> None:
    """Without this, a counter that counts nothing would be content."""
    hard = (
        "<p>De vrijwilligersverantwoordelijke verifieert voorafgaandelijk de verzekeringsverplichtingen "
        "overeenkomstig de reglementaire bepalingen.</p>"
    )
    assert read(hard, "nl").score("nl") < 0
    assert read("<p>Kom je mee? Dat is fijn.</p>", "nl").score("nl") > 90


@pytest.mark.parametrize(
    ("language", "word", "number"),
    [
        ("nl", "vrijwilliger", 4),
        ("nl", "ideeën", 3),
        ("fr", "personne", 2),
        ("fr", "bénévole", 3),
        ("en", "suggestions", 3),
        ("en", "place", 1),
        ("en", "table", 2),
    ],
)
def test_syllables_are_counted(language: str, word: str, number: int) -> None:
    assert syllables(word, language) == number


def _too_long(found: dict[tuple[str, str], Reading]) -> list[str]:
    return [reading.longest for reading in found.values() if len(words_of(reading.longest)) > MOST_WORDS]


def _long_enough(pages: dict[str, str], language: str) -> dict[str, str]:
    """The pages as they are scored: those under a hundred words, too few for the formulas, as one text."""
    short = [path for path, page in pages.items() if read(page, language).words < FEWEST_WORDS]
    long = {path: page for path, page in pages.items() if path not in short}
    return {**long, "short pages": "".join(pages[path] for path in short)}
