"""The solver beside the exact optimum, in markets small enough for it."""

from __future__ import annotations

from benchmarks.exact_timetable import solve_exactly
from tests.unit.matching.timetable.worlds import world
from volunteer.evaluation.market_checker import violations
from volunteer.matching.timetable.plan import Plan, worth_of
from volunteer.matching.timetable.solving import solve


def test_small_markets_are_solved_almost_as_well_as_can_be() -> None:
    """In one of them a single meeting may be a tenth of all, so what they are worth is added up."""
    optimum = reached = 0.0
    for seed in range(40):
        made = world(seed)
        market = made.market()
        exact = solve_exactly(market, seconds=20)
        assert exact.routes is not None
        assert violations(made.facts, exact.routes) == []
        best, ours = worth_of(market, Plan(exact.routes)), worth_of(market, solve(market))
        assert ours.total <= exact.bound + 1e-3
        assert ours.people[0] <= best.people[0]
        optimum += best.total
        reached += ours.total
    assert reached >= 0.985 * optimum
