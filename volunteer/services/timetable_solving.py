"""Making a timetable from what was read of a market, and what it comes to. It knows no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from volunteer.domain.markets import Obstacle, Visit
from volunteer.matching.timetable.market import Market
from volunteer.matching.timetable.plan import Plan, pool_of, slots_of, worth_of
from volunteer.matching.timetable.reasons import shortage
from volunteer.matching.timetable.solving import short_of, solve
from volunteer.models import Visit as Meeting
from volunteer.queries.timetables import Taken
from volunteer.services.interpreting import Interpreters
from volunteer.services.market_facts import MarketRead, Standing, arrays
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
    alone = _alone(found, _planned(found, market, plan).values())
    plan = _without(found, market, plan, alone)
    short = _short(found, market, plan, alone) | {who: (Obstacle.INTERPRETER, 1) for who, *_ in alone}
    visits = tuple(_planned(found, market, plan).values())
    planned = set(visits)
    drops = tuple(each.id for each in found.standing if as_planned(each) not in planned)
    return Solved(visits, _figures(market, plan, short), drops, short, found.basis)


def as_planned(visit: Standing | Meeting) -> Planned:
    """A meeting that stands, as a plan says it: with other rounds or another language it is another one."""
    return (visit.visitor_id, visit.round, visit.rounds, visit.stand_id, visit.interpreter)


def in_order(plan: Collection[Planned]) -> list[Planned]:
    """The meetings in the order in which they are given: long ones first in each round."""
    return sorted(plan, key=lambda each: (each[1], -each[2], each[3], each[0]))


def _alone(found: MarketRead, visits: Collection[Planned]) -> set[Planned]:
    """Meetings for which nobody can go along: two are there half of the time each, which no count shows."""
    if not found.interpreters:
        return set()
    planned = set(visits)
    had = {
        key: _Spoken(key, each.interpreter_id)
        for each in found.standing
        if (key := as_planned(each)) in planned and each.interpreter
    }
    taken = [
        Taken(each.planned[0], each.planned[3], number, each.interpreter, each.interpreter_id)
        for each in had.values()
        for number in range(each.round, each.round + each.rounds)
    ]
    interpreters = Interpreters(found.interpreters, taken)
    ahead = [each for each in had.values() if found.rounds.slot_of(each.round) >= found.facts.now]
    alone = {each.planned for each in interpreters.stand_in(ahead)}
    new = [each for each in in_order(visits) if each[4] and each not in had]
    return alone | {each for each in new if not interpreters.give(_Spoken(each))}


def _without(found: MarketRead, market: Market, plan: Plan, alone: Collection[Planned]) -> Plan:
    planned = _planned(found, market, plan)
    return replace(
        plan,
        routes=tuple(
            tuple(visit for visit in route if planned[person, visit] not in alone)
            for person, route in enumerate(plan.routes)
        ),
    )


def _planned(found: MarketRead, market: Market, plan: Plan) -> dict[tuple[int, Visit], Planned]:
    return {
        (person, visit): (
            found.visitors[person],
            _round(found, visit),
            slots,
            found.stands[visit.stand],
            visit.interpreter,
        )
        for (person, visit), slots in _slots(market, plan).items()
    }


def _slots(market: Market, plan: Plan) -> dict[tuple[int, Visit], int]:
    """How many slots each meeting takes: a promise as many as were told, any other as its visitor needs."""
    told = plan.kept(market)
    return {
        (person, visit): slots_of(market, told[person, visit])
        if (person, visit) in told
        else int(market.lengths[person])
        for person, route in enumerate(plan.routes)
        for visit in route
    }


def _round(found: MarketRead, visit: Visit) -> int:
    number = found.rounds.round_of(visit.slot)
    if number is None:
        raise ValueError("a meeting in a break")
    return number


def _short(
    found: MarketRead, market: Market, plan: Plan, alone: Collection[Planned]
) -> dict[UUID, tuple[str, int]]:
    """Why each who is short is; who could not interpret what was taken out counts as away."""
    draft = plan.drafted(market)
    for _, first, slots, where, language in alone:
        visit = Visit(found.rounds.slot_of(first), found.stands.index(where), language)
        draft.interpreters[pool_of(market, visit), visit.slot : visit.slot + slots] -= 1
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
    for (_, visit), slots in _slots(market, plan).items():
        if visit.interpreter is not None:
            used[visit.interpreter] += slots
    there = market.pools.sum(axis=1).tolist()
    return {
        language: [used[language], count]
        for language, count in zip(market.pool_languages, there, strict=True)
    }
