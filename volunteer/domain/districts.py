"""The districts of a city: what they are called, where they lie, and which one holds a point."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from volunteer.domain.places import Position
from volunteer.domain.shapes import Shape

LONGEST_CODE = 40
_SMALL_WORDS = frozenset(
    {"a", "à", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "s", "sous", "sur"}
    | {"aan", "bij", "den", "der", "het", "in", "op", "ten", "ter", "van", "voor"}
)
_LONGEST_ABBREVIATION = 4
_ROMAN = frozenset("IVX")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class District:
    """A part of the city with an outline."""

    code: str
    names: Mapping[str, str]
    """By language: at least one."""
    municipality: str
    """Code of the municipality it belongs to."""
    label_point: Position
    """A point inside it."""
    shape: Shape


def name_in(names: Mapping[str, str], language: str) -> str:
    """Return the name in this language; where there is none, every different name, as on a street sign."""
    return names.get(language) or " / ".join(dict.fromkeys(names.values()))


class Atlas:
    """Shapes by their code, to find the one that holds a point."""

    def __init__(self, shapes: Mapping[str, Shape]) -> None:
        self._shapes = MappingProxyType(dict(shapes))

    @classmethod
    def of(cls, districts: Iterable[District]) -> Self:
        """Return the atlas of these districts."""
        return cls({each.code: each.shape for each in districts})

    def at(self, position: Position) -> str | None:
        """Return the code of the shape that holds the point, the first of them where shapes overlap."""
        return next((code for code, shape in self._shapes.items() if shape.contains(position)), None)


def readable_name(text: str) -> str:
    """Return a name without its double spaces and, when it is all capitals, in small letters.

    Words in capitals are hard to read, and some screen readers spell them.
    """
    name = " ".join(text.split())
    if not name.isupper() or len(name) <= _LONGEST_ABBREVIATION:
        return name

    def small(found: re.Match[str]) -> str:
        word = found[0].lower()
        begins = found.start() == 0 or name[: found.start()].endswith((" - ", " / "))
        if word in _SMALL_WORDS and not begins:
            return word
        return found[0] if set(found[0]) <= _ROMAN else word.capitalize()

    return _WORD.sub(small, name)
