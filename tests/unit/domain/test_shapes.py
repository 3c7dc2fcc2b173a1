from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from volunteer.domain.places import Position
from volunteer.domain.shapes import BrokenOutline, Polygon, Ring, Shape

SQUARE = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
HOLE = [[1.0, 1.0], [1.0, 3.0], [3.0, 3.0], [3.0, 1.0], [1.0, 1.0]]

coordinates = st.floats(-5, 5).map(lambda number: round(number, 3))
points = st.builds(Position, coordinates, coordinates)


@st.composite
def stars(draw: st.DrawFn) -> Ring:
    """A ring around the origin that never crosses itself: one corner in each of some directions."""
    count = draw(st.integers(3, 12))
    reaches = draw(st.lists(st.floats(0.5, 5), min_size=count, max_size=count))
    corners = [
        (reach * math.cos(2 * math.pi * turn / count), reach * math.sin(2 * math.pi * turn / count))
        for turn, reach in enumerate(reaches)
    ]
    return (*corners, corners[0])


def winding_number(ring: Sequence[tuple[float, float]], position: Position) -> int:
    """How often a ring goes round a point, by the angles at which its corners are seen."""
    total = 0.0
    for (x, y), (next_x, next_y) in pairwise(ring):
        one = math.atan2(y - position.latitude, x - position.longitude)
        other = math.atan2(next_y - position.latitude, next_x - position.longitude)
        total += (other - one + math.pi) % (2 * math.pi) - math.pi
    return round(total / (2 * math.pi))


def distance_to(ring: Ring, position: Position) -> float:
    def to_edge(one: tuple[float, float], other: tuple[float, float]) -> float:
        x, y = other[0] - one[0], other[1] - one[1]
        length = x * x + y * y
        along = (
            ((position.longitude - one[0]) * x + (position.latitude - one[1]) * y) / length if length else 0
        )
        along = min(1.0, max(0.0, along))
        return math.hypot(
            one[0] + along * x - position.longitude,
            one[1] + along * y - position.latitude,
        )

    return min(to_edge(*edge) for edge in pairwise(ring))


def shape(*polygons: list[Any]) -> Shape:
    return Shape.of_geojson({"type": "MultiPolygon", "coordinates": list(polygons)})


@given(stars(), points)
def test_ray_and_winding_number_agree(ring: Ring, position: Position) -> None:
    assume(distance_to(ring, position) > 1e-9)
    assert Polygon((ring,)).contains(position) == (winding_number(ring, position) != 0)


@given(stars(), points)
def test_the_direction_of_a_ring_does_not_matter(ring: Ring, position: Position) -> None:
    assert Polygon((ring,)).contains(position) == Polygon((ring[::-1],)).contains(position)


@given(stars(), points, st.integers(-8, 8), st.integers(-8, 8))
def test_what_is_moved_together_stays_together(ring: Ring, position: Position, right: int, up: int) -> None:
    assume(distance_to(ring, position) > 1e-9)
    moved = tuple((x + right, y + up) for x, y in ring)
    there = Position(position.latitude + up, position.longitude + right)
    assert Polygon((moved,)).contains(there) == Polygon((ring,)).contains(position)


@given(stars(), points)
def test_a_hole_takes_out_exactly_what_lies_in_it(ring: Ring, position: Position) -> None:
    hole = tuple((x / 3, y / 3) for x, y in ring)
    with_hole = Polygon((ring, hole)).contains(position)
    assert with_hole == (Polygon((ring,)).contains(position) and not Polygon((hole,)).contains(position))


@given(
    st.integers(1, 6).flatmap(lambda count: st.lists(coordinates, min_size=count, max_size=count)),
    st.integers(-50, 50),
    st.integers(-50, 50),
)
def test_neighbours_share_every_point_of_their_border_once(bends: list[float], along: int, up: int) -> None:
    """A square is cut in two by a bent line: each point, on corners and borders too, lies in one half."""
    line = [[bend / 2, -5 + 10 * number / (len(bends) - 1 or 1)] for number, bend in enumerate(bends)]
    line = [[line[0][0], -5.0], *line[1:-1], [line[-1][0], 5.0]]
    west = shape([[[-5.0, -5.0], *line, [-5.0, 5.0], [-5.0, -5.0]]])
    east = shape([[[5.0, 5.0], *line[::-1], [5.0, -5.0], [5.0, 5.0]]])
    assume(-50 < along < 50 and -50 < up < 50)
    on_grid = Position(up / 10, along / 10)
    on_corner = Position(line[-1][1] - 5, line[0][0])
    for position in (on_grid, on_corner, *(Position(y, x) for x, y in line[1:-1])):
        assert [west.contains(position), east.contains(position)].count(True) == 1


