"""The municipalities of the city, and how far things are apart."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from volunteer.domain import vocabulary
from volunteer.domain.errors import InvalidValue

EARTH_RADIUS_KM = 6371.0088
"""The mean radius R1 of the GRS 80 ellipsoid (IUGG; Moritz, 2000)."""


class Position(NamedTuple):
    """A point on the map in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality with its names, its postal codes, a point near its centre, and its tile."""

    code: str
    labels: Mapping[str, str]
    postal_codes: tuple[str, ...]
    position: Position
    tile: tuple[int, int]
    """(column, row) on a map of equal tiles, where each lies near its neighbours."""

    def label(self, language: str) -> str:
        """Return its name in ``language``, in English where that is missing."""
        return self.labels.get(language) or self.labels["en"]


def _load() -> Mapping[str, Municipality]:
    return MappingProxyType(
        {
            entry["code"]: Municipality(
                code=entry["code"],
                labels=vocabulary.labels(entry),
                postal_codes=tuple(str(code) for code in entry["postal_codes"]),
                position=Position(entry["latitude"], entry["longitude"]),
                tile=(entry["tile"][0], entry["tile"][1]),
            )
            for entry in vocabulary.read("municipalities.json")
        }
    )


def _plain(text: str) -> str:
    """Reduce a name to its letters: no accents, case, hyphens or double spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each if each.isalnum() else " " for each in letters if not unicodedata.combining(each))
    return " ".join(kept.split())


MUNICIPALITIES: Mapping[str, Municipality] = _load()
_BY_POSTAL_CODE = {code: each for each in MUNICIPALITIES.values() for code in each.postal_codes}
_BY_NAME = {
    _plain(name): each for each in MUNICIPALITIES.values() for name in (each.code, *each.labels.values())
}


def clean_postal_code(text: str, *, field: str = "postal_code") -> str:
    """Return a Belgian postal code, inside the city or not. Raises ``InvalidValue``."""
    code = text.strip()
    if not (len(code) == 4 and code.isascii() and code.isdigit() and code[0] != "0"):
        raise InvalidValue("A postal code has 4 figures, such as 1000.", field=field)
    return code


def municipality_of(postal_code: str) -> Municipality | None:
    """Return the municipality a postal code belongs to, or ``None`` outside the city."""
    return _BY_POSTAL_CODE.get(postal_code.strip())


def find_municipality(text: str) -> Municipality | None:
    """Return the municipality meant by a code, a postal code or a name, forgiving of case and accents."""
    return municipality_of(text) or _BY_NAME.get(_plain(text))


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance in kilometres over a sphere, of two (latitude, longitude) pairs in degrees.

    Haversine formula: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (2), 1984, p. 159.
    """
    latitude, longitude = math.radians(one[0]), math.radians(one[1])
    other_latitude, other_longitude = math.radians(other[0]), math.radians(other[1])
    chord = (
        math.sin((other_latitude - latitude) / 2) ** 2
        + math.cos(latitude) * math.cos(other_latitude) * math.sin((other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))
