from __future__ import annotations

import pytest
from hypothesis import given

from tests.unit.matching.timetable.worlds import World, worlds
from volunteer.domain.markets import (
    Absence,
    Fit,
    MarketFacts,
    Obstacle,
    PoolFacts,
    RouteRules,
    StandFacts,
    VisitorFacts,
    Window,
)
from volunteer.evaluation.market_reasons import ORDER, true_reason
from volunteer.matching.timetable.market import Market
from volunteer.matching.timetable.reasons import shortage, why, why_not
from volunteer.matching.timetable.solving import solve

DUTCH, ARABIC = frozenset({"nl"}), frozenset({"ar"})
ALL_DAY = (Window(0, 3),)
OPEN = StandFacts((1, 1, 1), "A", DUTCH)


@given(worlds)
def test_whoever_is_short_of_meetings_hears_the_true_reason(made: World) -> None:
    market = made.market()
    plan = solve(market)
    draft = plan.drafted(market)
    for person, (route, visitor) in enumerate(zip(plan.routes, made.facts.visitors, strict=True)):
        found = shortage(draft, person)
        assert (found is None) == (len(route) >= visitor.wanted)
        if found is not None:
            assert found.obstacle == true_reason(made.facts, plan.routes, person)
            *before, last = found.left.values()
            assert all(before)
            assert last == 0
            assert tuple(found.left) == ORDER[: len(found.left)]


@given(worlds)
def test_a_stand_is_on_a_route_or_something_keeps_it_off(made: World) -> None:
    market = made.market()
    plan = solve(market)
    draft = plan.drafted(market)
    for person, route in enumerate(plan.routes):
        for stand in range(len(made.facts.stands)):
            found = why_not(draft, person, stand)
            assert (found is Absence.ON_ROUTE) == (stand in {visit.stand for visit in route})
            assert found is not Absence.POSSIBLE
            assert (found is Obstacle.NEEDS) == (not market.fits[person, stand])


def _market(
    visitor: VisitorFacts,
    stand: StandFacts,
    *,
    fit: Fit = Fit.YES,
    pools: tuple[PoolFacts, ...] = (),
    rules: RouteRules | None = None,
) -> Market:
    return Market.of(MarketFacts([visitor], [stand], [[fit]], pools, rules or RouteRules()), [[0.5]])


@pytest.mark.parametrize(
    ("market", "reason"),
    [
        (_market(VisitorFacts(ALL_DAY, DUTCH), OPEN, fit=Fit.NO), Obstacle.NEEDS),
        (
            _market(VisitorFacts(ALL_DAY, DUTCH), OPEN, fit=Fit.ASK, rules=RouteRules(sure_only=True)),
            Obstacle.NEEDS,
        ),
        (_market(VisitorFacts(ALL_DAY, ARABIC), OPEN), Obstacle.LANGUAGE),
        (_market(VisitorFacts((Window(1, 2),), DUTCH), StandFacts((1, 0, 1), "A", DUTCH)), Obstacle.CLOSED),
        (
            _market(VisitorFacts(ALL_DAY, DUTCH, slots_each=2), StandFacts((1, 0, 1), "A", DUTCH)),
            Obstacle.TIME,
        ),
        (_market(VisitorFacts((Window(1, 2),), DUTCH, slots_each=2), OPEN), Obstacle.TIME),
        (
            _market(VisitorFacts((Window(0, 1),), ARABIC), OPEN, pools=(PoolFacts("ar", (0, 1, 1)),)),
            Obstacle.INTERPRETER,
        ),
        (_market(VisitorFacts(ALL_DAY, DUTCH), OPEN), Obstacle.MET),
    ],
)
def test_a_reason_names_what_is_in_the_way(market: Market, reason: Obstacle) -> None:
    found = shortage(solve(market).drafted(market), 0)
    assert found is not None
    assert found.obstacle == reason


def test_others_have_the_seats_and_a_walk_takes_time() -> None:
    visitors = [VisitorFacts((Window(0, 1),), DUTCH, wanted=1)] * 2
    market = Market.of(MarketFacts(visitors, [OPEN], [[2], [2]]), [[0.9], [0.5]])
    draft = solve(market).drafted(market)
    assert [shortage(draft, 0), why_not(draft, 1, 0)] == [None, Obstacle.FULL]

    far = [OPEN, StandFacts((0, 1, 0), "B", DUTCH), StandFacts((0, 0, 1), "A", DUTCH)]
    rules = RouteRules({("A", "B"): 2})
    market = Market.of(
        MarketFacts([VisitorFacts(ALL_DAY, DUTCH)], far, [[2, 2, 2]], rules=rules), [[0.9, 0.1, 0.9]]
    )
    draft = solve(market).drafted(market)
    assert why_not(draft, 0, 1) is Obstacle.ROUTE


def test_a_route_says_how_well_it_fits_and_how_long_one_waits() -> None:
    stands = [
        StandFacts((1, 0, 0), "A", DUTCH),
        StandFacts((0, 0, 1), "A", DUTCH),
        StandFacts((0, 0, 1), "A", DUTCH),
    ]
    market = Market.of(MarketFacts([VisitorFacts(ALL_DAY, DUTCH)], stands, [[2, 2, 2]]), [[0.4, 0.8, 0.2]])
    first, second = why(solve(market).drafted(market), 0)
    assert (first.visit.stand, first.better, first.suitable, first.waited) == (0, 1, 3, None)
    assert (second.visit.stand, second.better, second.waited) == (1, 0, 1)
