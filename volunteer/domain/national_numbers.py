"""The Belgian national number, however it is written: nobody is asked for it, and it is never kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

REFUSED_CODE = "national_number"
"""Names the rule that was broken where one was typed."""
_USUAL = r"[ .\-/]"
"""What people write between digits; what looks alike is made one of these first."""
_NUMBER = re.compile(
    rf"(?=(\d(?:{_USUAL}{{0,3}}\d){{10}}|\d\d[\W_]{{0,3}}\d\d[\W_]{{0,3}}\d\d[\W_]{{0,3}}\d{{3}}[\W_]{{0,3}}\d\d))"
)
"""Eleven digits with the usual between any of them, or with any signs where a national number has its gaps.

Not any signs between any digits: a date with an hour after it would pass for one too often.
"""
_FEWEST = 11
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me"})
"""Marks that join, part, turn or decorate: they stand between two digits without being seen."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by name, which print nothing."""
_ALIKE = {"Zs": " ", "Zl": " ", "Zp": " ", "Pd": "-"}
_ALIKE_SIGNS = {
    **dict.fromkeys("\t\n\r\v\f", " "),
    **dict.fromkeys("\u2212\u00af\u02d7_~", "-"),
    **dict.fromkeys("\u00b7\u2022\u2219\u22c5\u30fb\u3002\u06d4\u0589", "."),
    **dict.fromkeys("\\|\u2044\u2215\u2571\u29f8", "/"),
}


def holds_national_number(text: str) -> bool:
    """Whether ``text`` holds a valid Belgian national number, in digits of any script.

    Eleven digits, of which the last two are 97 less the rest of the first nine divided by 97; for people
    born from 2000 on, a 2 goes before those nine (Royal Decree of 3 April 1984, article 3).
    """
    return any(True for _span in _spans(text))


def without_national_numbers(text: str) -> str:
    """``text`` with every valid Belgian national number taken out, so that none is kept by the way."""
    # What stood on both sides of a number may be another one once it is gone.
    while spans := list(_spans(text)):
        # From the end on, so that what comes before keeps its place; of two that overlap, both go.
        for start, end in reversed(list(_joined(spans))):
            text = text[:start] + text[end:]
    return text


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where valid numbers begin and end in ``text``."""
    if sum(not character.isascii() or character.isdigit() for character in text) < _FEWEST:
        return
    plain, places = _as_read(text)
    for found in _NUMBER.finditer(plain):
        if _is_valid(re.sub(r"\D", "", found.group(1))):
            yield places[found.start(1)], places[found.end(1) - 1] + 1


def _as_read(text: str) -> tuple[str, list[int]]:
    """The text as the eye meets it, with plain digits and separators, and where each sign of it stood."""
    signs: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for sign in character if character.isascii() else unicodedata.normalize("NFKC", character):
            seen = _seen(sign)
            if seen:
                signs.append(seen)
                places.append(place)
    return "".join(signs), places


def _seen(sign: str) -> str:
    """This sign as a plain one; empty when nobody sees it."""
    if sign in _ALIKE_SIGNS:
        return _ALIKE_SIGNS[sign]
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category in _UNSEEN or sign in _BLANK:
        return ""
    return _ALIKE.get(category, sign)


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans in their order, those that overlap as one."""
    first, last = spans[0]
    for start, end in spans[1:]:
        if start >= last:
            yield first, last
            first, last = start, end
        last = max(last, end)
    yield first, last


def _is_valid(digits: str) -> bool:
    body, check = int(digits[:9]), int(digits[9:])
    plausible = int(digits[2:4]) % 20 <= 12 and int(digits[4:6]) <= 31
    return plausible and check in (97 - body % 97, 97 - (2_000_000_000 + body) % 97)
