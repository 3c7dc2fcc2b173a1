"""What may be said of a stand, its steps, the training before it, and who stands where."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.errors import ImpossibleStep, InvalidValue
from volunteer.domain.gathering_seats import SeatState
from volunteer.domain.market_days import StandState
from volunteer.domain.spots import Spot, Standing, free_spots, give_out
from volunteer.domain.stands import (
    ENOUGH,
    Application,
    SignUp,
    Training,
    Turn,
    after,
    check_confirm,
    check_open,
    training_of,
)

WHOLE: dict[str, Any] = {
    "languages": frozenset({"nl", "fr"}),
    "offer": {"nl": "Proef onze soep."},
    "tasks": frozenset({"t.cook"}),
    "seats": 2,
}
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def said(**given: Any) -> Application:
    return Application(**(WHOLE | given))


def test_everything_that_is_wrong_is_said_at_once() -> None:
    empty = Application(seats=0, closed_rounds=frozenset(range(4)))
    fields = [each.field for each in empty.complaints(rounds=4)]
    assert fields == ["offer_nl", "languages", "tasks", "seats", "closed_rounds"]
    assert said().complaints(rounds=4) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"offer": {"fr": "Goûtez"}}, "offer_nl"),
        ({"offer": {"nl": "x" * 301}}, "offer_nl"),
        ({"languages": frozenset({"xx"})}, "languages"),
        ({"tasks": frozenset({"t.nothing"})}, "tasks"),
        ({"seats": 21}, "seats"),
        ({"access": frozenset({"ph.nothing"})}, "access"),
        ({"access": frozenset({"ic.pictograms"}), "not_access": frozenset({"ic.pictograms"})}, "access"),
        ({"closed_rounds": frozenset({4})}, "closed_rounds"),
        ({"hosts": "x" * 81}, "hosts"),
        ({"words": "85.07.30-033.28"}, "words"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        said(**wrong).check(rounds=4)
    assert refused.value.field == field


def test_a_no_and_a_withdrawal_are_final() -> None:
    for ended in (StandState.REFUSED, StandState.WITHDRAWN):
        for turn in Turn:
            with pytest.raises(ImpossibleStep):
                after(ended, turn)
    assert after(StandState.CONFIRMED, Turn.REFUSE) is StandState.REFUSED
    with pytest.raises(ImpossibleStep):
        after(StandState.CONFIRMED, Turn.CONFIRM)


@pytest.mark.parametrize(
    ("sign_ups", "is_waived", "training"),
    [
        ([], False, Training.MISSING),
        ([], True, Training.WAIVED),
        ([SignUp(SeatState.IN, None)], False, Training.SEAT),
        ([SignUp(SeatState.WAITING, None)], False, Training.WAITS),
        ([SignUp(SeatState.OFFERED, None)], False, Training.WAITS),
        ([SignUp(SeatState.WITHDRAWN, None)], False, Training.MISSING),
        ([SignUp(SeatState.IN, 0)], False, Training.MISSING),
        ([SignUp(SeatState.IN, 2)], False, Training.CAME),
        ([SignUp(SeatState.WITHDRAWN, None), SignUp(SeatState.IN, None)], False, Training.SEAT),
    ],
)
def test_a_seat_counts_until_somebody_counted_who_came(
    sign_ups: list[SignUp], is_waived: bool, training: Training
) -> None:
    assert training_of(sign_ups, is_asked=True, is_waived=is_waived) is training
    assert training_of(sign_ups, is_asked=False, is_waived=is_waived) is Training.NONE


@pytest.mark.parametrize("training", Training)
def test_a_yes_needs_a_training_and_a_spot(training: Training) -> None:
    if training in ENOUGH:
        check_confirm(training, confirmed=2, spots=3)
        with pytest.raises(ImpossibleStep, match="spots"):
            check_confirm(training, confirmed=3, spots=3)
    else:
        with pytest.raises(ImpossibleStep, match="training"):
            check_confirm(training, confirmed=2, spots=3)


def test_the_desk_may_add_a_stand_later_and_nobody_after_the_end() -> None:
    times = {"closes_at": NOW - timedelta(hours=1), "ends_at": NOW + timedelta(hours=1), "now": NOW}
    check_open(is_open=True, by_desk=True, **times)
    with pytest.raises(ImpossibleStep, match="closed"):
        check_open(is_open=True, by_desk=False, **times)
    with pytest.raises(ImpossibleStep, match="over"):
        check_open(is_open=True, by_desk=True, **{**times, "ends_at": NOW})


KINDS = st.frozensets(st.sampled_from(["food", "care", "green", "t.cook", "t.garden"]), max_size=3)
ZONES = st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 4), max_size=6)


@given(waiting=st.lists(KINDS, max_size=12), zones=ZONES, taken=st.sets(st.integers(0, 23), max_size=6))
def test_nobody_stands_twice_nor_where_somebody_is(
    waiting: list[frozenset[str]], zones: dict[str, int], taken: set[int]
) -> None:
    every = [Spot(zone, number) for zone, count in zones.items() for number in range(1, count + 1)]
    there = {every[each]: Standing(-each - 1, frozenset({"food"})) for each in taken if each < len(every)}
    asked = [Standing(place, about) for place, about in enumerate(waiting)]
    found = give_out(asked, there, zones)
    assert len(set(found.values())) == len(found)
    assert set(found.values()) <= set(every) - there.keys()
    assert len(found) == min(len(waiting), len(every) - len(there)), "as long as a spot is free, nobody waits"
    assert found == give_out(asked, there, zones)


def test_like_stands_beside_like() -> None:
    kinds = ["food", "green"] * 4
    found = give_out(
        [Standing(place, frozenset({kind})) for place, kind in enumerate(kinds)], {}, {"A": 4, "B": 4}
    )
    for kind in ("food", "green"):
        assert len({found[place].zone for place, each in enumerate(kinds) if each == kind}) == 1


def test_another_kind_begins_in_a_zone_where_nobody_stands_also_in_a_small_one() -> None:
    kinds = ["food", "green", "music"]
    asked = [Standing(place, frozenset({kind})) for place, kind in enumerate(kinds)]
    found = give_out(asked, {}, {"A": 8, "B": 2, "C": 3})
    assert [str(found[place]) for place in range(3)] == ["A1", "C1", "B1"]


def test_free_spots_are_those_nobody_has() -> None:
    assert free_spots({"B": 2, "A": 1}, [Spot("B", 1)]) == {"A": [1], "B": [2]}
