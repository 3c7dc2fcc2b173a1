"""A slow second opinion on the reason why somebody has too few meetings, sharing no code with the solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product

from volunteer.domain.markets import MarketFacts, Obstacle, Visit
from volunteer.evaluation.market_checker import Routes, breaks_a_route, slots_of, times_of

ORDER = (
    Obstacle.NEEDS,
    Obstacle.LANGUAGE,
    Obstacle.MET,
    Obstacle.CLOSED,
    Obstacle.TIME,
    Obstacle.BUSY,
    Obstacle.ROUTE,
    Obstacle.FULL,
    Obstacle.INTERPRETER,
)


Use = Counter[tuple[str, int | str, int]]
"""How many are with a stand or an interpreter, or are busy themselves, by slot."""


def true_reason(facts: MarketFacts, routes: Routes, person: int, used: Use | None = None) -> Obstacle | None:
    """Return what stopped the meeting that came furthest; ``None`` when one could be added.

    ``used`` is what ``use_of`` says of these routes, for who asks about many people.
    """
    furthest, used = 0, used or use_of(facts, routes)
    for slot, stand in product(range(slots_of(facts)), range(len(facts.stands))):
        found = _hindrances(facts, used, person, Visit(slot, stand), routes[person])
        hindered = [each in found for each in ORDER]
        if not any(hindered):
            return None
        furthest = max(furthest, hindered.index(True))
    return ORDER[furthest]


def _hindrances(
    facts: MarketFacts, used: Use, person: int, visit: Visit, route: Sequence[Visit]
) -> set[Obstacle]:
    visitor, other = facts.visitors[person], facts.stands[visit.stand]
    times = range(visit.slot, visit.slot + visitor.slots_each)
    is_open = all(_is_open(facts, person, visit.stand, time) for time in times)
    is_busy = any(("person", person, time) in used for time in times)
    hindered = {
        Obstacle.NEEDS: facts.fits[person][visit.stand] < (2 if facts.rules.sure_only else 1),
        Obstacle.MET: any(each.stand == visit.stand for each in route),
        Obstacle.CLOSED: not _is_open(facts, person, visit.stand, visit.slot),
        Obstacle.TIME: not is_open,
        Obstacle.BUSY: is_busy,
        Obstacle.ROUTE: not is_busy and breaks_a_route(facts, person, route, visit),
        Obstacle.FULL: is_open
        and any(used["stand", visit.stand, time] >= other.seats[time] for time in times),
    }
    found = {obstacle for obstacle, is_hindered in hindered.items() if is_hindered}
    understood = not visitor.languages or not other.languages or bool(visitor.languages & other.languages)
    return found if understood else found | _unheard(facts, used, person, times)


def _unheard(facts: MarketFacts, used: Use, person: int, times: range) -> set[Obstacle]:
    """What is in the way of somebody who needs an interpreter."""
    pools = [pool for pool in facts.pools if pool.language in facts.visitors[person].languages]
    found = set() if any(sum(pool.people) for pool in pools) else {Obstacle.LANGUAGE}
    for language in {pool.language for pool in pools}:
        left = [
            sum(pool.people[time] for pool in pools if pool.language == language)
            - used["pool", language, time]
            for time in times
            if time < slots_of(facts)
        ]
        if len(left) == len(times) and min(left) > 0:
            return found
    return found | {Obstacle.INTERPRETER}


def _is_open(facts: MarketFacts, person: int, stand: int, time: int) -> bool:
    seats, nobody_new = facts.stands[stand].seats, facts.stands[stand].nobody_new
    there = any(window.first <= time < window.end for window in facts.visitors[person].windows)
    return facts.now <= time < len(seats) and seats[time] > 0 and time not in nobody_new and there


def use_of(facts: MarketFacts, routes: Routes) -> Use:
    """Return who and what is taken when."""
    found: Use = Counter()
    for person, route in enumerate(routes):
        for visit in route:
            for time in times_of(facts, person, visit):
                found["person", person, time] += 1
                found["stand", visit.stand, time] += 1
                if visit.interpreter is not None:
                    found["pool", visit.interpreter, time] += 1
    return found
