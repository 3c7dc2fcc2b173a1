from __future__ import annotations

from volunteer.domain.markets import MarketFacts, StandFacts, Visit, VisitorFacts, Window
from volunteer.matching.timetable.draft import Draft
from volunteer.matching.timetable.market import Market
from volunteer.matching.timetable.rescue import insert

DUTCH = frozenset({"nl"})


def _visitor(*slots: int) -> VisitorFacts:
    return VisitorFacts(tuple(Window(slot, slot + 1) for slot in slots), DUTCH, wanted=1)


def test_who_is_helped_is_not_asked_back_by_who_made_room() -> None:
    """Given a stand for one at a time, when its last moment is wanted, then both others move up for it."""
    visitors = [_visitor(0, 2), _visitor(2), _visitor(0, 1)]
    market = Market.of(
        MarketFacts(visitors, [StandFacts((1, 1, 1), "A", DUTCH)], [[2]] * 3), [[0.6], [0.5], [0.7]]
    )
    draft = Draft(market)
    draft.add(0, slot=2, stand=0)
    draft.add(2, slot=0, stand=0)

    assert insert(draft, 1, steps=2) > 27

    assert [draft.visits(person) for person in range(3)] == [(Visit(0, 0),), (Visit(2, 0),), (Visit(1, 0),)]
