"""Rules of several proposed times: which can be proposed and chosen, and when somebody is reminded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain import proposals
from volunteer.domain.errors import ImpossibleStep, InvalidValue

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
minutes = st.integers(min_value=1, max_value=60 * 24 * 364)
"""How far away a time can be."""
several = st.lists(minutes, min_size=proposals.FEWEST, max_size=proposals.MOST, unique=True).map(
    lambda found: [NOW + timedelta(minutes=each) for each in found]
)


@given(several)
def test_two_or_three_times_to_come_can_be_proposed_and_come_in_order(times: list[datetime]) -> None:
    assert proposals.check(times, now=NOW) == sorted(times)


@given(st.lists(minutes, unique=True, max_size=8).filter(lambda found: len(found) not in {2, 3}))
def test_one_is_no_choice_and_four_are_too_many(found: list[int]) -> None:
    with pytest.raises(InvalidValue):
        proposals.check([NOW + timedelta(minutes=each) for each in found], now=NOW)


@given(several, st.integers(min_value=0, max_value=2))
def test_what_is_past_or_named_twice_is_refused_at_its_row(times: list[datetime], row: int) -> None:
    row = min(row, len(times) - 1)
    past = [*times[:row], NOW - timedelta(minutes=1), *times[row + 1 :]]
    with pytest.raises(InvalidValue) as refused:
        proposals.check(past, now=NOW)
    assert refused.value.field == proposals.field_of(row)
    with pytest.raises(InvalidValue) as refused:
        proposals.check([times[0], times[0]], now=NOW)
    assert refused.value.field == "agreed_day_2"


@given(several, minutes)
def test_only_what_is_still_open_can_be_chosen(times: list[datetime], later: int) -> None:
    now = NOW + timedelta(minutes=later)
    still = proposals.still_open(times, now=now)
    for moment in times:
        if moment in still:
            assert proposals.chosen(times, moment, now=now) == moment
        else:
            with pytest.raises(ImpossibleStep):
                proposals.chosen(times, moment, now=now)
    with pytest.raises(ImpossibleStep):
        proposals.chosen(times, max(times) + timedelta(minutes=1), now=now)


@given(several)
def test_a_reminder_leaves_time_to_think_and_time_to_choose(times: list[datetime]) -> None:
    due = proposals.reminder_due(times, proposed_at=NOW)
    if due is None:
        assert max(times) - NOW <= proposals.THINKING
    else:
        assert NOW + proposals.THINKING <= due < max(times)
        assert due <= NOW + max(proposals.REMINDED_AFTER, proposals.THINKING)
