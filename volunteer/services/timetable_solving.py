"""Making a timetable from what was read of a market, and what it comes to. It knows no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from volunteer.domain.markets import Visit
from volunteer.matching.timetable.market import Market
from volunteer.matching.timetable.plan import Plan, worth_of
from volunteer.matching.timetable.reasons import shortage
from volunteer.matching.timetable.solving import short_of, solve
from volunteer.services.market_facts import MarketRead, arrays

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


def solved(found: MarketRead, tell: Callable[[int], None]) -> Solved:
    """Make the timetable; ``tell`` hears how far it is, in per cent."""
    market = arrays(found)
    tell(round(100 * _COMPARED))
    plan = solve(market, progress=lambda part: tell(round(100 * (_COMPARED + (0.99 - _COMPARED) * part))))
    short = _short(found, market, plan)
    visits = _visits(found, market, plan)
    planned = {(who, first, where) for who, first, _, where, _ in visits}
    drops = tuple(
        each.id for each in found.standing if (each.visitor_id, each.round, each.stand_id) not in planned
    )
    return Solved(visits, _figures(market, plan, short), drops, short)


def _visits(found: MarketRead, market: Market, plan: Plan) -> tuple[Planned, ...]:
    return tuple(
        (
            found.visitors[person],
            _round(found, visit),
            int(market.lengths[person]),
            found.stands[visit.stand],
            visit.interpreter,
        )
        for person, route in enumerate(plan.routes)
        for visit in route
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
