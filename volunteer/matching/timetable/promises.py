"""What was told or has been is kept: a timetable made again on the day itself changes nobody's card."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from volunteer.domain.markets import Promise
from volunteer.matching.timetable.draft import NO_INTERPRETER, NOWHERE, Draft
from volunteer.matching.timetable.market import Market
from volunteer.matching.timetable.plan import Plan, pool_of, slots_of, write_down


def keep(draft: Draft) -> tuple[Promise, ...]:
    """Write the promises of the market into an empty draft, and return those that cannot be kept.

    The past is written down first, whatever it was. Of what is to come it is asked again whether the stand is
    open and fits, the visitor is there and an interpreter is free for the time that was told, not whether the
    route is as it should be.
    A language stays among the pools, with nobody in it when its interpreters went home.
    """
    let_go = []
    told = dict.fromkeys(draft.market.promises)
    for promise in sorted(told, key=lambda each: each.visit.slot >= draft.market.now):
        visit = promise.visit
        if visit.slot >= draft.market.now and not _can_be_kept(draft, promise):
            let_go.append(promise)
            continue
        write_down(draft, promise)
    draft.close_to_others()
    return tuple(let_go)


def _can_be_kept(draft: Draft, promise: Promise) -> bool:
    market, person, visit = draft.market, promise.visitor, promise.visit
    times = slice(visit.slot, visit.slot + slots_of(market, promise))
    pool = pool_of(market, visit)
    return times.stop <= market.slots and bool(
        market.there[person, times].all()
        and np.isfinite(market.value[person, visit.stand])
        and not draft.met[person, visit.stand]
        and (draft.stand_at[person, times] == NOWHERE).all()
        and draft.left[times, visit.stand].min() > 0
        and (market.direct[person, visit.stand] if pool == NO_INTERPRETER else market.speaks[person, pool])
        and (pool == NO_INTERPRETER or draft.interpreters[pool, times].min() > 0)
    )


def as_it_goes_on(market: Market, plan: Plan, *, now: int, absent: Collection[int] = ()) -> Market:
    """Return the market from slot ``now`` on: what was planned is promised, who did not come wants nothing.

    The past stays, the seats of the absent are free for others. ``solve`` fills them.
    """
    ahead = np.arange(market.slots) >= now
    there, begins = market.there & ahead, market.begins & ahead
    there[list(absent)] = begins[list(absent)] = False
    wanted = market.wanted.copy()
    wanted[list(absent)] = 0
    promises = tuple(
        Promise(person, visit)
        for person, route in enumerate(plan.routes)
        if person not in absent
        for visit in route
    )
    return replace(market, there=there, begins=begins, wanted=wanted, promises=promises, now=now)
