from __future__ import annotations

import pytest

from volunteer.domain.districts import Atlas, name_in, readable_name
from volunteer.domain.places import Position
from volunteer.domain.shapes import Shape


def square(west: float, south: float) -> Shape:
    corners = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1]]
    return Shape.of_geojson({"type": "Polygon", "coordinates": [corners]})


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Oude Haven", "Oude Haven"),
        ("OUDE   HAVEN", "Oude Haven"),
        ("LA COUR DE L'ABBE", "La Cour de l'Abbe"),
        ("BEEK - VAN DAM", "Beek - Van Dam"),
        ("KAREL III LAAN", "Karel III Laan"),
        ("VUB", "VUB"),
        ("12", "12"),
    ],
)
def test_names_in_capitals_become_readable(written: str, shown: str) -> None:
    assert readable_name(written) == shown


def test_who_reads_neither_language_sees_both_names() -> None:
    assert name_in({"nl": "Haven", "fr": "Port"}, "fr") == "Port"
    assert name_in({"nl": "Haven", "fr": "Port"}, "ar") == "Haven / Port"
    assert name_in({"nl": "Globe", "fr": "Globe"}, "en") == "Globe"


def test_an_atlas_finds_the_shape_around_a_point() -> None:
    atlas = Atlas({"west": square(4, 50), "east": square(5, 50)})
    assert atlas.at(Position(50.5, 4.5)) == "west"
    assert atlas.at(Position(50.5, 5.0)) == "east"
    assert atlas.at(Position(51.5, 4.5)) is None
