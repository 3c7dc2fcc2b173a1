from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.availability import (
    MINUTES_IN_A_DAY,
    MINUTES_IN_A_WEEK,
    UNKNOWN,
    Availability,
    Span,
    overlap_minutes,
    shared_spans,
)
from volunteer.domain.errors import InvalidValue


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, MINUTES_IN_A_DAY - 1))
    return Span(draw(st.integers(0, 6)), start, draw(st.integers(start + 1, MINUTES_IN_A_DAY)))


availabilities = st.builds(Availability, st.lists(spans(), max_size=5).map(tuple), st.booleans())


def minutes_of(times: Availability) -> set[int]:
    """Every minute of the week, one by one."""
    if times.flexible:
        return set(range(MINUTES_IN_A_WEEK))
    return {day * MINUTES_IN_A_DAY + each for day, start, end in times.spans for each in range(start, end)}


def test_reading_and_writing() -> None:
    times = Availability.parse("sat 14:00-18:00; Mon 9:00 - 12:00")
    assert times.spans == (Span(0, 540, 720), Span(5, 840, 1080))
    assert str(times) == "mon 09:00-12:00;sat 14:00-18:00"
    assert Availability.parse("flexible") == Availability(flexible=True)
    assert Availability.parse("") == UNKNOWN
    assert not UNKNOWN.is_known


def test_spans_that_touch_become_one() -> None:
    assert str(Availability.parse("mon 09:00-12:00;mon 12:00-13:00;mon 10:00-11:00")) == "mon 09:00-13:00"


def test_a_night_runs_into_the_next_day() -> None:
    assert str(Availability.parse("sun 22:00-06:00")) == "mon 00:00-06:00;sun 22:00-24:00"
    assert str(Availability.parse("mon 20:00-00:00")) == "mon 20:00-24:00"


@pytest.mark.parametrize(
    "piece",
    [
        "mon",
        "mon 9-12",
        "maandag 09:00-12:00",
        "mon 09:00-09:00",
        "mon 12:00-09:00",
        "mon 09:60-12:00",
        "mon 25:00-26:00",
        "mon 24:00-01:00",
        "mon ٠٩:00-12:00",
        "always",
    ],
)
def test_a_refusal_names_the_piece(piece: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Availability.parse(f"tue 10:00-11:00;{piece}")
    assert refused.value.values == {"piece": piece}


def test_parts_of_days_as_a_form_gives_them() -> None:
    parts = Availability.from_parts([("mon", "morning"), ("mon", "afternoon"), ("sun", "evening")])
    assert str(parts) == "mon 09:00-17:00;sun 17:00-21:00"
    with pytest.raises(InvalidValue, match="mon night"):
        Availability.from_parts([("mon", "night")])


def test_impossible_spans_cannot_be_built() -> None:
    with pytest.raises(InvalidValue):
        Availability((Span(7, 0, 10),))
    with pytest.raises(InvalidValue):
        Availability((Span(0, 10, 10),))


@given(availabilities)
def test_what_is_written_is_read_back(times: Availability) -> None:
    assert Availability.parse(str(times)) == times


@given(availabilities, availabilities)
def test_overlap_equals_counting_minute_by_minute(one: Availability, other: Availability) -> None:
    expected = len(minutes_of(one) & minutes_of(other))
    assert overlap_minutes(one, other) == overlap_minutes(other, one) == expected
    assert one.minutes == len(minutes_of(one))


@given(availabilities, availabilities)
def test_shared_spans_lie_in_both(one: Availability, other: Availability) -> None:
    shared = minutes_of(Availability(shared_spans(one, other)))
    assert shared <= minutes_of(one) & minutes_of(other)


@given(availabilities, st.frozensets(st.integers(0, 6)))
def test_keeping_days(times: Availability, days: frozenset[int]) -> None:
    assert {span.day for span in times.on_days(days).spans} == days & {span.day for span in times.spans}
