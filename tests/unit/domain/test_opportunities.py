from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from volunteer.domain.errors import InvalidValue
from volunteer.domain.opportunities import LONGEST_DESCRIPTION, LONGEST_TITLE, MOST_WANTED, Place, Posting


def _posting(**content: Any) -> Posting:
    return Posting(**{"title": "Koken", "description": "Samen soep koken.", "language": "nl", **content})


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"description": ""},
        {"title": "x" * LONGEST_TITLE, "description": "x" * LONGEST_DESCRIPTION},
        {"wanted": MOST_WANTED},
        {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 1)},
        {"ends_on": date(2027, 3, 1)},
        {"url": "http://buurthuis.example"},
    ],
)
def test_what_holds_together_passes(content: dict[str, Any]) -> None:
    _posting(**content).check()


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"title": " \n"}, "title"),
        ({"title": "x" * (LONGEST_TITLE + 1)}, "title"),
        ({"description": "x" * (LONGEST_DESCRIPTION + 1)}, "description"),
        ({"wanted": 0}, "wanted"),
        ({"wanted": MOST_WANTED + 1}, "wanted"),
        ({"starts_on": date(2027, 3, 2), "ends_on": date(2027, 3, 1)}, "ends_on"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "buurthuis.example"}, "url"),
    ],
)
def test_what_does_not_is_named(content: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        _posting(**content).check()
    assert caught.value.field == field


def test_a_place_is_known_by_any_part_of_it() -> None:
    assert not Place().is_known()
    assert Place(municipality="jette").is_known()
    assert Place(latitude=0.0, longitude=0.0).is_known()
