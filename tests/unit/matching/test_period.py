"""When a role can still happen, seen on a Thursday (25 February 2027) unless said otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories.facts import a_role
from volunteer.domain.availability import MINUTES_IN_A_DAY, DatedSpan, Span
from volunteer.matching.period import (
    FOR_EVER,
    bounds,
    has_stated_hours,
    last_day,
    limiting_dates,
    limiting_spans,
)

MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (date(2027, 2, day) for day in (22, 25, 26, 27, 28))
THIS_WEEK = {"starts_on": MONDAY, "ends_on": FRIDAY}
ONE_DAY = {"starts_on": SATURDAY, "ends_on": SATURDAY}


def whole(*days: int) -> tuple[Span, ...]:
    return tuple(Span(day, 0, MINUTES_IN_A_DAY) for day in days)


@pytest.mark.parametrize(
    ("facts", "spans"),
    [
        (ONE_DAY, whole(5)),
        (ONE_DAY | {"times": "flexible"}, whole(5)),
        (ONE_DAY | {"times": "mon 09:00-12:00;sat 09:00-12:00"}, ((5, 540, 720),)),
        (ONE_DAY | {"times": "mon 09:00-12:00"}, whole(5)),
        (THIS_WEEK, whole(3, 4)),
        (THIS_WEEK | {"times": "mon 09:00-12:00;fri 09:00-12:00"}, ((4, 540, 720),)),
        (THIS_WEEK | {"times": "mon 09:00-12:00"}, ()),
        (THIS_WEEK | {"times": "sat 09:00-12:00"}, whole(3, 4)),
        ({"starts_on": date(2026, 1, 1), "ends_on": FRIDAY}, whole(3, 4)),
        ({"starts_on": date(2026, 1, 1), "ends_on": FRIDAY, "times": "mon 09:00-12:00"}, ()),
        ({"ends_on": THURSDAY}, whole(3)),
        ({"ends_on": THURSDAY, "times": "thu 09:00-12:00;fri 09:00-12:00"}, ((3, 540, 720),)),
        ({"ends_on": date(2027, 3, 2)}, whole(0, 1, 3, 4, 5, 6)),
        ({"ends_on": date(2027, 3, 3)}, ()),
        ({"ends_on": date(2027, 3, 3), "times": "mon 09:00-12:00"}, ((0, 540, 720),)),
        ({"starts_on": MONDAY}, ()),
        ({"starts_on": SUNDAY, "ends_on": SATURDAY, "times": "mon 09:00-12:00"}, ((0, 540, 720),)),
        ({"starts_on": MONDAY, "ends_on": MONDAY}, ()),
    ],
)
def test_hours_on_the_days_that_are_left(facts: dict[str, Any], spans: tuple[Span, ...]) -> None:
    assert limiting_spans(a_role(**facts), THURSDAY) == spans


@pytest.mark.parametrize(
    ("facts", "last"),
    [
        ({}, None),
        ({"starts_on": MONDAY}, None),
        (THIS_WEEK, FRIDAY),
        (THIS_WEEK | {"times": "mon 09:00-12:00;wed 09:00-12:00"}, date(2027, 2, 24)),
        (THIS_WEEK | {"times": "sat 09:00-12:00"}, FRIDAY),
        (THIS_WEEK | {"times": "flexible;mon 09:00-12:00"}, FRIDAY),
        ({"ends_on": SUNDAY, "times": "mon 09:00-12:00"}, MONDAY),
        ({"starts_on": SUNDAY, "ends_on": SATURDAY, "times": "mon 09:00-12:00"}, SATURDAY),
        ({"ends_on": date.min}, date.min),
        ({"times": "2027-02-26 09:00-12:00;2027-02-23 09:00-12:00"}, FRIDAY),
        ({"times": "2027-02-26 09:00-12:00;mon 09:00-12:00"}, None),
        ({"ends_on": SUNDAY, "times": "2027-02-26 09:00-12:00"}, FRIDAY),
        ({"ends_on": SUNDAY, "times": "2027-02-26 09:00-12:00;mon 09:00-12:00"}, FRIDAY),
        ({"ends_on": SUNDAY, "times": "2027-02-26 09:00-12:00;sat 09:00-12:00"}, SATURDAY),
        ({"ends_on": SUNDAY, "times": "2027-03-02 09:00-12:00"}, SUNDAY),
        (THIS_WEEK | {"times": "2027-02-24 09:00-12:00;sat 09:00-12:00"}, date(2027, 2, 24)),
        ({"starts_on": SUNDAY, "ends_on": SATURDAY, "times": "2027-02-26 09:00-12:00"}, FRIDAY),
        ({"starts_on": SUNDAY, "ends_on": SATURDAY, "times": "2027-03-26 09:00-12:00"}, SATURDAY),
    ],
)
def test_the_last_day_is_the_last_with_hours(facts: dict[str, Any], last: date | None) -> None:
    assert last_day(a_role(**facts)) == (last.toordinal() if last else FOR_EVER)


def test_the_bounds_are_those_of_the_period() -> None:
    assert bounds(a_role()) == (1, FOR_EVER)
    assert bounds(a_role(starts_on=MONDAY)) == (MONDAY.toordinal(), FOR_EVER)
    assert bounds(a_role(**THIS_WEEK)) == (MONDAY.toordinal(), FRIDAY.toordinal())
    assert bounds(a_role(starts_on=SUNDAY, ends_on=SATURDAY)) == (1, FOR_EVER)


@pytest.mark.parametrize(
    ("facts", "weekly", "dates"),
    [
        ({"times": "2027-02-26 09:00-12:00"}, (), ((FRIDAY, 540, 720),)),
        ({"times": "2027-02-24 09:00-12:00;2027-02-25 09:00-12:00"}, (), ((THURSDAY, 540, 720),)),
        (
            {"times": "fri 08:00-10:00;2027-02-26 09:00-12:00"},
            ((4, 480, 600),),
            ((FRIDAY, 540, 720),),
        ),
        (THIS_WEEK | {"times": "2027-02-26 09:00-12:00"}, (), ((FRIDAY, 540, 720),)),
        (THIS_WEEK | {"times": "2027-02-27 09:00-12:00"}, whole(3, 4), ()),
        (THIS_WEEK | {"times": "2027-02-23 09:00-12:00"}, (), ()),
        ({"times": "flexible;2027-02-26 09:00-12:00"}, (), ()),
    ],
)
def test_dates_that_are_left(
    facts: dict[str, Any], weekly: tuple[Span, ...], dates: tuple[DatedSpan, ...]
) -> None:
    role = a_role(**facts)
    assert limiting_spans(role, THURSDAY) == weekly
    assert limiting_dates(role, THURSDAY) == dates


def test_hours_that_never_fall_in_the_period_were_not_stated() -> None:
    assert has_stated_hours(a_role(**THIS_WEEK, times="mon 09:00-12:00"))
    assert not has_stated_hours(a_role(**THIS_WEEK, times="sat 09:00-12:00"))
    assert not has_stated_hours(a_role(times="flexible"))
    assert has_stated_hours(a_role(**THIS_WEEK, times="2027-02-23 09:00-12:00"))
    assert not has_stated_hours(a_role(**THIS_WEEK, times="2027-02-27 09:00-12:00"))
