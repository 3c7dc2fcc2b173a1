"""What a candidate reads there holds no sentence in English."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.functional.browsing import Browser
from tests.functional.signing_up import ANSWERS
from volunteer.domain.languages import LANGUAGES

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]{2,}")
_ADDRESS = re.compile(r"\S+[@/]\S+")
NAMES = {"Schakel", "Yasmina", "Tom", "Amina", "Muntpunt", "Munt", "Brussel"}
"""Of the product, the centre, and the person."""
OWN_NAMES = {word for each in LANGUAGES.values() for word in _LATIN_WORD.findall(each.own)}

MAY_STAY_EMPTY = {"languages", "needs/physical", "needs/information", "needs/service"}


@pytest.fixture
def reader(app: Flask) -> Browser:
    """Somebody who reads Arabic."""
    return Browser(app, language="ar")


def _foreign(reader: Browser) -> set[str]:
    """The words in Latin letters on the page, apart from names, links and addresses."""
    return set(_LATIN_WORD.findall(_ADDRESS.sub(" ", reader.text))) - NAMES - OWN_NAMES


def test_from_the_first_page_to_the_suggestions(reader: Browser) -> None:
    reader.get("/")
    found = {"/": _foreign(reader)}
    for slug, answers in ANSWERS.items():
        reader.get(f"/signup/{slug}")
        found[slug] = _foreign(reader)
        if slug not in MAY_STAY_EMPTY:
            reader.post(f"/signup/{slug}", status=422)
            found[f"{slug}, not answered"] = _foreign(reader)
        reader.post(f"/signup/{slug}", **answers)
    reader.get("/signup/check")
    found["check"] = _foreign(reader)
    reader.post("/signup/check")
    found["suggestions"] = _foreign(reader)
    for path in ("/me", "/me/suggestions"):
        reader.get(path)
        found[path] = _foreign(reader)
    assert {page: words for page, words in found.items() if words} == {}


def test_an_address_that_does_not_exist_is_explained(reader: Browser) -> None:
    reader.get("/nowhere", status=404)
    assert _foreign(reader) == set()
    assert 'dir="rtl"' in reader.page
