"""Markets at the edge of what can be: nobody and nothing there, and what was told before the hall changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from volunteer.domain.markets import (
    MarketFacts,
    Obstacle,
    PoolFacts,
    Promise,
    RouteRules,
    StandFacts,
    Visit,
    VisitorFacts,
    Window,
)
from volunteer.evaluation.market_checker import violations
from volunteer.evaluation.market_reasons import true_reason
from volunteer.matching.timetable.market import Market
from volunteer.matching.timetable.plan import Plan
from volunteer.matching.timetable.promises import as_it_goes_on
from volunteer.matching.timetable.reasons import shortage, why, why_not
from volunteer.matching.timetable.solving import solve, walk_in

ANY = frozenset[str]()
DUTCH, ARABIC = frozenset({"nl"}), frozenset({"ar"})
ALL_DAY = VisitorFacts((Window(0, 6),), ANY, wanted=3)


def _facts(
    visitors: Sequence[VisitorFacts], *stands: tuple[int, ...], promises: Sequence[Promise] = (), now: int = 0
) -> MarketFacts:
    return MarketFacts(
        visitors,
        [StandFacts(seats, "A", DUTCH) for seats in stands],
        [[2] * len(stands)] * len(visitors),
        promises=promises,
        now=now,
    )


def _market(facts: MarketFacts) -> Market:
    return Market.of(facts, [[0.5] * len(facts.stands)] * len(facts.visitors))


def _solved(facts: MarketFacts) -> Plan:
    plan = solve(_market(facts))
    assert violations(facts, plan.routes, plan.let_go) == []
    return plan


@pytest.mark.parametrize("stands", [(), ((),)])
@pytest.mark.parametrize("people", [0, 2])
def test_a_market_without_stands_or_without_time_has_empty_routes(
    stands: tuple[tuple[int, ...], ...], people: int
) -> None:
    day = tuple(1 for _ in range(0 if stands else 3))
    facts = replace(_facts([ALL_DAY] * people, *stands), pools=(PoolFacts("ar", day),))
    plan = _solved(facts)
    assert plan.routes == ((),) * people
    draft = plan.drafted(_market(facts))
    for person in range(people):
        found = shortage(draft, person)
        assert found is not None
        assert found.obstacle == true_reason(facts, plan.routes, person) == Obstacle.NEEDS


@pytest.mark.parametrize("window", [Window(-4, -1), Window(2, 2), Window(3, 1), Window(7, 9)])
def test_who_is_not_there_while_the_market_is_open_has_no_meeting(window: Window) -> None:
    facts = _facts([replace(ALL_DAY, windows=(window,))], (1, 1, 1), (1, 1, 1))
    assert _solved(facts).routes == ((),)


def test_what_was_promised_after_a_hall_closes_earlier_is_let_go() -> None:
    late = Promise(0, Visit(3, 0))
    plan = _solved(_facts([ALL_DAY], (1, 1, 1), (1, 1, 1), promises=[late]))
    assert plan.let_go == (late,)
    assert len(plan.routes[0]) == 2


SLOW = replace(ALL_DAY, slots_each=2)
BEGUN, NEXT, OTHERS = Promise(0, Visit(1, 0)), Promise(0, Visit(2, 1)), Promise(1, Visit(2, 0))


@pytest.mark.parametrize("told", list(permutations([BEGUN, NEXT, OTHERS])))
def test_a_meeting_that_has_begun_goes_first_in_whatever_order_they_were_told(
    told: tuple[Promise, ...],
) -> None:
    """It takes two slots: neither their own next meeting nor somebody else's seat can be kept."""
    plan = _solved(_facts([SLOW, ALL_DAY], (1,) * 6, (1,) * 6, promises=(*told, BEGUN), now=2))
    assert BEGUN.visit in plan.routes[0]
    assert set(plan.let_go) == {NEXT, OTHERS}


def test_a_meeting_that_has_begun_goes_on_when_its_stand_closes() -> None:
    facts = _facts([SLOW], (1, 1, 0, 0), promises=[BEGUN], now=2)
    assert _solved(facts).routes == ((BEGUN.visit,),)
    over = replace(facts, now=1)
    assert any("has room for 0" in each for each in violations(over, [[BEGUN.visit]]))


@pytest.mark.parametrize(("each", "had", "next_one"), [(2, 1, 2), (1, 2, 1), (2, 1, 1)])
def test_a_promise_takes_the_time_that_was_told(each: int, had: int, next_one: int) -> None:
    """Whoever needs more time walked up to a stand for one slot; whoever does not had two."""
    promises = (Promise(0, Visit(4 - had, 0), had), Promise(0, Visit(4, 1), next_one))
    today = _facts(
        [replace(ALL_DAY, slots_each=each, wanted=2)], (1,) * 6, (1,) * 6, promises=promises, now=4
    )
    market = _market(today)
    plan = solve(market)
    assert (plan.let_go, plan.routes) == ((), (tuple(promise.visit for promise in promises),))
    draft = plan.drafted(market)
    assert (draft.left == 0).sum(axis=0).tolist() == [had, next_one]
    assert [because.waited for because in why(draft, 0)] == [None, 0]


