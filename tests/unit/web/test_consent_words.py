"""What is read aloud at the desk is what the pages of the sign-up say."""

from __future__ import annotations

from pathlib import Path

import pytest

from volunteer.domain.retention import GRACE_MONTHS, SILENT_MONTHS
from volunteer.translation import translations
from volunteer.web.consent_words import _WORDS, FOR_ALL, NEEDS_FIELD

PAGES = Path(__file__).parents[3] / "volunteer" / "templates" / "signup"


@pytest.mark.parametrize("name", _WORDS)
def test_the_words_stand_on_the_page_too(name: str) -> None:
    page = (PAGES / ("helps.html" if name == NEEDS_FIELD else "consent.html")).read_text("utf-8")
    for words in filter(None, (*_WORDS[name], FOR_ALL)):
        assert f'_("{words}")' in page


@pytest.mark.parametrize("language", ["nl", "fr", "ar"])
@pytest.mark.parametrize("name", _WORDS)
def test_they_are_there_in_every_language_of_the_sign_up(name: str, language: str) -> None:
    for words in filter(None, (*_WORDS[name], FOR_ALL)):
        assert translations(language).gettext(words) != words


def test_they_say_how_long_we_keep_a_file() -> None:
    assert f"After {SILENT_MONTHS + GRACE_MONTHS} silent months we erase everything." in FOR_ALL
