"""Hours, compared minute by minute with sets over three weeks in which the clocks change once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.availability import (
    MINUTES_IN_A_DAY,
    UNKNOWN,
    Availability,
    DatedSpan,
    Span,
    dated_overlap_minutes,
    overlap_minutes,
    shared_dates,
    shared_spans,
)
from volunteer.domain.errors import InvalidValue

MONDAY = date(2027, 3, 15)
WEEKS = 3
HORIZON = [MONDAY + timedelta(days=number) for number in range(7 * WEEKS)]
"""In it summer time begins, on Sunday 28 March 2027."""
CLOCK_CHANGE = date(2027, 3, 28)
Moment = tuple[date, int]


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, MINUTES_IN_A_DAY - 1))
    return Span(draw(st.integers(0, 6)), start, draw(st.integers(start + 1, MINUTES_IN_A_DAY)))


def dated(span: Span) -> st.SearchStrategy[DatedSpan]:
    return st.sampled_from(HORIZON).map(lambda day: DatedSpan(day, span.start, span.end))


def some(each: st.SearchStrategy[tuple[object, ...]]) -> st.SearchStrategy[tuple[tuple[object, ...], ...]]:
    return st.lists(each, max_size=4).map(tuple)


availabilities = st.builds(
    Availability,
    some(spans()),
    st.sampled_from((False, False, False, True)),
    some(spans().flatmap(dated)),
    st.booleans(),
)


def moments_of(times: Availability) -> set[Moment]:
    """Every minute of the horizon, one by one."""
    if times.flexible:
        return {(day, minute) for day in HORIZON for minute in range(MINUTES_IN_A_DAY)}
    weekly = {
        (on, minute)
        for on in HORIZON
        for day, start, end in times.spans
        if day == on.weekday()
        for minute in range(start, end)
    }
    return weekly | {(on, minute) for on, start, end in times.dates for minute in range(start, end)}


def test_reading_and_writing() -> None:
    times = Availability.parse("sat 14:00-18:00; Mon 9:00 - 12:00")
    assert times.spans == (Span(0, 540, 720), Span(5, 840, 1080))
    assert str(times) == "mon 09:00-12:00;sat 14:00-18:00"
    assert Availability.parse("flexible") == Availability(flexible=True)
    assert Availability.parse("") == UNKNOWN
    assert not UNKNOWN.is_known


def test_single_dates_stand_beside_the_week() -> None:
    times = Availability.parse("2027-03-14 10:00-16:00; Mon 9:00-12:00;flexible")
    assert times.dates == (DatedSpan(date(2027, 3, 14), 600, 960),)
    assert str(times) == "flexible;mon 09:00-12:00;2027-03-14 10:00-16:00"
    assert Availability.parse("2027-03-14 10:00-16:00").is_known


def test_who_is_asked_and_does_not_know_yet_is_unknown_in_their_own_words() -> None:
    unsure = Availability.parse("unsure")
    assert unsure == Availability(unsure=True) != UNKNOWN
    assert str(unsure) == "unsure"
    assert not unsure.is_known
    for said in ("mon 09:00-12:00", "2027-03-14 10:00-16:00", "flexible"):
        assert Availability.parse(f"unsure;{said}") == Availability.parse(said)


def test_spans_that_touch_become_one() -> None:
    assert str(Availability.parse("mon 09:00-12:00;mon 12:00-13:00;mon 10:00-11:00")) == "mon 09:00-13:00"
    dates = Availability.parse("2027-03-15 12:00-13:00;2027-03-14 12:00-13:00;2027-03-14 09:00-12:00")
    assert str(dates) == "2027-03-14 09:00-13:00;2027-03-15 12:00-13:00"


def test_a_night_runs_into_the_next_day() -> None:
    assert str(Availability.parse("sun 22:00-06:00")) == "mon 00:00-06:00;sun 22:00-24:00"
    assert str(Availability.parse("mon 20:00-00:00")) == "mon 20:00-24:00"
    new_year = Availability.parse("2026-12-31 22:00-06:00")
    assert str(new_year) == "2026-12-31 22:00-24:00;2027-01-01 00:00-06:00"


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
        "2027-02-29 09:00-12:00",
        "2027-13-01 09:00-12:00",
        "0000-01-01 09:00-12:00",
        "2027-03-14",
        "2027-03-14 12:00-09:00",
        "9999-12-31 22:00-06:00",
        "14/03/2027 09:00-12:00",
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
    with pytest.raises(InvalidValue):
        Availability(dates=(DatedSpan(MONDAY, 10, 1441),))


@given(availabilities)
def test_what_is_written_is_read_back(times: Availability) -> None:
    assert Availability.parse(str(times)) == times


@given(availabilities, availabilities)
def test_overlap_equals_counting_minute_by_minute(one: Availability, other: Availability) -> None:
    expected = len(moments_of(one) & moments_of(other))
    for mine, theirs in ((one, other), (other, one)):
        assert WEEKS * overlap_minutes(mine, theirs) + dated_overlap_minutes(mine, theirs) == expected
    weekly = Availability(one.spans, one.flexible)
    assert WEEKS * one.minutes == len(moments_of(weekly))


@given(availabilities, availabilities)
def test_what_is_shared_lies_in_both(one: Availability, other: Availability) -> None:
    both = moments_of(one) & moments_of(other)
    assert moments_of(Availability(shared_spans(one, other))) <= both
    if not (one.flexible and other.flexible):
        named = {span.on for span in (*one.dates, *other.dates)}
        on_them = {moment for moment in both if moment[0] in named}
        assert moments_of(Availability(dates=shared_dates(one, other))) == on_them


def test_a_date_meets_the_weekly_pattern_of_its_weekday() -> None:
    tuesdays, tuesday = Availability.parse("tue 09:00-12:00"), Availability.parse("2027-03-16 11:00-14:00")
    assert shared_dates(tuesdays, tuesday) == (DatedSpan(date(2027, 3, 16), 660, 720),)
    assert shared_spans(tuesdays, tuesday) == ()
    assert (overlap_minutes(tuesdays, tuesday), dated_overlap_minutes(tuesdays, tuesday)) == (0, 60)
    assert not shared_dates(tuesdays, Availability.parse("2027-03-17 11:00-14:00"))


def test_the_hour_that_the_clocks_skip_counts_like_any_other() -> None:
    sundays, night = Availability.parse("sun 01:00-05:00"), Availability.parse(f"{CLOCK_CHANGE} 00:00-04:00")
    assert dated_overlap_minutes(sundays, night) == 180


@given(availabilities, st.sampled_from(HORIZON))
def test_the_stretches_of_one_date(times: Availability, day: date) -> None:
    found = {(day, minute) for _, start, end in times.on(day) for minute in range(start, end)}
    assert found == {moment for moment in moments_of(times) if moment[0] == day}
    assert all(
        earlier.end < later.start for earlier, later in zip(times.on(day), times.on(day)[1:], strict=False)
    )


@given(availabilities, st.sampled_from(HORIZON))
def test_dates_that_are_past_are_left_out(times: Availability, day: date) -> None:
    left = times.since(day)
    assert left.dates == tuple(span for span in times.dates if span.on >= day)
    assert (left.spans, left.flexible, left.unsure) == (times.spans, times.flexible, times.unsure)


@given(st.lists(availabilities, max_size=3))
def test_pieces_together_say_what_each_says(pieces: list[Availability]) -> None:
    written = ";".join(map(str, pieces))
    assert Availability.joined(pieces) == Availability.parse(written)
