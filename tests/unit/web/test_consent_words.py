"""What is read aloud at the desk is what the pages of the sign-up say."""

from __future__ import annotations

from pathlib import Path

import pytest

from volunteer.translation import translations
from volunteer.web.consent_words import _WORDS

PAGES = Path(__file__).parents[3] / "volunteer" / "templates" / "signup"


@pytest.mark.parametrize("name", _WORDS)
def test_the_words_stand_on_the_page_too(name: str) -> None:
    pages = "".join((PAGES / page).read_text("utf-8") for page in ("consent.html", "helps.html"))
    for words in _WORDS[name]:
        assert words in pages


@pytest.mark.parametrize("language", ["nl", "fr", "ar"])
@pytest.mark.parametrize("name", _WORDS)
def test_they_are_there_in_every_language_of_the_sign_up(name: str, language: str) -> None:
    for words in _WORDS[name]:
        assert translations(language).gettext(words) != words
