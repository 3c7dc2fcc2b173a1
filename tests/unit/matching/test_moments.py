from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from tests.factories.facts import TODAY, a_role
from tests.unit.matching.strategies import roles, times
from volunteer.domain.availability import Availability
from volunteer.domain.matching_facts import RoleFacts
from volunteer.matching.hours import FreeTime, Hours
from volunteer.matching.moments import best_moment

THE_SIXTEENTH = date(2027, 3, 16)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("role", "free", "moment"),
    [
        ("tue 09:00-12:00", "tue 10:00-13:00", (1, 600, 720)),
        ("tue 09:00-12:00", "2027-03-16 10:00-13:00", (THE_SIXTEENTH, 600, 720)),
        ("2027-03-16 09:00-12:00", "tue 10:00-13:00", (THE_SIXTEENTH, 600, 720)),
        ("2027-03-16 09:00-12:00", "2027-03-16 10:00-13:00", (THE_SIXTEENTH, 600, 720)),
        ("2027-03-16 09:00-12:00;2027-03-23 09:00-12:00", "tue 10:00-13:00", (THE_SIXTEENTH, 600, 720)),
        ("tue 09:00-12:00", "tue 10:00-13:00;2027-03-16 10:00-13:00", (1, 600, 720)),
        ("tue 09:00-12:00", "tue 10:00-13:00;2027-03-16 09:00-10:00", (THE_SIXTEENTH, 540, 720)),
        ("tue 09:00-12:00", "2027-02-23 10:00-13:00", None),
        ("tue 09:00-12:00", "wed 10:00-13:00", None),
    ],
)
def test_the_moment_that_is_said(role: str, free: str, moment: tuple[object, ...] | None) -> None:
    found = best_moment(Availability.parse(free), a_role(times=role), TODAY)
    assert (found and found[:3]) == moment


def test_a_date_after_the_last_day_is_no_moment() -> None:
    role = a_role(times="tue 09:00-12:00", ends_on=date(2027, 3, 15))
    assert best_moment(Availability.parse("2027-03-16 10:00-13:00"), role, TODAY) is None


@given(roles, times)
def test_what_is_said_is_what_was_scored(role: RoleFacts, free: Availability) -> None:
    hours = Hours.build([role], TODAY)
    limit = FreeTime.of(free)
    if not hours.timed[0] or not hours.left[0] or limit is None or not free.since(TODAY).is_known:
        return
    found = best_moment(free, role, TODAY)
    assert (found.turn if found else 0.0) == hours.best_turns(limit)[0]
