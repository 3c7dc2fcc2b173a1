"""The city as a drawing of our own: its districts where they are loaded, equal tiles otherwise.

It marks where a role is, and the municipality a person told us: never more of where they live.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter

from volunteer.domain.places import MUNICIPALITIES, Municipality, Position
from volunteer.domain.shapes import Polygon
from volunteer.models import Venue
from volunteer.queries.districts import extent_of_districts
from volunteer.services import districts
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.language import current_language

WIDTH = 1000
"""Of the drawing with districts, in units of its own."""
MARGIN = 12
TILE_WIDTH, TILE_HEIGHT, GAP = 192, 132, 8
LONGEST_LINE = 11
"""Letters that fit beside each other on a tile."""
_BETWEEN_PARTS = re.compile(r"(?<=[ -])")


@dataclass(frozen=True, slots=True)
class Outline:
    """One shape as the path of an SVG; ``look`` is "", "there" (the role) or "yours" (the person)."""

    path: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One municipality as a tile, with its name in lines."""

    x: int
    y: int
    lines: tuple[str, ...]
    look: str


@dataclass(frozen=True, slots=True)
class CityMap:
    """What is drawn, in units of ``width`` by ``height``."""

    width: int
    height: int
    outlines: list[Outline] = field(default_factory=list)
    tiles: list[Tile] = field(default_factory=list)
    pin: tuple[int, int] | None = None
    """Where the role is; ``None`` where only its municipality is known and that is drawn whole."""
    home: tuple[int, int] | None = None
    """A point in the middle of the person's municipality."""


def city_map(uow: UnitOfWork, venue: Venue, yours: Municipality | None) -> CityMap | None:
    """Draw where a venue is, for somebody from ``yours``; ``None`` when nobody knows where it is."""
    there = MUNICIPALITIES.get(venue.municipality or "")
    extent = extent_of_districts(uow.session)
    if extent is not None and (there is not None or venue.latitude is not None):
        drawn = _Drawing.of(uow, extent)
        return drawn.marked(venue, there, yours)
    return _tiled(there, yours) if there is not None else None


@dataclass(frozen=True, slots=True)
class _Projection:
    """Degrees to units: a plane that touches the city, so that its form is true."""

    west: float
    north: float
    per_degree: float
    narrowing: float

    def at(self, latitude: float, longitude: float) -> tuple[int, int]:
        x = MARGIN + (longitude - self.west) * self.per_degree * self.narrowing
        return round(x), round(MARGIN + (self.north - latitude) * self.per_degree)


@dataclass(frozen=True)
class _Drawing:
    """Every district as a path, kept for as long as the same districts are loaded."""

    projection: _Projection
    height: int
    paths: dict[str, tuple[str, str]]
    """Municipality and path by code of the district."""
    middles: dict[str, Position]

    @classmethod
    def of(cls, uow: UnitOfWork, extent: tuple[float, ...]) -> _Drawing:
        kept = _KEPT.get(extent)
        if kept is None:
            _KEPT.clear()
            kept = _KEPT[extent] = cls._drawn(uow, extent)
        return kept

    @classmethod
    def _drawn(cls, uow: UnitOfWork, extent: tuple[float, ...]) -> _Drawing:
        west, south, east, north = extent[:4]
        narrowing = math.cos(math.radians((south + north) / 2))
        per_degree = (WIDTH - 2 * MARGIN) / ((east - west) * narrowing)
        projection = _Projection(west, north, per_degree, narrowing)
        known = districts.known(uow)
        return cls(
            projection=projection,
            height=round((north - south) * per_degree) + 2 * MARGIN,
            paths={
                code: (each.municipality, "".join(_paths(each.shape.polygons, projection)))
                for code, each in known.items()
            },
            middles={code: each.label_point for code, each in known.items()},
        )

    def marked(self, venue: Venue, there: Municipality | None, yours: Municipality | None) -> CityMap:
        position = _point(venue) or self.middles.get(venue.district or "")
        marks = {each.code: look for each, look in ((there, "there"), (yours, "yours")) if each is not None}
        if position is not None and there is not None:
            # The pin says where; the whole municipality need not.
            marks = {code: look for code, look in marks.items() if look == "yours"}
        by_look: dict[str, list[str]] = {"": [], "yours": [], "there": []}
        for code, (municipality, path) in self.paths.items():
            is_there = position is not None and code == venue.district
            by_look["there" if is_there else marks.get(municipality, "")].append(path)
        return CityMap(
            width=WIDTH,
            height=self.height,
            outlines=[Outline("".join(paths), look) for look, paths in by_look.items() if paths],
            pin=self.projection.at(*position) if position else None,
            home=self.projection.at(*yours.position) if yours else None,
        )


_KEPT: dict[tuple[float, ...], _Drawing] = {}


def _tiled(there: Municipality, yours: Municipality | None) -> CityMap:
    looks = {yours.code: "yours"} if yours else {}
    looks[there.code] = "there"
    towns = sorted(MUNICIPALITIES.values(), key=attrgetter("tile"))
    columns, rows = (max(each.tile[axis] for each in towns) + 1 for axis in (0, 1))
    return CityMap(
        width=columns * (TILE_WIDTH + GAP) - GAP,
        height=rows * (TILE_HEIGHT + GAP) - GAP,
        tiles=[
            Tile(*_corner(each), _lines(each.label(current_language())), looks.get(each.code, ""))
            for each in towns
        ],
        pin=_middle(there),
        home=_middle(yours) if yours and yours != there else None,
    )


def _corner(town: Municipality) -> tuple[int, int]:
    column, row = town.tile
    return column * (TILE_WIDTH + GAP), row * (TILE_HEIGHT + GAP)


def _middle(town: Municipality) -> tuple[int, int]:
    x, y = _corner(town)
    return x + TILE_WIDTH // 2, y + TILE_HEIGHT // 2


def _lines(name: str) -> tuple[str, ...]:
    """The name over as few lines as hold it."""
    lines = [""]
    for part in _BETWEEN_PARTS.split(name):
        if lines[-1] and len(lines[-1] + part.strip()) > LONGEST_LINE:
            lines.append("")
        lines[-1] += part
    return tuple(line.strip() for line in lines if line.strip())


def _point(venue: Venue) -> Position | None:
    if venue.latitude is None or venue.longitude is None:
        return None
    return Position(venue.latitude, venue.longitude)


def _paths(polygons: Iterable[Polygon], projection: _Projection) -> Iterator[str]:
    for polygon in polygons:
        for ring in polygon.rings:
            corners = [projection.at(latitude, longitude) for longitude, latitude in ring]
            steps = [(x - last_x, y - last_y) for (last_x, last_y), (x, y) in pairwise(corners)]
            moved = "".join(f"l{across} {down}" for across, down in steps if (across, down) != (0, 0))
            yield f"M{corners[0][0]} {corners[0][1]}{moved}z"
