"""Timetables of invented markets beside first come, first served, and small ones beside the exact optimum.

What a plan is worth, who is met, and what takes how long; that no rule is broken and that reasons are true is
checked on the way, by code that shares nothing with the solver.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import TypeVar

import numpy as np

from benchmarks.exact_timetable import solve_exactly
from benchmarks.report import Row, row
from benchmarks.timeless_market import worth_without_hours
from volunteer.evaluation.invented_market import InventedMarket, invent
from volunteer.evaluation.market_checker import violations
from volunteer.evaluation.market_reasons import true_reason, use_of
from volunteer.matching.timetable.draft import Draft
from volunteer.matching.timetable.filling import take_free_seat
from volunteer.matching.timetable.market import Market
from volunteer.matching.timetable.plan import Plan, worth_of
from volunteer.matching.timetable.promises import as_it_goes_on
from volunteer.matching.timetable.reasons import shortage
from volunteer.matching.timetable.solving import short_of, solve, walk_in

SIZES = ((500, 80, 12), (5_000, 300, 20))
SMALL = ((60, 12, 6), (120, 24, 8))
"""HiGHS is asked for these as one whole integer programme; at 500 it finds nothing in ten minutes."""
MIDDLE = (500, 80, 12)
"""Here it is asked without hours: exact where nobody has any, and else more than any plan can be worth."""
PATIENCE = 60.0
"""Seconds HiGHS gets for each; where it needs more, our plan is beside the best it could still hope for."""
NEAR = 0.97
"""Ours is worth at least this part of the optimum."""

Result = TypeVar("Result")


def measure() -> list[Row]:
    """All of it."""
    rows: list[Row] = []
    for limits in (False, True):
        for size in SIZES:
            rows += _beside_greedy(size, limits=limits)
        for size in SMALL:
            rows += _beside_exact(size, limits=limits)
        rows += _beside_timeless(limits=limits)
    return rows


def _beside_greedy(size: tuple[int, int, int], *, limits: bool) -> Iterator[Row]:
    invented, name = _market(size, limits=limits)
    market = Market.of(invented.facts, invented.value)
    plan, took = _timed(partial(solve, market))
    greedy, greedy_took = _timed(partial(first_come_first_served, market))
    short, checked = _timed(partial(_check, invented, market, plan))
    ours, theirs = worth_of(market, plan), worth_of(market, greedy)
    beside = partial(row, baseline="first come, first served")
    yield beside(f"{name}: worth", ours.total, "points", baseline_value=theirs.total)
    for least in (1, 3):
        of_greedy = sum(theirs.people[least:])
        yield beside(
            f"{name}: met {least} or more", sum(ours.people[least:]), "people", baseline_value=of_greedy
        )
    yield beside(f"{name}: meetings", ours.meetings, "meetings", baseline_value=theirs.meetings)
    if short:
        said = f"a second opinion on each, in {checked:.0f} s"
        yield row(f"{name}: short, with a true reason", short, "people", baseline=said, baseline_value=short)
    yield beside(f"{name}: solved in", took, "s", baseline_value=greedy_took)
    yield from _on_the_day(name, market, plan, took)


def _on_the_day(name: str, market: Market, plan: Plan, took: float) -> Iterator[Row]:
    """One in ten does not come; then somebody comes who was not expected."""
    visitors = len(plan.routes)
    absent = frozenset(Random(1).sample(range(visitors), visitors // 10))
    today = as_it_goes_on(market, plan, now=market.slots // 3, absent=absent)
    again, seconds = _timed(partial(solve, today))
    assert again.let_go == ()
    yield row(f"{name}: again, a tenth absent", seconds, "s", baseline="first time", baseline_value=took)
    late = min(absent)
    today = as_it_goes_on(market, plan, now=market.slots // 3, absent=absent - {late})
    route, seconds = _timed(partial(walk_in, today, again, late))
    assert route
    yield row(f"{name}: a walk-in", seconds, "s", baseline="first time", baseline_value=took)


def _beside_exact(size: tuple[int, int, int], *, limits: bool) -> Iterator[Row]:
    invented, name = _market(size, limits=limits)
    market = Market.of(invented.facts, invented.value)
    ours = worth_of(market, solve(market))
    exact, took = _timed(partial(solve_exactly, market, seconds=PATIENCE))
    best = f"nothing is worth more (HiGHS, {took:.0f} s)"
    yield row(f"{name}: worth", ours.total, "points", baseline=best, baseline_value=exact.bound)
    assert ours.total >= NEAR * exact.bound
    theirs = worth_of(market, Plan(exact.routes or ()))
    if theirs.meetings:
        name_of = partial(row, baseline=f"HiGHS, {took:.0f} s")
        yield name_of(f"{name}: how well they fit", ours.value, "points", baseline_value=theirs.value)
        met, met_exactly = sum(ours.people[1:]), sum(theirs.people[1:])
        assert met == size[0] or met_exactly < size[0]
        yield name_of(f"{name}: met", met, "people", baseline_value=met_exactly)


def _beside_timeless(*, limits: bool) -> Iterator[Row]:
    invented, name = _market(MIDDLE, limits=limits)
    market = Market.of(invented.facts, invented.value)
    ours = worth_of(market, solve(market))
    bound, took = _timed(partial(worth_without_hours, market))
    said = "more than any plan" if limits else "the optimum"
    baseline = f"{said} (HiGHS, {took:.0f} s)"
    yield row(f"{name}: worth", ours.total, "points", baseline=baseline, baseline_value=bound)
    assert NEAR * bound <= ours.total <= bound + 1e-6 * bound


def first_come_first_served(market: Market) -> Plan:
    """Return the plan in which everybody in turn takes the best that is left, all their meetings at once."""
    draft = Draft(market)
    for person in range(len(market.wanted)):
        while draft.count[person] < market.wanted[person] and take_free_seat(draft, person):
            pass
    return Plan.of(draft)


def _market(size: tuple[int, int, int], *, limits: bool) -> tuple[InventedMarket, str]:
    visitors, stands, slots = size
    kind = "limits" if limits else "open"
    invented = invent(visitors=visitors, stands=stands, slots=slots, limits=limits, seed=1)
    return invented, f"{visitors:,} x {stands} x {slots} {kind}"


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return also the seconds of processor time: what else the machine does is not counted."""
    began = time.process_time()
    result = work()
    return result, time.process_time() - began


def _check(invented: InventedMarket, market: Market, plan: Plan) -> int:
    """No rule is broken, everybody is met, and whoever is short of meetings has a reason that is true.

    Returns how many are short.
    """
    assert violations(invented.facts, plan.routes) == []
    draft = plan.drafted(market)
    short = short_of(market, plan)
    reasons = {person: shortage(draft, person) for person in short}
    assert all(reason is not None and reason.obstacle is not None for reason in reasons.values())
    used = use_of(invented.facts, plan.routes)
    for person in short:
        reason = reasons[person]
        assert reason is not None
        assert reason.obstacle == true_reason(invented.facts, plan.routes, person, used)
    counts = np.array([len(route) for route in plan.routes])
    assert counts.min() >= (1 if invented.facts.pools else 3)
    return len(short)
