"""Who is offered a seat, and until when it is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.gathering_seats import (
    LAST_CALL,
    SHORTEST_OFFER,
    Waiting,
    has_seat,
    offered_until,
    to_offer,
)

BRUSSELS = ZoneInfo("Europe/Brussels")
STARTS = datetime(2027, 3, 10, 14, tzinfo=BRUSSELS)
MOMENTS = st.datetimes(datetime(2027, 2, 20), datetime(2027, 3, 12), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_group_that_does_not_fit_is_passed_over_and_nobody_else_is() -> None:
    line = [Waiting(4, 1), Waiting(2, 5), Waiting(3, 2), Waiting(7, 1)]
    assert to_offer(line, free=3) == [3, 4]
    assert to_offer(line, free=6) == [2, 4]
    assert to_offer(line, free=0) == []


def test_a_newcomer_does_not_pass_somebody_who_fits() -> None:
    assert has_seat(1, [], free=1)
    assert has_seat(1, [Waiting(1, 5)], free=1)
    assert not has_seat(1, [Waiting(1, 1)], free=1)
    assert not has_seat(2, [], free=1)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ((3, 1, 12), (3, 3, 12)),
        ((3, 1, 22), (3, 4, 8)),
        ((3, 2, 3), (3, 4, 8)),
        ((3, 9, 12), (3, 10, 11)),
        ((3, 10, 9), (3, 10, 11)),
        ((3, 10, 10), None),
        ((3, 11, 10), None),
    ],
)
def test_an_offer_lasts_two_days_by_day_and_ends_before_the_start(
    now: tuple[int, int, int], until: tuple[int, int, int] | None
) -> None:
    expected = datetime(2027, *until, tzinfo=BRUSSELS) if until else None
    assert offered_until(datetime(2027, *now, tzinfo=BRUSSELS), STARTS, BRUSSELS, by_hand=False) == expected


@given(MOMENTS, st.booleans())
def test_an_offer_is_never_too_short_and_never_too_late(now: datetime, by_hand: bool) -> None:
    until = offered_until(now, STARTS, BRUSSELS, by_hand=by_hand)
    if until is not None:
        assert now + SHORTEST_OFFER <= until <= STARTS - LAST_CALL
    else:
        assert STARTS - LAST_CALL - now < timedelta(hours=13)
