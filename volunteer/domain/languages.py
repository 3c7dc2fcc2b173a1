"""Languages by their own name, and how well people speak them.

Levels: 0 not at all, 1 a few words, 2 a simple conversation, 3 well, 4 very well.
A language without a level is unknown, which differs from a level of 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from volunteer.domain import vocabulary
from volunteer.domain.errors import InvalidValue

HIGHEST_LEVEL = 4
COMFORTABLE_LEVEL = 3
"""From this level on, a language counts as one of the person's own."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language with its own name (``own``) and its names for others."""

    code: str
    own: str
    labels: Mapping[str, str]
    sign: bool
    right_to_left: bool
    order: int

    def label(self, language: str) -> str:
        """Return its name in ``language``, or its own name where that is missing."""
        return self.labels.get(language) or self.own


def _load() -> Mapping[str, Language]:
    entries = sorted(vocabulary.read("languages.json"), key=lambda entry: entry["order"])
    languages = {
        entry["code"]: Language(
            code=entry["code"],
            own=entry["autonym"],
            labels=vocabulary.labels(entry),
            sign=entry["sign"],
            right_to_left=entry["right_to_left"],
            order=entry["order"],
        )
        for entry in entries
    }
    if len(languages) != len(entries):
        raise ValueError("a language code is listed twice")
    return MappingProxyType(languages)


LANGUAGES: Mapping[str, Language] = _load()
SIGN_LANGUAGES: frozenset[str] = frozenset(code for code, each in LANGUAGES.items() if each.sign)


def parse_codes(codes: Iterable[str], *, field: str = "languages") -> frozenset[str]:
    """Return the codes as a set; an unknown one raises ``InvalidValue`` naming it."""
    chosen = frozenset(codes)
    for code in sorted(chosen):
        _require_known(code, field)
    return chosen


def parse_levels(text: str, *, field: str = "languages") -> dict[str, int]:
    """Read ``"nl:2;fr:4"``; empty text is no answer and gives an empty dict.

    Raises ``InvalidValue`` naming the piece that is wrong.
    """
    levels: dict[str, int] = {}
    for piece in filter(None, (part.strip() for part in text.split(";"))):
        code, separator, level = (part.strip() for part in piece.partition(":"))
        if not separator or not (level.isascii() and level.isdigit()):
            raise InvalidValue(
                "“%(piece)s” is not a language with a level, such as nl:2.",
                field=field,
                code="invalid_language_level",
                values={"piece": piece},
            )
        if code in levels:
            raise InvalidValue(
                "The language “%(code)s” is given twice.",
                field=field,
                code="language_twice",
                values={"code": code},
            )
        levels[code] = int(level)
    return check_levels(levels, field=field)


def check_levels(levels: Mapping[str, int], *, field: str = "languages") -> dict[str, int]:
    """Return a copy in the usual order; an unknown code or a level outside 0..4 raises ``InvalidValue``."""
    for code, level in levels.items():
        _require_known(code, field)
        if not 0 <= level <= HIGHEST_LEVEL:
            raise InvalidValue(
                "The level of “%(code)s” is a number from 0 to 4, not %(level)s.",
                field=field,
                code="invalid_language_level",
                values={"code": code, "level": level},
            )
    return {code: levels[code] for code in sorted(levels, key=lambda each: (LANGUAGES[each].order, each))}


def _require_known(code: str, field: str) -> None:
    if code not in LANGUAGES:
        raise InvalidValue(
            "“%(code)s” is not a known language code.",
            field=field,
            code="unknown_language",
            values={"code": code},
        )
