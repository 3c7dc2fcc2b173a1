"""What the board says: how far the day is at any moment, and where a seat is free."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.market_board import Moment, OpenStand, Phase, Room, moment_of, rooms
from volunteer.domain.market_days import Rounds

FIRST = datetime(2026, 11, 22, 13, tzinfo=UTC)
ROUNDS = Rounds(first=FIRST, count=4, minutes=15, change_minutes=5, breaks={1: 10})


@pytest.mark.parametrize(
    ("minutes", "moment"),
    [
        (-1, Moment(Phase.BEFORE, 0, FIRST)),
        (0, Moment(Phase.ROUND, 0, FIRST + timedelta(minutes=20))),
        (15, Moment(Phase.WALK, 1, FIRST + timedelta(minutes=20))),
        (35, Moment(Phase.BREAK, 2, FIRST + timedelta(minutes=50))),
        (50, Moment(Phase.ROUND, 2, FIRST + timedelta(minutes=70))),
        (84, Moment(Phase.ROUND, 3, None)),
        (85, Moment(Phase.OVER, 4, None)),
    ],
)
def test_the_day_goes_on(minutes: int, moment: Moment) -> None:
    assert moment_of(ROUNDS, FIRST + timedelta(minutes=minutes)) == moment


def test_a_full_zone_says_when_it_has_room_again() -> None:
    stands = [
        OpenStand("A", 2, taken={0: 2, 1: 1}),
        OpenStand("A", 1, closed=frozenset({0})),
        OpenStand("B", 3, closed=frozenset({0, 1})),
    ]
    now = rooms(["A", "B", "C"], stands, number=0, count=3)
    assert now == (Room("A", 0, 1), Room("B", None, 2), Room("C", None, None))
    assert rooms(["A"], stands, number=1, count=3) == (Room("A", 2, None),)


@given(
    seats=st.lists(st.integers(1, 5), max_size=6),
    taken=st.lists(st.integers(0, 9), min_size=6, max_size=6),
)
def test_more_people_than_seats_are_no_room_elsewhere(seats: list[int], taken: list[int]) -> None:
    stands = [OpenStand("A", number, taken={0: people}) for number, people in zip(seats, taken, strict=False)]
    (room,) = rooms(["A"], stands, number=0, count=1)
    left = [max(0, stand.seats - stand.taken[0]) for stand in stands]
    assert room.free == (sum(left) if stands else None)
