"""Making a timetable from what was read of a market, and what it comes to. It knows no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from volunteer.domain.markets import Obstacle, Visit
from volunteer.matching.timetable.market import Market
from volunteer.matching.timetable.plan import Plan, worth_of
from volunteer.matching.timetable.reasons import shortage
from volunteer.matching.timetable.solving import short_of, solve
from volunteer.queries.timetables import Taken
from volunteer.services.interpreting import Interpreters
from volunteer.services.market_facts import MarketRead, arrays
from volunteer.services.timetable_basis import Basis

POSSIBLE = "possible"
"""Stands in the place of an obstacle for who could have one more: somebody gave it back meanwhile."""
_COMPARED = 0.1
"""How much of the work is done when everybody was compared with every stand."""
Planned = tuple[UUID, int, int, UUID, str | None]
"""Visitor, first round, rounds, stand, language of the interpreter."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A finished timetable in the ids of its market."""

    visits: tuple[Planned, ...]
    figures: dict[str, Any]
    """As ``Timetable.figures`` holds them."""
    drops: tuple[UUID, ...]
    """Meetings that stood when the market was read, and are not in it."""
    short: dict[UUID, tuple[str, int]]
    """Why each visitor who is short is, and how many stands the obstacle before it left."""
    basis: Basis
    """What it rests on."""


@dataclass(slots=True)
class _Spoken:
    """A meeting for which an interpreter is looked for."""

    planned: Planned
    interpreter_id: UUID | None = None

    @property
    def round(self) -> int:
        return self.planned[1]

    @property
    def rounds(self) -> int:
        return self.planned[2]

    @property
    def interpreter(self) -> str | None:
        return self.planned[4]


def solved(found: MarketRead, tell: Callable[[int], None]) -> Solved:
    """Make the timetable; ``tell`` hears how far it is, in per cent."""
    market = arrays(found)
    tell(round(100 * _COMPARED))
    plan = solve(market, progress=lambda part: tell(round(100 * (_COMPARED + (0.99 - _COMPARED) * part))))
    alone = _alone(found, _visits(found, market, plan))
    short = _short(found, market, plan) | {who: (Obstacle.INTERPRETER, 1) for who, *_ in alone}
    plan = _without(found, market, plan, alone)
    visits = _visits(found, market, plan)
    planned = {(who, first, where) for who, first, _, where, _ in visits}
    drops = tuple(
        each.id for each in found.standing if (each.visitor_id, each.round, each.stand_id) not in planned
    )
    return Solved(visits, _figures(market, plan, short), drops, short, found.basis)


def in_order(plan: Sequence[Planned]) -> list[Planned]:
    """The meetings in the order in which they are given: long ones first in each round."""
    return sorted(plan, key=lambda each: (each[1], -each[2], each[3], each[0]))


def _alone(found: MarketRead, visits: Sequence[Planned]) -> set[Planned]:
    """Meetings for which nobody can go along: two are there half of the time each, which no count shows."""
    if not found.interpreters:
        return set()
    planned = {(each[0], each[1], each[3]): each for each in visits}
    had = {
        key: _Spoken(
            (each.visitor_id, each.round, each.rounds, each.stand_id, each.interpreter), each.interpreter_id
        )
        for each in found.standing
        if (key := (each.visitor_id, each.round, each.stand_id)) in planned and each.interpreter
    }
    taken = [
        Taken(each.planned[0], each.planned[3], number, each.interpreter, each.interpreter_id)
        for each in had.values()
        for number in range(each.round, each.round + each.rounds)
    ]
    interpreters = Interpreters(found.interpreters, taken)
    ahead = [each for each in had.values() if found.rounds.slot_of(each.round) >= found.facts.now]
    alone = {planned[each.planned[0], each.round, each.planned[3]] for each in interpreters.stand_in(ahead)}
    new = [each for each in in_order(visits) if each[4] and (each[0], each[1], each[3]) not in had]
    return alone | {each for each in new if not interpreters.give(_Spoken(each))}


def _without(found: MarketRead, market: Market, plan: Plan, alone: Collection[Planned]) -> Plan:
    return replace(
        plan,
        routes=tuple(
            tuple(visit for visit in route if _planned(found, market, person, visit) not in alone)
            for person, route in enumerate(plan.routes)
        ),
    )


def _visits(found: MarketRead, market: Market, plan: Plan) -> tuple[Planned, ...]:
    return tuple(
        _planned(found, market, person, visit) for person, route in enumerate(plan.routes) for visit in route
    )


def _planned(found: MarketRead, market: Market, person: int, visit: Visit) -> Planned:
    return (
        found.visitors[person],
        _round(found, visit),
        int(market.lengths[person]),
        found.stands[visit.stand],
        visit.interpreter,
    )


def _round(found: MarketRead, visit: Visit) -> int:
    number = found.rounds.round_of(visit.slot)
    if number is None:
        raise ValueError("a meeting in a break")
    return number


def _short(found: MarketRead, market: Market, plan: Plan) -> dict[UUID, tuple[str, int]]:
    draft = plan.drafted(market)
    said: dict[UUID, tuple[str, int]] = {}
    for person in short_of(market, plan):
        why = shortage(draft, person)
        if why is not None:
            left = [count for count in why.left.values() if count]
            said[found.visitors[person]] = (why.obstacle or POSSIBLE, left[-1] if left else 0)
    return said


def _figures(market: Market, plan: Plan, short: Mapping[UUID, tuple[str, int]]) -> dict[str, Any]:
    worth = worth_of(market, plan)
    comes = market.wanted > 0
    counts = [len(route) for route, there in zip(plan.routes, comes.tolist(), strict=True) if there]
    by_count = Counter(counts)
    return {
        "meetings": worth.meetings,
        "visitors": int(comes.sum()),
        "people": [by_count[number] for number in range(max(by_count, default=-1) + 1)],
        "short": dict(Counter(why for why, _ in short.values())),
        "fit": round(worth.value / worth.meetings, 3) if worth.meetings else None,
        "friends": len(market.friends),
        "together": sum(
            _meet_together(plan.routes[one], plan.routes[other]) for one, other in market.friends
        ),
        "interpreters": _interpreters(market, plan),
        "seats": int(market.seats.sum()),
        "let_go": len(plan.let_go),
    }


def _meet_together(one: Sequence[Visit], other: Sequence[Visit]) -> bool:
    return bool({(each.slot, each.stand) for each in one} & {(each.slot, each.stand) for each in other})


def _interpreters(market: Market, plan: Plan) -> dict[str, list[int]]:
    """By language: rounds in which one is with somebody, and rounds in which one is there."""
    used = Counter[str]()
    for person, route in enumerate(plan.routes):
        for visit in route:
            if visit.interpreter is not None:
                used[visit.interpreter] += int(market.lengths[person])
    there = market.pools.sum(axis=1).tolist()
    return {
        language: [used[language], count]
        for language, count in zip(market.pool_languages, there, strict=True)
    }
