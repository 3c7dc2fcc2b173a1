"""Which letters our fonts can draw, and what becomes of the others: never a box in place of a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from fontTools.ttLib import TTFont

from volunteer.documents.typed import ISOLATES, JOINERS, STRONG, WEAK, is_mark, on_one_line, tidy

FAMILIES = ("AtkinsonHyperlegibleNext", "NotoSansArabic", "NotoSans")
"""In the order in which they are asked for a letter: Latin inside Arabic stays in the first."""
OMITTED = "…"
"""Stands where words are in a script that no font here has; signs such as emoji just go."""
_OMITTED_TWICE = re.compile(rf"{OMITTED}(?:\s*{OMITTED})+")
_STEERING = ISOLATES | {STRONG, WEAK}
_WORDS = ("L", "N")
_NOBODY = ""


def font_path(family: str, file: str) -> str:
    """Where the file of a font is; ``file`` is its weight."""
    return str(resources.files("volunteer") / "documents" / "fonts" / f"{family}-{file}.ttf")


def drawable(text: str) -> str:
    """The text with nothing in it that no font here can draw; a word that is left out leaves a mark."""
    kept = "".join(_kept(text))
    return tidy(_OMITTED_TWICE.sub(OMITTED, kept)) if kept != text else text


def name_on_paper(name: str) -> str:
    """A name on one line, or nothing where a letter of it cannot be drawn: half a name is another name."""
    seen = on_one_line(name)
    is_whole = not any(
        family == _NOBODY and unicodedata.category(character)[0] in _WORDS
        for character, family in zip(seen, families(seen), strict=True)
    )
    return drawable(seen) if is_whole else ""


def families(text: str) -> list[str | None]:
    """Who draws each letter, empty for nobody; a mark stays with the letter before it, or goes (None)."""
    chosen: list[str | None] = []
    for character in text:
        before = next((each for each in reversed(chosen) if each is not None), FAMILIES[0])
        belongs = is_mark(character)
        asked: tuple[str, ...] = (before, *FAMILIES) if belongs or character.isspace() else FAMILIES
        if character in JOINERS:
            asked = (before,)
        writes = (each for each in asked if each and ord(character) in _characters()[each])
        chosen.append(next(writes, None if belongs else _NOBODY))
    return chosen


def _kept(text: str) -> Iterator[str]:
    plain = [character for character in text if character not in _STEERING]
    drawn_by = iter(families("".join(plain)))
    for character in text:
        if character in _STEERING or character == "\n":
            yield character
            if character == "\n":
                next(drawn_by)
        elif (family := next(drawn_by)) == _NOBODY:
            yield OMITTED if unicodedata.category(character)[0] in _WORDS else ""
        elif family is not None:
            yield character


@lru_cache(maxsize=1)
def _characters() -> dict[str, frozenset[int]]:
    """What each family can draw."""
    found = {}
    for family in FAMILIES:
        with TTFont(font_path(family, "Regular")) as font:
            found[family] = frozenset(font.getBestCmap())
    return found
