"""Rounds in time, and what may be said of a market before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.errors import InvalidValue
from volunteer.domain.market_days import MOST_ROUNDS, Rounds
from volunteer.domain.market_plan import (
    Details,
    Rules,
    ZoneDetails,
    clean_zones,
    far_apart,
    pairs_of,
)

FIRST = datetime(2026, 12, 5, 12, 30, tzinfo=UTC)
NOW = FIRST - timedelta(days=30)
ZONE = ZoneInfo("Europe/Brussels")
SOUND = Details(
    texts={"nl": {"title": "Markt", "about": "Kom."}},
    starts_at=FIRST - timedelta(minutes=30),
    ends_at=FIRST + timedelta(hours=3),
    rounds=Rounds(FIRST, 6, 15, 5, {2: 20}),
    stands_close_at=FIRST - timedelta(days=7),
    signup_closes_at=FIRST - timedelta(days=1),
    venue_name="De Hal",
    street="Kaai 1",
)


@st.composite
def all_rounds(draw: st.DrawFn) -> Rounds:
    """Any that a market may have."""
    count = draw(st.integers(1, MOST_ROUNDS))
    after = st.integers(0, max(count - 2, 0))
    return Rounds(
        first=FIRST,
        count=count,
        minutes=draw(st.integers(5, 60)),
        change_minutes=draw(st.integers(0, 30)),
        breaks=draw(st.dictionaries(after, st.integers(5, 120), max_size=min(3, count - 1))),
    )


@given(all_rounds())
def test_rounds_follow_one_another_with_time_to_walk_and_their_breaks(rounds: Rounds) -> None:
    assert rounds.starts(0) == FIRST
    for number, after in pairwise(range(rounds.count)):
        between = rounds.starts(after) - rounds.ends(number)
        assert between == timedelta(minutes=rounds.change_minutes + rounds.breaks.get(number, 0))
    assert rounds.end == rounds.ends(rounds.count - 1)


@given(all_rounds())
def test_a_round_is_on_from_its_start_until_its_end(rounds: Rounds) -> None:
    for number in range(rounds.count):
        assert rounds.at(rounds.starts(number)) == number
        assert rounds.next_after(rounds.starts(number)) == number
        ends = rounds.ends(number)
        assert rounds.at(ends - timedelta(seconds=1)) == number
        assert rounds.at(ends) in {None, number + 1}
    assert rounds.next_after(rounds.end) == rounds.count


@given(all_rounds())
def test_slots_count_breaks_and_lead_back_to_their_rounds(rounds: Rounds) -> None:
    assert len(rounds.slots) == rounds.count + len(rounds.breaks)
    for number in range(rounds.count):
        assert rounds.round_of(rounds.slot_of(number)) == number
        is_before_break = number in rounds.breaks
        if number + 1 < rounds.count:
            assert rounds.slot_of(number + 1) - rounds.slot_of(number) == 1 + is_before_break


def test_a_sound_market_can_be_opened() -> None:
    SOUND.check_whole(now=NOW, zone=ZONE)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("starts_at", {"starts_at": NOW}),
        ("starts_at", {"starts_at": NOW + timedelta(days=366)}),
        ("ends_at", {"ends_at": SOUND.starts_at}),
        ("ends_at", {"ends_at": SOUND.starts_at + timedelta(hours=15)}),
        ("ends_at", {"ends_at": SOUND.rounds.end - timedelta(minutes=1)}),
        ("first_round_at", {"rounds": replace(SOUND.rounds, first=SOUND.starts_at - timedelta(minutes=1))}),
        ("round_count", {"rounds": replace(SOUND.rounds, count=0)}),
        ("round_count", {"rounds": replace(SOUND.rounds, count=MOST_ROUNDS + 1)}),
        ("round_minutes", {"rounds": replace(SOUND.rounds, minutes=4)}),
        ("change_minutes", {"rounds": replace(SOUND.rounds, change_minutes=-1)}),
        ("break_after", {"rounds": replace(SOUND.rounds, breaks={5: 20})}),
        ("break_minutes", {"rounds": replace(SOUND.rounds, breaks={2: 4})}),
        ("stands_close_at", {"stands_close_at": FIRST}),
        ("signup_closes_at", {"signup_closes_at": FIRST}),
        ("wanted", {"rules": Rules(wanted=0)}),
        ("longest_wait", {"rules": Rules(longest_wait=7)}),
        ("most_in_a_row", {"rules": Rules(most_in_a_row=0)}),
        ("replan_minutes", {"replan_minutes": 7}),
        ("access", {"access": frozenset({"ph.nothing"})}),
    ],
)
def test_what_cannot_be_is_said_at_its_field(field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue) as refused:
        replace(SOUND, **wrong).check(now=NOW, zone=ZONE)
    assert refused.value.field == field


def test_the_end_of_the_last_round_is_said_on_the_clock_of_the_centre() -> None:
    with pytest.raises(InvalidValue) as refused:
        replace(SOUND, ends_at=SOUND.rounds.end - timedelta(minutes=1)).check(now=NOW, zone=ZONE)
    assert refused.value.values == {"hour": "15:45"}


@pytest.mark.parametrize(
    ("field", "zone"),
    [
        ("zones", ZoneDetails(letter="AB", names={"nl": "Eten"}, spots=1)),
        ("zones", ZoneDetails(letter="", names={"nl": "Eten"}, spots=1)),
        ("name_B_nl", ZoneDetails(letter="B", names={"fr": "Manger", "nl": " "}, spots=1)),
        ("spots_B", ZoneDetails(letter="B", names={"nl": "Eten"}, spots=0)),
    ],
)
def test_a_zone_has_a_letter_a_name_and_spots(field: str, zone: ZoneDetails) -> None:
    with pytest.raises(InvalidValue) as refused:
        clean_zones([zone])
    assert refused.value.field == field


def test_zones_far_apart_are_named_once_and_only_those_there_are() -> None:
    assert pairs_of("CAB") == ["A|B", "A|C", "B|C"]
    assert far_apart({"A|C", "A|F", "C|A"}, "ABC") == {"A|C": 1}
