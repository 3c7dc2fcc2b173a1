"""Outlines on the map: polygons with holes, what lies in them, and where to write their name.

Coordinates are degrees, taken as a flat plane: within a city that is right to a hair, and there is nothing
here to measure. A point on a border belongs to the shape to its east, or to its north where the border runs
straight from west to east. So of shapes that share their borders exactly one holds each point within them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple, Self

from volunteer.domain.errors import DomainError
from volunteer.domain.places import Position

Point = tuple[float, float]
"""(longitude, latitude), the order of GeoJSON."""
Ring = tuple[Point, ...]
"""Corners in order; the last is the first again."""

_FEWEST_CORNERS = 4
_LINES_TRIED = 31


class BrokenOutline(DomainError):
    """An outline cannot be understood; this is said in English, to who reads in a map."""

    code = "broken_outline"


class Box(NamedTuple):
    """What lies within these degrees, borders included."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, position: Position) -> bool:
        """Tell whether the point lies in it."""
        latitude, longitude = position
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True)
class Polygon:
    """One outline and the holes in it."""

    rings: tuple[Ring, ...]

    def contains(self, position: Position) -> bool:
        """Tell whether the point lies in it, by the rule for borders above."""
        latitude, longitude = position
        return sum(crossing > longitude for crossing in self._crossings(latitude)) % 2 == 1

    @property
    def area(self) -> float:
        """Its size in square degrees, without the holes; only to be compared."""
        outline, *holes = (abs(_doubled_area(ring)) / 2 for ring in self.rings)
        return outline - sum(holes)

    @property
    def centroid(self) -> Position | None:
        """Its centre of mass, which may lie outside it; ``None`` when it has no area.

        P. Bourke, "Calculating the area and centroid of a polygon" (1988), summed over outline and holes.
        """
        origin = self.rings[0][0]
        mass = longitude = latitude = 0.0
        for number, ring in enumerate(self.rings):
            moved = [(x - origin[0], y - origin[1]) for x, y in ring]
            sign = 1 if (_doubled_area(moved) > 0) == (number == 0) else -1
            for (x, y), (next_x, next_y) in pairwise(moved):
                part = sign * (x * next_y - next_x * y)
                mass += part
                longitude += part * (x + next_x)
                latitude += part * (y + next_y)
        if mass <= 0:
            return None
        return Position(origin[1] + latitude / (3 * mass), origin[0] + longitude / (3 * mass))

    def widest_middle(self) -> Position | None:
        """The middle of its widest stretch, on some lines from west to east; ``None`` for a sliver."""
        box = _box(self.rings[0])
        best: tuple[float, Position] | None = None
        for number in range(1, _LINES_TRIED + 1):
            latitude = box.south + (box.north - box.south) * number / (_LINES_TRIED + 1)
            crossings = sorted(self._crossings(latitude))
            for west, east in zip(crossings[::2], crossings[1::2], strict=True):
                middle = Position(latitude, (west + east) / 2)
                if (best is None or east - west > best[0]) and self.contains(middle):
                    best = (east - west, middle)
        return best[1] if best else None

    def _crossings(self, latitude: float) -> Iterator[float]:
        """Longitudes at which its rings cross a line from west to east.

        Each edge is computed from its southern end, so that two shapes that share one find the same number.
        """
        for ring in self.rings:
            for one, other in pairwise(ring):
                if (one[1] > latitude) != (other[1] > latitude):
                    (x, y), (top_x, top_y) = (one, other) if one[1] < other[1] else (other, one)
                    yield x + (latitude - y) / (top_y - y) * (top_x - x)


@dataclass(frozen=True)
class Shape:
    """One or more polygons that belong together and do not overlap."""

    polygons: tuple[Polygon, ...]

    @classmethod
    def of_geojson(cls, geometry: object) -> Self:
        """Read a GeoJSON Polygon or MultiPolygon (RFC 7946). Raises :class:`BrokenOutline`."""
        if not isinstance(geometry, Mapping):
            raise BrokenOutline("It has no outline.")
        coordinates = geometry.get("coordinates")
        match geometry.get("type"):
            case "Polygon":
                parts: object = [coordinates]
            case "MultiPolygon":
                parts = coordinates
            case other:
                raise BrokenOutline(
                    "Its outline is no polygon but “%(kind)s”.", values={"kind": str(other)[:40]}
                )
        shape = cls(tuple(Polygon(tuple(_rings(part))) for part in _listed(parts)))
        if not any(polygon.area > 0 for polygon in shape.polygons):
            raise BrokenOutline("Its outline encloses nothing.")
        return shape

    def to_geojson(self) -> dict[str, Any]:
        """Write it as a GeoJSON MultiPolygon."""
        coordinates = [
            [[list(point) for point in ring] for ring in polygon.rings] for polygon in self.polygons
        ]
        return {"type": "MultiPolygon", "coordinates": coordinates}

    @cached_property
    def box(self) -> Box:
        """The box around it."""
        boxes = [_box(polygon.rings[0]) for polygon in self.polygons]
        wests, souths, easts, norths = zip(*boxes, strict=True)
        return Box(min(wests), min(souths), max(easts), max(norths))

    def contains(self, position: Position) -> bool:
        """Tell whether the point lies in one of its polygons; in a hole it does not."""
        return self.box.holds(position) and any(each.contains(position) for each in self.polygons)

    def label_point(self) -> Position:
        """Return a point inside, near the middle of the largest polygon. Raises :class:`BrokenOutline`."""
        largest = max(self.polygons, key=lambda polygon: polygon.area)
        centre = largest.centroid
        inside = centre if centre and largest.contains(centre) else largest.widest_middle()
        if inside is None:
            raise BrokenOutline("Its outline encloses nothing.")
        return inside


def _rings(part: object) -> Iterator[Ring]:
    rings = _listed(part)
    if not rings:
        raise BrokenOutline("Its outline encloses nothing.")
    for ring in rings:
        points = tuple(_point(each) for each in _listed(ring))
        closed = points if points[:1] == points[-1:] else (*points, points[0])
        if len(closed) < _FEWEST_CORNERS:
            raise BrokenOutline("Its outline has a ring of fewer than three corners.")
        yield closed


def _listed(value: object) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise BrokenOutline("Its coordinates are not lists of lists, as GeoJSON writes them.")
    return value


def _point(value: object) -> Point:
    numbers = _listed(value)[:2]
    if len(numbers) < 2 or not all(_is_number(each) for each in numbers):
        raise BrokenOutline("A corner of its outline is not two numbers.")
    longitude, latitude = (float(each) for each in numbers)  # type: ignore[arg-type]
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise BrokenOutline(
            "Its coordinates (%(x)s, %(y)s) are no degrees: save the file in WGS 84 (EPSG:4326).",
            values={"x": f"{longitude:g}", "y": f"{latitude:g}"},
        )
    return longitude, latitude


def _is_number(value: object) -> bool:
    # Python's JSON reads whole numbers of any length, and NaN.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12


def _doubled_area(ring: Sequence[Point]) -> float:
    """Twice the area by the shoelace formula, positive against the clock."""
    start_x, start_y = ring[0]
    moved = [(x - start_x, y - start_y) for x, y in ring]
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(moved))


def _box(ring: Iterable[Point]) -> Box:
    longitudes, latitudes = zip(*ring, strict=True)
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))
