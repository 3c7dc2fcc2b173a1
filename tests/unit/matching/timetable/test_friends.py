from __future__ import annotations

from collections.abc import Sequence

import pytest

from volunteer.domain.markets import MarketFacts, RouteRules, StandFacts, Visit, VisitorFacts, Window
from volunteer.matching.timetable.draft import Draft
from volunteer.matching.timetable.friends import bring_together
from volunteer.matching.timetable.market import Market
from volunteer.matching.timetable.rescue import start_elsewhere

AMAL, BO, CHI = range(3)
ANY = frozenset[str]()


def _draft(
    seats: Sequence[tuple[int, ...]], *routes: Sequence[Visit], wait: int | None = None, slots_each: int = 1
) -> Draft:
    """Amal and Bo are friends, and everybody has as many meetings as they want."""
    slots = len(seats[0])
    visitors = [
        VisitorFacts((Window(0, slots),), ANY, wanted=len(route), slots_each=slots_each) for route in routes
    ]
    facts = MarketFacts(
        visitors,
        [StandFacts(each, "A", ANY) for each in seats],
        [[2] * len(seats)] * len(routes),
        rules=RouteRules(longest_wait=wait),
        friends=[(AMAL, BO)] if len(routes) > 1 else [],
    )
    market = Market.of(facts, [[0.5] * len(seats)] * len(routes))
    draft = Draft(market)
    for person, route in enumerate(routes):
        for visit in route:
            draft.add(person, visit.slot, visit.stand)
    return draft


def test_friends_come_to_the_same_stand_at_the_same_time() -> None:
    draft = _draft([(2, 2), (2, 2)], [Visit(0, 0)], [Visit(1, 1)])
    assert bring_together(draft) == 1
    assert draft.visits(AMAL) == draft.visits(BO)


def test_somebody_else_rises_for_a_friend_when_there_is_another_seat() -> None:
    draft = _draft([(2, 0), (1, 1)], [Visit(0, 0)], [Visit(1, 1)], [Visit(0, 0)])
    assert bring_together(draft) == 1
    assert draft.visits(BO) == (Visit(0, 0),)
    assert [visit.stand for visit in draft.visits(CHI)] == [1]


@pytest.mark.parametrize("wait", [None, 0])
def test_nobody_waits_too_long_because_they_rose(wait: int | None) -> None:
    hall = [(1, 0, 0, 0), (0, 2, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)]
    draft = _draft(
        hall,
        [Visit(1, 1)],
        [Visit(3, 3)],
        [Visit(0, 0), Visit(1, 1), Visit(2, 2)],
        wait=wait,
    )
    assert bring_together(draft) == (1 if wait is None else 0)


def test_friends_stay_apart_where_it_would_cost_a_meeting() -> None:
    draft = _draft([(2, 0), (0, 1)], [Visit(0, 0)], [Visit(1, 1)], [Visit(0, 0)])
    before = [draft.visits(person) for person in (AMAL, BO, CHI)]
    draft.promised[AMAL] = True
    draft.promised[CHI] = True
    bring_together(draft)
    assert [draft.visits(person) for person in (AMAL, BO, CHI)] == before


def test_who_needs_two_slots_keeps_a_whole_route() -> None:
    """Without the meeting in the middle the wait would be two slots; two others are open at the end."""
    hall = [tuple(int(start <= slot < start + 2) for slot in range(10)) for start in range(0, 10, 2)]
    draft = _draft(hall, [Visit(0, 0), Visit(2, 1), Visit(4, 2)], wait=1, slots_each=2)
    draft.promised[AMAL, [0, 1, 4, 5]] = True
    assert start_elsewhere(draft, AMAL) == 0
    assert len(draft.visits(AMAL)) == 3
