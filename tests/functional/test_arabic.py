"""What a candidate reads in Arabic holds no sentence in another language."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from uuid import UUID

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from tests.functional.candidate_pages import walk
from volunteer.bootstrap import Core
from volunteer.domain.languages import LANGUAGES

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]{2,}")
_SAID_BY_OTHERS = re.compile(
    r"<(script|style|head)\b.*?</\1>|<(\w+)[^>]* lang=\"(?!ar)[^>]*>.*?</\2>"
    r"|<bdi\b[^>]*>.*?</bdi>|\u2068.*?\u2069",
    re.DOTALL,
)
"""What is marked as another language, and what stands apart: names, titles, addresses."""
_TAG = re.compile(r"<[^>]+>")
_ADDRESS = re.compile(r"\S+[@/]\S+")
NAMES = {"Schakel", "Yasmina", "Tom", "Amina", "Muntpunt", "Munt", "Brussel", "Fedasil", "tijdskrediet"}
"""Of the product, the centre, the person, and what is called so in law."""
OWN_NAMES = {word for each in LANGUAGES.values() for word in _LATIN_WORD.findall(each.own)}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Words are the same on every database."""
    return sqlite_url


def _foreign(reader: Browser) -> set[str]:
    """The words in Latin letters on the page, apart from names, links and addresses."""
    said = _SAID_BY_OTHERS.sub(" ", reader.page)
    text = " ".join(unescape(_TAG.sub(" ", said)).split())
    return set(_LATIN_WORD.findall(_ADDRESS.sub(" ", text))) - NAMES - OWN_NAMES


def test_no_page_of_a_candidate_holds_a_word_of_another_language(
    app: Flask, core: Core, post_role: Callable[..., UUID], work: Callable[[], None]
) -> None:
    found = {}
    for name, reader in walk(app, core, "ar", post_role=post_role, work=work):
        assert '<html lang="ar" dir="rtl">' in reader.page, name
        if words := _foreign(reader):
            found[name] = words
    assert found == {}
