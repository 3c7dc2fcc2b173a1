"""A slow second opinion on a timetable, sharing no code with the solver.

Everything is worked out again from the raw facts, one visit at a time, with sets and loops. It imports
neither ``matching`` nor the rules of ``domain``, only the shape of the facts: a mistake in them must not hide
here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from operator import attrgetter

from volunteer.domain.markets import MarketFacts, Promise, RouteRules, Visit

Routes = Sequence[Sequence[Visit]]


def violations(facts: MarketFacts, routes: Routes, let_go: Sequence[Promise] = ()) -> list[str]:
    """Return every rule that a timetable breaks, in words. Of promises it is asked that they are kept."""
    found = [*_too_many(facts, routes), *_broken_promises(facts, routes, let_go)]
    for person, route in enumerate(routes):
        kept = _promised(facts, person) - {each.visit for each in let_go if each.visitor == person}
        for visit in route:
            if visit not in kept:
                found += [f"{person} at {visit}: {what}" for what in _of_a_new_visit(facts, person, visit)]
        found += [f"{person}: {what}" for what in _of_a_route(facts, person, route, kept)]
    return found


def could_be_added(facts: MarketFacts, routes: Routes, person: int) -> Iterator[Visit]:
    """Yield every meeting that could be added to somebody's route without breaking anything, one by one.

    It is what makes a reason true: for who is short of meetings there is none.
    """
    others = _use(facts, routes)
    languages: list[str | None] = [None, *sorted(facts.visitors[person].languages)]
    kept = _promised(facts, person) & set(routes[person])
    for slot, stand, language in product(range(slots_of(facts)), range(len(facts.stands)), languages):
        visit = Visit(slot, stand, language)
        route = sorted([*routes[person], visit], key=attrgetter("slot"))
        if not any(_of_a_new_visit(facts, person, visit)) and not any(
            _of_a_route(facts, person, route, kept)
        ):
            more = _use_of(facts, person, visit)
            if all(others[key] + 1 <= _room(facts, key) for key in more):
                yield visit


def breaks_a_route(facts: MarketFacts, person: int, route: Sequence[Visit], more: Visit) -> bool:
    """Tell whether a route with one more visit has a stand twice, overlaps, hurries or waits too long."""
    kept = _promised(facts, person) & set(route)
    return any(_of_a_route(facts, person, sorted([*route, more], key=attrgetter("slot")), kept))


def slots_of(facts: MarketFacts) -> int:
    """Return how many slots the market has."""
    return len(facts.stands[0].seats) if facts.stands else 0


Key = tuple[str, int | str, int]
"""A stand or a pool at one slot."""


def _promised(facts: MarketFacts, person: int) -> set[Visit]:
    return {promise.visit for promise in facts.promises if promise.visitor == person}


def times_of(facts: MarketFacts, person: int, visit: Visit) -> range:
    """Return the slots of a meeting: as many as were promised, else as many as this visitor needs."""
    told = [each.slots for each in facts.promises if (each.visitor, each.visit) == (person, visit)]
    return range(
        visit.slot, visit.slot + (next(filter(None, told), None) or facts.visitors[person].slots_each)
    )


def _use_of(facts: MarketFacts, person: int, visit: Visit) -> list[Key]:
    used: list[Key] = [("stand", visit.stand, slot) for slot in times_of(facts, person, visit)]
    if visit.interpreter is not None:
        used += [("pool", visit.interpreter, slot) for slot in times_of(facts, person, visit)]
    return used


def _use(facts: MarketFacts, routes: Routes) -> Counter[Key]:
    return Counter(
        key for person, route in enumerate(routes) for visit in route for key in _use_of(facts, person, visit)
    )


def _room(facts: MarketFacts, key: Key) -> int:
    _, which, slot = key
    if slot >= slots_of(facts):
        return 0
    if isinstance(which, int):
        return facts.stands[which].seats[slot]
    return sum(pool.people[slot] for pool in facts.pools if pool.language == which)


def _too_many(facts: MarketFacts, routes: Routes) -> Iterator[str]:
    """A meeting that has begun goes on, whatever closes meanwhile."""
    begun = _use(facts, [[visit for visit in route if visit.slot < facts.now] for route in routes])
    for key, people in _use(facts, routes).items():
        if key[2] >= facts.now and people > max(_room(facts, key), begun[key]):
            yield f"{people} people want {key}, which has room for {_room(facts, key)}"


def _of_a_new_visit(facts: MarketFacts, person: int, visit: Visit) -> Iterator[str]:
    for slot in times_of(facts, person, visit):
        if slot in facts.stands[visit.stand].nobody_new:
            yield f"the stand takes nobody new at {slot}"
    yield from _of_a_visit(facts, person, visit)


def _of_a_visit(facts: MarketFacts, person: int, visit: Visit) -> Iterator[str]:
    visitor, stand = facts.visitors[person], facts.stands[visit.stand]
    answer = facts.fits[person][visit.stand]
    if answer == 0 or (answer == 1 and facts.rules.sure_only):
        yield "what they must have is not there"
    if visit.slot < facts.now:
        yield "it is past"
    for slot in times_of(facts, person, visit):
        if not any(window.first <= slot < window.end for window in visitor.windows):
            yield f"they are not there at {slot}"
        if slot >= len(stand.seats) or stand.seats[slot] < 1:
            yield f"the stand is closed at {slot}"
    understood = not visitor.languages or not stand.languages or bool(visitor.languages & stand.languages)
    if visit.interpreter is None and not understood:
        yield "nobody interprets"
    if visit.interpreter is not None and (understood or visit.interpreter not in visitor.languages):
        yield "this interpreter is of no use"


def _of_a_route(facts: MarketFacts, person: int, route: Sequence[Visit], kept: set[Visit]) -> Iterator[str]:
    if len(route) > facts.visitors[person].wanted and not kept.issuperset(route):
        yield "more meetings than they want"
    if len({visit.stand for visit in route}) < len(route):
        yield "the same stand twice"
    for visit, later in pairwise(route):
        gap = later.slot - times_of(facts, person, visit).stop
        if gap < 0:
            yield "two meetings at a time"
        elif not {visit, later} <= kept:
            if gap < _way(facts.rules, facts.stands[visit.stand].zone, facts.stands[later.stand].zone):
                yield f"no time to walk from {visit} to {later}"
            if facts.rules.longest_wait is not None and gap > facts.rules.longest_wait:
                yield f"a wait of {gap} slots"
    yield from _breathless(facts, person, route, kept)


def _breathless(facts: MarketFacts, person: int, route: Sequence[Visit], kept: set[Visit]) -> Iterator[str]:
    most = facts.rules.most_in_a_row
    whose = {slot: visit for visit in route for slot in times_of(facts, person, visit)}
    if most is None:
        return
    for first in range(slots_of(facts) - most):
        row = [whose.get(slot) for slot in range(first, first + most + 1)]
        visits = [visit for visit in row if visit is not None]
        if len(visits) == len(row) and not kept.issuperset(visits):
            yield f"no slot to breathe from {first} on"


def _way(rules: RouteRules, start: str, end: str) -> int:
    if start == end:
        return 0
    return max(rules.walking.get(pair, 0) for pair in ((start, end), (end, start)))


def _broken_promises(facts: MarketFacts, routes: Routes, let_go: Sequence[Promise]) -> Iterator[str]:
    for promise in facts.promises:
        if promise not in let_go and promise.visit not in routes[promise.visitor]:
            yield f"{promise} is broken"
    for promise in let_go:
        if promise.visit.slot < facts.now or not any(_why_let_go(facts, routes, promise)):
            yield f"{promise} could have been kept"


def _why_let_go(facts: MarketFacts, routes: Routes, promise: Promise) -> Iterator[object]:
    person, visit = promise.visitor, promise.visit
    yield from _of_a_visit(facts, person, visit)
    used = _use(facts, routes)
    yield from (key for key in _use_of(facts, person, visit) if used[key] + 1 > _room(facts, key))
    yield from _of_a_route(
        facts, person, sorted([*routes[person], visit], key=attrgetter("slot")), {visit, *routes[person]}
    )
