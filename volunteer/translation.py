"""The one gettext loader: pages, messages, explanations and errors all speak through it.

Catalogues are read from their ``.po`` source, so there is no compiled file to forget.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from unicodedata import bidirectional

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from volunteer.domain.languages import LANGUAGES

SOURCE_LANGUAGE = "en"
SAID_EVERYWHERE = ("nl", "fr", SOURCE_LANGUAGE)
"""Languages in which every sentence is there. The others hold what candidates see and are told."""
_RIGHT_TO_LEFT = {"R", "AL"}
_COMMAS = {"ar": "\u060c "}
_SEMICOLONS = {"ar": "\u061b ", "fr": "\u00a0; "}
_APART, _TOGETHER_AGAIN = "\u2068", "\u2069"
"""First strong isolate and pop directional isolate (Unicode Standard Annex 9)."""


@lru_cache(maxsize=16)
def translations(language: str) -> NullTranslations:
    """The catalogue of ``language``; where there is none (yet), what the code says: English.

    Somebody may ask for a language before our pages speak it; they are told all the same.
    """
    file = resources.files("volunteer") / "translations" / language / "LC_MESSAGES" / "messages.po"
    if not file.is_file():
        return NullTranslations()
    catalogue = read_po(io.BytesIO(file.read_bytes()), locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def said(language: str, message: str, values: dict[str, object] | None = None) -> str:
    """``message`` in ``language``, with its values filled in."""
    text = translations(language).gettext(message)
    return text % isolated(values, language) if values else text


def is_right_to_left(language: str) -> bool:
    """Whether ``language`` is written from right to left."""
    return language in LANGUAGES and LANGUAGES[language].right_to_left


def listed(parts: Iterable[str], language: str) -> str:
    """The parts in one line, each kept apart, with the comma of ``language`` between them."""
    return _COMMAS.get(language, ", ").join(str(_apart(part, language)) for part in parts)


def strung(groups: Iterable[str], language: str) -> str:
    """Groups that hold commas themselves, in one line, with the semicolon of ``language`` between them."""
    return _SEMICOLONS.get(language, "; ").join(groups)


def isolated(values: Mapping[str, object], language: str) -> dict[str, object]:
    """The values as they stand within a sentence in ``language``.

    A text that is written in the other direction (the name of an organisation in a sentence in Arabic)
    gets invisible marks around it: without them it drags the words and marks beside it along, and a
    phone number in groups would be read from its last group to its first.
    """
    return {name: _apart(value, language) for name, value in values.items()}


def _apart(value: object, language: str) -> object:
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    found = {bidirectional(character) for character in value}
    if is_right_to_left(language):
        # Of "02 000 12 34" and "10-13" the last group would come first; "10:30" and "3.5" stay as they are.
        is_in_groups = "EN" in found and bool(found - {"EN", "CS"}) and not found & _RIGHT_TO_LEFT
        is_foreign = "L" in found or is_in_groups
    else:
        is_foreign = bool(found & _RIGHT_TO_LEFT)
    return f"{_APART}{value}{_TOGETHER_AGAIN}" if is_foreign else value