@pytest.mark.parametrize("window", [Window(2, 3), Window(0, 3)])
def test_a_meeting_of_one_round_that_was_told_is_kept_by_who_needs_two_by_now(window: Window) -> None:
    """Their next meetings take two, and where there is no room for two there is none, for that reason."""
    told = Promise(0, Visit(2, 0), 1)
    facts = _facts(
        [replace(SLOW, windows=(window,))], (1,) * 6, (1,) * 6, (0, 0, 1, 0, 0, 0), promises=[told]
    )
    plan = _solved(facts)
    assert plan.let_go == ()
    assert told.visit in plan.routes[0]
    assert [visit for visit in plan.routes[0] if visit != told.visit] == (
        [] if window.first else [Visit(0, 1)]
    )
    draft = plan.drafted(_market(facts))
    found = shortage(draft, 0)
    assert found is not None
    assert found.obstacle == true_reason(facts, plan.routes, 0)
    assert why_not(draft, 0, 2) is Obstacle.TIME


def test_interpreters_of_one_language_from_two_sides_are_one_pool() -> None:
    talk = Visit(0, 0, "ar")
    facts = replace(
        _facts([replace(ALL_DAY, languages=ARABIC, wanted=1)] * 3, (3,)),
        pools=(PoolFacts("ar", (1,)), PoolFacts("ar", (1,))),
        promises=(Promise(0, talk), Promise(1, talk)),
    )
    plan = _solved(facts)
    assert plan == Plan(((talk,), (talk,), ()))
    found = shortage(plan.drafted(_market(facts)), 2)
    assert found is not None
    assert found.obstacle == true_reason(facts, plan.routes, 2) == Obstacle.INTERPRETER


def test_a_seat_that_comes_free_where_nobody_new_is_taken_stays_free() -> None:
    only_there = replace(ALL_DAY, windows=(Window(1, 2),))
    facts = _facts([replace(SLOW, windows=()), only_there], (0, 1, 0), promises=[Promise(0, Visit(1, 0), 1)])
    facts = replace(facts, stands=[replace(each, nobody_new=frozenset({1})) for each in facts.stands])
    plan = _solved(facts)
    assert (plan.routes, plan.let_go) == (((), ()), tuple(facts.promises))
    found = shortage(plan.drafted(_market(facts)), 1)
    assert found is not None
    assert found.obstacle == true_reason(facts, plan.routes, 1) == Obstacle.CLOSED


def test_what_was_promised_is_known_as_that_in_a_finished_plan() -> None:
    market = _market(_facts([ALL_DAY], (1, 0, 0), (0, 0, 1)))
    told = solve(market)
    today = replace(as_it_goes_on(market, told, now=1), promises=(Promise(0, Visit(0, 0)),))
    assert [each.was_promised for each in why(solve(today).drafted(today), 0)] == [True, False]


def test_who_comes_back_keeps_what_they_had() -> None:
    """Given a first meeting that is past, when a better route without it could be had, then it stays."""
    had = Visit(0, 0)
    facts = _facts(
        [ALL_DAY],
        (1, 0, 0, 0, 1, 1),
        (1, 1, 0, 0, 1, 0),
        (0, 0, 0, 0, 1, 1),
        promises=[Promise(0, had)],
        now=4,
    )
    route = walk_in(Market.of(facts, [[0.5, 0.4, 0.4]]), Plan(((had,),)), 0)
    assert [visit.slot for visit in route] == [0, 4, 5]
    assert violations(facts, [route]) == []


def test_a_promise_that_was_let_go_excuses_nothing() -> None:
    """The seat went to somebody else, and with it there would be no time to breathe."""
    lost = Promise(0, Visit(2, 1))
    facts = replace(
        _facts(
            [SLOW, replace(ALL_DAY, wanted=1)],
            (1, 1, 0, 0),
            (0, 0, 1, 1),
            promises=[Promise(1, Visit(2, 1)), Promise(0, Visit(0, 0)), lost],
        ),
        rules=RouteRules(most_in_a_row=2),
    )
    plan = _solved(facts)
    assert plan.let_go == (lost,)
    found = shortage(plan.drafted(_market(facts)), 0)
    assert found is not None
    assert found.obstacle == true_reason(facts, plan.routes, 0) == Obstacle.ROUTE
    broken = [(*plan.routes[0], lost.visit), ()]
    assert any("to breathe" in each for each in violations(facts, broken, [lost]))
