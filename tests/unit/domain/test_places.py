from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.places import MUNICIPALITIES, distance_km, find_municipality, municipality_of

points = st.tuples(st.floats(-89, 89), st.floats(-179, 179))


def test_nineteen_municipalities() -> None:
    assert len(MUNICIPALITIES) == 19
    for each in MUNICIPALITIES.values():
        assert distance_km(each.position, (50.8467, 4.3525)) < 10


def test_a_postal_code_belongs_to_one() -> None:
    laken = municipality_of(" 1020 ")
    assert laken is not None
    assert laken.code == "brussel"
    assert municipality_of("9000") is None


@pytest.mark.parametrize(
    "text",
    ["Sint-Jans-Molenbeek", "MOLENBEEK-SAINT-JEAN", "sint jans molenbeek", " Molenbeek Saint Jean", "1080"],
)
def test_names_are_found_in_both_languages(text: str) -> None:
    found = find_municipality(text)
    assert found is not None
    assert found.code == "sint-jans-molenbeek"


def test_accents_and_unknown_names() -> None:
    assert find_municipality("Vörst") == find_municipality("Vorst") is not None
    assert find_municipality("Gent") is None
    assert find_municipality("") is None


def test_a_known_distance() -> None:
    # Grand-Place to the Atomium, measured on a map.
    assert distance_km((50.8467, 4.3525), (50.8949, 4.3415)) == pytest.approx(5.4, abs=0.1)


@given(points, points)
def test_distance_is_the_same_both_ways(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert distance_km(one, other) == pytest.approx(distance_km(other, one))
    assert distance_km(one, one) == 0
    assert 0 <= distance_km(one, other) <= 20_016
