"""Hours in columns, against sets of minutes: every minute of every day of a few weeks, one by one.

Among those days is Sunday 28 March 2027, when summer time begins: hours are wall-clock hours, so
it is a day like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.facts import a_role, an_identifier
from volunteer.domain.availability import Availability, DatedSpan, Span
from volunteer.domain.matching_facts import RoleFacts
from volunteer.matching.edits import Edits
from volunteer.matching.hours import USUAL_TURN, FreeTime, Hours

THURSDAY = date(2027, 3, 11)
HORIZON = [THURSDAY + timedelta(days=number) for number in range(28)]
CLOCK_CHANGE = date(2027, 3, 28)
SATURDAY_ALONE = {"starts_on": date(2027, 3, 13), "ends_on": date(2027, 3, 13)}
HOURS = [hour * 60 for hour in range(24)]


def hours(random: Random) -> Availability:
    """Return any hours; dates lie around the day of today, some of them past."""

    def stretch() -> tuple[int, int]:
        start = random.choice(HOURS)
        return start, min(start + random.choice((1, 30, 60, 150, 600)), 1440)

    dates = [THURSDAY + timedelta(days=random.randint(-8, 20)) for _ in range(3)]
    return Availability(
        tuple(Span(random.randrange(7), *stretch()) for _ in range(random.choice((0, 0, 1, 2, 4)))),
        random.random() < 0.2,
        tuple(DatedSpan(day, *stretch()) for day in dates[: random.choice((0, 0, 1, 2, 3))]),
        random.random() < 0.1,
    )


@cache
def any_role(number: int) -> RoleFacts:
    """Return the role of a number: always the same one."""
    random = Random(number)

    def day() -> date | None:
        return random.choice((None, THURSDAY + timedelta(days=random.randint(-8, 20))))

    return a_role(times=hours(random), starts_on=day(), ends_on=day())


roles = st.integers(0, 10_000).map(any_role)
offers = st.lists(roles, max_size=12)
free_times = st.integers(0, 10_000).map(lambda number: hours(Random(-number)))


def stated(role: RoleFacts) -> bool:
    return not role.times.flexible and any(
        stretches(role.times, day) for day in days_of(role, THURSDAY - timedelta(days=400), 800)
    )


def stretches(times: Availability, day: date) -> list[tuple[int, int]]:
    """Return what is stated for a day, one by one."""
    weekly = [(start, end) for weekday, start, end in times.spans if weekday == day.weekday()]
    return weekly + [(start, end) for on, start, end in times.dates if on == day]


def days_of(role: RoleFacts, start: date, many: int) -> Iterator[date]:
    first, last = role.starts_on or date.min, role.ends_on or date.max
    for day in (start + timedelta(days=number) for number in range(many)):
        if last < first or first <= day <= last:
            yield day


def brute_force(role: RoleFacts, person: Availability) -> float:
    """Return the best part of a turn, from sets of minutes."""
    if role.ends_on is not None and role.ends_on < THURSDAY:
        return 0.0
    left = list(days_of(role, THURSDAY, len(HORIZON)))
    of_days = {day: stretches(role.times, day) if stated(role) else [(0, 1440)] for day in left}
    if not any(of_days.values()):
        return 0.0
    if not person.since(THURSDAY).is_known or person.flexible:
        return 1.0
    turns = []
    for day, of_the_day in of_days.items():
        free = {minute for start, end in stretches(person, day) for minute in range(start, end)}
        for start, end in of_the_day:
            shared = len(free & set(range(start, end)))
            turns.append(min(shared / min(end - start, USUAL_TURN), 1.0))
    best = max(turns)
    return 1.0 if best > 0 and (role.times.flexible or at_any_time(role)) else best


def at_any_time(role: RoleFacts) -> bool:
    """Without stated hours a week or more is any time; a few days are whole days."""
    return (
        not stated(role)
        and len(list(days_of(role, THURSDAY, 7))) + len(list(days_of(role, THURSDAY + timedelta(days=7), 30)))
        >= 7
    )


@given(roles, free_times)
def test_what_suits_is_what_sets_of_minutes_say(role: RoleFacts, person: Availability) -> None:
    turns = Hours.build([role], THURSDAY).best_turns(FreeTime.of(person))
    assert turns.tolist() == [brute_force(role, person)]


@pytest.mark.parametrize(
    ("role", "person", "part"),
    [
        ({"times": "tue 09:00-12:00"}, "tue 11:00-14:00", 1 / 3),
        ({"times": "tue 09:00-12:00"}, "tue 12:00-14:00", 0),
        ({"times": "mon 08:00-20:00"}, "mon 10:00-11:30", 0.5),
        ({"times": "2027-03-16 09:00-12:00"}, "tue 11:00-14:00", 1 / 3),
        ({"times": "2027-03-16 09:00-12:00"}, "wed 11:00-14:00", 0),
        ({"times": "tue 09:00-12:00"}, "2027-03-16 11:00-14:00", 1 / 3),
        ({"times": "tue 09:00-12:00"}, "2027-03-17 11:00-14:00", 0),
        ({"times": "tue 09:00-12:00", "starts_on": date(2027, 3, 17)}, "2027-03-16 11:00-14:00", 0),
        ({"times": "tue 09:00-12:00", "ends_on": date(2027, 3, 22)}, "2027-03-23 11:00-14:00", 0),
        ({"times": "2027-03-16 09:00-12:00"}, "2027-03-16 10:00-12:00", 2 / 3),
        ({"times": "2027-03-16 09:00-12:00"}, "2027-03-23 10:00-12:00", 0),
        ({"times": "2027-03-10 09:00-12:00"}, "flexible", 0),
        ({"times": "2027-03-10 09:00-12:00;2027-03-11 09:00-12:00"}, "unsure", 1),
        ({"times": "tue 09:00-12:00"}, "2027-03-10 11:00-12:00", 1),
        ({"times": "tue 09:00-12:00"}, "2027-03-10 11:00-12:00;tue 11:00-12:00", 1 / 3),
        ({"times": "mon 09:00-12:00;tue 09:00-12:00"}, "tue 09:00-12:00", 1),
        (
            {"times": "mon 09:00-12:00;tue 09:00-12:00;wed 09:00-12:00"},
            "mon 11:00-12:00;wed 10:00-12:00",
            2 / 3,
        ),
        ({"times": "flexible", **SATURDAY_ALONE}, "sat 09:00-10:00", 1),
        ({"times": "flexible", **SATURDAY_ALONE}, "sun 09:00-10:00", 0),
        (SATURDAY_ALONE, "sat 09:00-10:00", 1 / 3),
        ({}, "2027-03-16 11:00-14:00", 1),
        ({"starts_on": date(2027, 3, 20)}, "2027-03-16 11:00-14:00", 0),
        ({"times": "flexible", "ends_on": date(2027, 3, 15)}, "2027-03-16 11:00-14:00", 0),
        ({"times": "tue 09:00-12:00"}, "tue 09:00-10:00;2027-03-16 10:00-11:00", 2 / 3),
        ({"times": "tue 09:00-10:00;2027-03-16 10:00-11:00"}, "2027-03-16 09:30-10:30", 0.5),
        ({"times": f"{CLOCK_CHANGE} 01:00-04:00"}, "sun 02:00-03:00", 1 / 3),
        ({"times": "sun 01:00-04:00"}, f"{CLOCK_CHANGE} 02:00-03:00", 1 / 3),
    ],
)
def test_a_week_and_dates_meet(role: dict[str, Any], person: str, part: float) -> None:
    each = a_role(**role)
    turns = Hours.build([each], THURSDAY).best_turns(FreeTime.of(Availability.parse(person)))
    assert turns.tolist() == pytest.approx([part])
    assert brute_force(each, Availability.parse(person)) == pytest.approx(part)


@given(offers, offers, st.sets(st.integers(0, 40)), free_times)
def test_hours_brought_up_to_date_equal_hours_built_afresh(
    before: list[RoleFacts], changed: list[RoleFacts], removed: set[int], person: Availability
) -> None:
    old, fresh = numbered(before, step=2), numbered(changed, step=3)
    now = {id_: role for id_, role in old.items() if id_.int not in removed} | fresh
    gone = [an_identifier(number) for number in removed]
    edits = Edits.between(list(old), list(fresh), gone)
    edited = hours_of(old).edited(hours_of(fresh), edits)
    afresh = hours_of(dict(sorted(now.items())))
    rows = np.arange(len(now))
    assert not edited.differing(afresh, rows, rows).any()
    assert len(edited) == len(afresh)
    free = FreeTime.of(person)
    assert edited.best_turns(free).tolist() == afresh.best_turns(free).tolist()


def numbered(roles: list[RoleFacts], *, step: int) -> dict[UUID, RoleFacts]:
    return {an_identifier(row * step): role for row, role in enumerate(roles)}


def hours_of(roles: dict[UUID, RoleFacts]) -> Hours:
    return Hours.build(roles.values(), THURSDAY)


def test_what_no_change_touches_is_shared() -> None:
    old = numbered([a_role(times="tue 09:00-12:00"), a_role()], step=1)
    fresh = {an_identifier(0): a_role(times="tue 09:00-12:00", starts_on=THURSDAY)}
    before = hours_of(old)
    after = before.edited(hours_of(fresh), Edits.between(list(old), list(fresh), ()))
    assert after.weekly is before.weekly
    assert after.timed is before.timed
    assert after.first_days is not before.first_days


@pytest.mark.parametrize(
    "other",
    [
        {"times": "tue 09:00-12:01"},
        {"times": "tue 09:00-12:00;2027-03-16 12:00-13:00"},
        {"times": "2027-03-16 09:00-12:00"},
        {"times": "flexible"},
        {"times": "tue 09:00-12:00", "starts_on": THURSDAY},
        {},
    ],
)
def test_a_difference_is_seen(other: dict[str, Any]) -> None:
    rows = np.arange(2)
    one, same, another = (
        Hours.build([a_role(), a_role(**facts)], THURSDAY)
        for facts in ({"times": "tue 09:00-12:00"}, {"times": "tue 09:00-12:00"}, other)
    )
    assert one.differing(same, rows, rows).tolist() == [False, False]
    assert one.differing(another, rows, rows).tolist() == [False, True]


def test_columns_cannot_be_written() -> None:
    built = Hours.build([a_role(times="tue 09:00-12:00")], THURSDAY)
    columns = (built.left, built.first_days, built.weekly.numbers, built.weekly.starts, built.dated.ends_at)
    assert not any(column.flags.writeable for column in columns)


def test_an_empty_offer_has_no_hours() -> None:
    nothing = Hours.build([], THURSDAY)
    assert nothing.best_turns(FreeTime.of(Availability.parse("mon 09:00-12:00"))).tolist() == []