def test_a_border_belongs_to_the_east_and_to_the_north() -> None:
    square = shape([SQUARE])
    assert square.contains(Position(2, 0))
    assert not square.contains(Position(2, 4))
    assert square.contains(Position(0, 2))
    assert not square.contains(Position(4, 2))


def test_several_polygons_with_holes() -> None:
    away = [[[x + 10, y] for x, y in SQUARE]]
    both = shape([SQUARE, HOLE], away)
    assert both.contains(Position(0.5, 0.5))
    assert not both.contains(Position(2, 2))
    assert both.contains(Position(2, 12))
    assert not both.contains(Position(2, 7))


@given(stars(), st.booleans())
def test_the_label_point_lies_inside(ring: Ring, with_hole: bool) -> None:
    rings = [[list(point) for point in ring]]
    if with_hole:
        rings.append([[x * 0.8, y * 0.8] for x, y in ring])
    found = shape(rings)
    assert found.contains(found.label_point())


def test_the_label_point_of_a_horseshoe_is_not_in_its_gap() -> None:
    horseshoe = [[0, 0], [9, 0], [9, 9], [8, 9], [8, 1], [1, 1], [1, 9], [0, 9], [0, 0]]
    found = shape([horseshoe])
    assert found.contains(found.label_point())


def test_the_label_point_of_a_square_is_its_middle_wherever_it_lies() -> None:
    for x, y in ((0, 0), (4.35, 50.85), (-120, -40)):
        moved = shape([[[x + each[0] / 100, y + each[1] / 100] for each in SQUARE]])
        assert moved.label_point() == pytest.approx((y + 0.02, x + 0.02), abs=1e-9)


def test_what_is_written_reads_back() -> None:
    both = shape([SQUARE, HOLE], [[[x + 10, y] for x, y in SQUARE]])
    assert Shape.of_geojson(both.to_geojson()) == both


def test_a_ring_that_is_not_closed_is_closed() -> None:
    assert shape([SQUARE[:-1]]) == shape([SQUARE])


def test_heights_are_left_out() -> None:
    assert shape([[[*point, 17.0] for point in SQUARE]]) == shape([SQUARE])


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "no outline"),
        ("POLYGON((0 0))", "no outline"),
        ({"type": "Point", "coordinates": [4.3, 50.8]}, "no polygon but “Point”"),
        ({"coordinates": []}, "no polygon but “None”"),
        ({"type": "Polygon", "coordinates": []}, "encloses nothing"),
        ({"type": "Polygon", "coordinates": None}, "not lists of lists"),
        ({"type": "Polygon", "coordinates": [["a"]]}, "not lists of lists"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}, "fewer than three corners"),
        ({"type": "Polygon", "coordinates": [[[1], [3, 4], [5, 6], [1]]]}, "not two numbers"),
        ({"type": "Polygon", "coordinates": [[["1", 2], [3, 4], [5, 6], [7, 8]]]}, "not two numbers"),
        ({"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [3, 3], [1, 1]]]}, "encloses nothing"),
        ({"type": "Polygon", "coordinates": [[[10**400, 1], [2, 2], [3, 3]]]}, "not two numbers"),
        ({"type": "Polygon", "coordinates": [[[float("nan"), 1], [2, 2], [3, 3]]]}, "not two numbers"),
        (
            {"type": "Polygon", "coordinates": [[[149000.5, 170000], [149100, 170000], [149100, 170100]]]},
            "(149000, 170000) are no degrees: save the file in WGS 84",
        ),
    ],
)
def test_a_broken_outline_is_named_in_words(geometry: object, said: str) -> None:
    with pytest.raises(BrokenOutline) as raised:
        Shape.of_geojson(geometry)
    assert said in str(raised.value)
