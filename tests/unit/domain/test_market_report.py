"""Counts in which nobody can be counted, also by who subtracts."""

from __future__ import annotations

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.market_days import VisitState
from volunteer.domain.market_report import Came, Meeting, meeting_tables, people_tables, shown

COUNTS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 12), max_size=8)


@given(COUNTS)
def test_no_small_count_is_shown_and_none_can_be_worked_out(counts: dict[str, int]) -> None:
    rows = shown(counts).rows
    hidden = [count for key, count in counts.items() if rows[key] is None]
    assert all(count is None or count == 0 or count >= 5 for count in rows.values())
    assert all(rows[key] in {None, count} for key, count in counts.items())
    # Who knows the total knows the sum of what is hidden. Hidden with nothing beside it is one people cannot
    # subtract from: then nothing is shown but zeros.
    rest = [count for count in rows.values() if count]
    assert not hidden or not rest or (sum(hidden) >= 5 and len(hidden) > 1)


@given(COUNTS)
def test_no_more_is_hidden_than_has_to_be(counts: dict[str, int]) -> None:
    if all(count == 0 or count >= 5 for count in counts.values()):
        assert shown(counts).rows == counts


def test_what_divides_a_hidden_set_is_not_shown() -> None:
    people = [_came() for _ in range(3)] + [_came(is_here=False) for _ in range(20)]
    tables = people_tables(people, [], answers=["yes"])
    assert set(tables.came.rows.values()) == {0, None}
    assert all(each.is_empty for each in (tables.groups, tables.met, tables.languages, tables.answers))
    few = meeting_tables([_meeting() for _ in range(4)], letters=["A"], rounds=2)
    assert all(each.is_empty for each in (few.zones, few.rounds, few.interest, few.interpreters))


def test_it_counts_who_came_what_they_had_and_how_long_they_waited() -> None:
    people = [_came() for _ in range(6)]
    free = [_came(wants_route=False) for _ in range(5)]
    nobody = [_came(is_here=False) for _ in range(5)]
    meetings = [_meeting(each, number) for each in people for number in (0, 1, 3)]
    missed = [_meeting(each, 0, VisitState.MISSED) for each in nobody]
    tables = people_tables([*people, *free, *nobody], [*meetings, *missed], answers=["yes"])
    assert tables.came.rows == {"came": 11, "said_no": 0, "stayed_away": 5}
    assert tables.met.rows == {"0": 0, "1": 0, "2": 0, "3": 6, "4": 0, "free": 5}
    assert tables.waits.rows == {"0": 6, "1": 6, "2": 0, "3": 0, "4": 0}
    held = meeting_tables([*meetings, *missed], letters=["A", "B"], rounds=4)
    assert held.states.rows == {"met": 18, "missed": 5, "planned": 0}
    assert held.zones.rows == {"A": 18, "B": 0}
    assert held.rounds.rows == {"0": 6, "1": 6, "2": 0, "3": 6}
    assert held.interest.rows["mutual"] == 18


def test_while_it_is_on_a_meeting_of_a_later_round_is_still_to_come() -> None:
    held = [_meeting(number=0) for _ in range(9)]
    unmarked = [_meeting(number=1, state=VisitState.PLANNED) for _ in range(6)]
    ahead = [_meeting(number=2, state=VisitState.PLANNED) for _ in range(7)]
    now = meeting_tables([*held, *unmarked, *ahead], letters=["A"], rounds=4, begun=2)
    assert now.states.rows == {"met": 9, "missed": 0, "planned": 6, "to_come": 7}
    assert now.rounds.rows == {"0": 9, "1": 0}
    over = meeting_tables([*held, *unmarked, *ahead], letters=["A"], rounds=4)
    assert over.states.rows == {"met": 9, "missed": 0, "planned": 13}
    # What a stand marked before its round began is counted all the same.
    early = [_meeting(number=3) for _ in range(5)]
    assert meeting_tables(early, letters=["A"], rounds=4, begun=1).rounds.rows["3"] == 5


def _came(*, is_here: bool = True, wants_route: bool = True) -> Came:
    return Came(uuid4(), is_here, False, False, wants_route, "nl", None)


def _meeting(who: Came | None = None, number: int = 0, state: str = VisitState.MET) -> Meeting:
    return Meeting((who or _came()).id, "A", number, 1, state, None, True, True, False)
