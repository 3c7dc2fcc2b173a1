"""Every rule of a timetable, for any small market, by a checker that shares no code with the solver."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.matching.timetable.worlds import World, world, worlds
from volunteer.domain.markets import Promise
from volunteer.evaluation.market_checker import could_be_added, violations
from volunteer.matching.timetable.plan import Plan
from volunteer.matching.timetable.promises import as_it_goes_on
from volunteer.matching.timetable.solving import solve, walk_in


@given(worlds)
def test_a_timetable_breaks_no_rule(made: World) -> None:
    plan = solve(made.market())
    assert violations(made.facts, plan.routes, plan.let_go) == []
    assert plan.let_go == ()


@given(st.integers(0, 2**32))
def test_equal_markets_have_equal_plans(seed: int) -> None:
    assert solve(world(seed).market()) == solve(world(seed).market())


@given(worlds)
def test_nobody_is_short_of_a_meeting_that_could_be_added(made: World) -> None:
    plan = solve(made.market())
    for person, (route, visitor) in enumerate(zip(plan.routes, made.facts.visitors, strict=True)):
        if len(route) < visitor.wanted:
            assert next(could_be_added(made.facts, plan.routes, person), None) is None


@given(worlds, st.data())
def test_what_was_told_is_kept_when_the_day_goes_on(made: World, data: st.DataObject) -> None:
    told = solve(made.market())
    now = data.draw(st.integers(0, len(made.facts.stands[0].seats)))
    absent = data.draw(st.frozensets(st.integers(0, len(told.routes) - 1), max_size=3))

    again = solve(as_it_goes_on(made.market(), told, now=now, absent=absent))

    later = made.later(told, now=now, absent=absent)
    assert violations(later.facts, again.routes, again.let_go) == []
    assert again.let_go == ()
    assert all(again.routes[person] == () for person in absent)
    assert all(
        set(told.routes[person]) <= set(again.routes[person])
        for person in range(len(told.routes))
        if person not in absent
    )


@given(worlds, worlds, st.frozensets(st.integers(0, 9)))
def test_a_promise_is_let_go_only_where_it_cannot_be_kept(
    made: World, other: World, nobody_new: frozenset[int]
) -> None:
    """Given a plan, when the hall of another market is put in its place as far as it goes, then only that."""
    told = solve(other.market())
    stands = len(made.facts.stands)
    languages = {None, *(pool.language for pool in made.facts.pools)}
    promises = tuple(
        Promise(person, visit)
        for person, route in enumerate(told.routes[: len(made.facts.visitors)])
        for visit in route
        if visit.stand < stands and visit.interpreter in languages
    )
    changed = made.promising(promises).taking_nobody_new(nobody_new)
    plan = solve(changed.market())
    assert violations(changed.facts, plan.routes, plan.let_go) == []


@given(worlds)
def test_a_walk_in_gets_a_route_and_changes_nobody_elses(made: World) -> None:
    market, late = made.market(), len(made.facts.visitors) - 1
    planned = solve(made.without_last().market()) if late else Plan(())
    route = walk_in(market, planned, late)
    routes = (*planned.routes, route)
    assert violations(made.facts, routes) == []
    if len(route) < made.facts.visitors[late].wanted:
        assert next(could_be_added(made.facts, routes, late), None) is None


def test_progress_is_told_until_the_end() -> None:
    parts: list[float] = []
    solve(world(3).market(), progress=parts.append)
    assert parts == sorted(parts)
    assert parts[-1] == 1.0
