"""From a market to its timetable: fair first, then as fitting as can be.

Meetings are given out in rounds (``filling``), every slot is divided again until nothing improves
(``sweeping``), who is short is helped by others who can be met elsewhere (``rescue``), and friends are
brought together. Nothing is drawn by lot: equal markets give equal plans.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from volunteer.domain.markets import Visit
from volunteer.matching.timetable.draft import Draft
from volunteer.matching.timetable.filling import fill, take_free_seat
from volunteer.matching.timetable.friends import bring_together
from volunteer.matching.timetable.market import Market
from volunteer.matching.timetable.plan import Plan
from volunteer.matching.timetable.promises import keep
from volunteer.matching.timetable.rescue import rescue
from volunteer.matching.timetable.routes import reroute
from volunteer.matching.timetable.sweeping import sweep

MOST_ROUNDS = 3
ENOUGH = 1e-3
"""A round in which rescue gains less than this for each visitor is the last."""


def solve(market: Market, *, progress: Callable[[float], None] | None = None) -> Plan:
    """Return the timetable of a market. ``progress`` hears what part of the work is done, 0 to 1."""
    tell = progress or (lambda _: None)
    draft = Draft(market)
    let_go = keep(draft)
    fill(draft)
    tell(0.2)
    for turn in range(MOST_ROUNDS):
        sweep(draft)
        gained = rescue(draft)
        tell(0.2 + 0.7 * (turn + 1) / MOST_ROUNDS)
        if gained < ENOUGH * len(draft.count):
            break
    bring_together(draft)
    fill(draft)  # Whoever moved for a friend may have left a seat that suits somebody.
    tell(1.0)
    return Plan.of(draft, let_go)


def walk_in(market: Market, plan: Plan, visitor: int) -> tuple[Visit, ...]:
    """Return a route for somebody who was not planned, out of what is free; nobody else's changes.

    What the market promised them stays on it. The market has them among its visitors. The plan may be shorter
    than that: they can stand behind its end.
    """
    draft = plan.drafted(market)
    reroute(draft, visitor)
    while draft.count[visitor] < market.wanted[visitor] and take_free_seat(draft, visitor):
        pass
    return draft.visits(visitor)


def short_of(market: Market, plan: Plan) -> tuple[int, ...]:
    """Return who has fewer meetings than they want."""
    counts = np.array([len(route) for route in plan.routes], np.int32)
    return tuple(np.flatnonzero(counts < market.wanted[: len(counts)]).tolist())
