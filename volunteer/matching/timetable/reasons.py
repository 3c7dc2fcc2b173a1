"""Why a route is as it is: for who is short of meetings, for a stand that is not on it, and for each that is.

What is said of somebody follows from their own route and from what is free, so that it is true of this plan:
the obstacles are taken in one order, and the first that leaves nothing is the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from volunteer.domain.markets import Absence, Obstacle, Shortage, Visit
from volunteer.matching.timetable.draft import NOWHERE, Draft
from volunteer.matching.timetable.filling import helped, moments
from volunteer.matching.timetable.market import Flags


@dataclass(frozen=True, slots=True)
class Because:
    """What speaks for a stand on somebody's route."""

    visit: Visit
    value: float
    """How well it fits, 0 to 1."""
    better: int
    """How many of the stands they could be understood at fit better."""
    suitable: int
    """How many of those there are."""
    waited: int | None
    """Slots since the meeting before, ``None`` for the first."""
    was_promised: bool


def shortage(draft: Draft, person: int) -> Shortage | None:
    """Return why somebody has fewer meetings than they want, ``None`` when they have as many."""
    if draft.count[person] >= draft.market.wanted[person]:
        return None
    left: dict[Obstacle, int] = {}
    for obstacle, possible in _obstacles(draft, person).items():
        left[obstacle] = int(possible.any(axis=0).sum())
        if not left[obstacle]:
            return Shortage(obstacle, MappingProxyType(left))
    return Shortage(None, MappingProxyType(left))


def why_not(draft: Draft, person: int, stand: int) -> Obstacle | Absence:
    """Return what keeps a stand off somebody's route."""
    if draft.met[person, stand]:
        return Absence.ON_ROUTE
    for obstacle, possible in _obstacles(draft, person).items():
        if not possible[:, stand].any() and (
            obstacle in _WHATEVER_THE_ROUTE or draft.count[person] < draft.market.wanted[person]
        ):
            return obstacle
    if draft.count[person] >= draft.market.wanted[person]:
        return Absence.ROUTE_COMPLETE
    return Absence.POSSIBLE


def why(draft: Draft, person: int) -> tuple[Because, ...]:
    """Return what speaks for each stand on somebody's route, in order of time."""
    values, found, end = draft.market.value[person], [], None
    for visit in draft.visits(person):
        value = values[visit.stand]
        found.append(
            Because(
                visit,
                float(value) if np.isfinite(value) else 0.0,
                int((values > value).sum()),
                int(np.isfinite(values).sum()),
                None if end is None else visit.slot - end,
                bool(draft.promised[person, visit.slot]),
            )
        )
        end = visit.slot + int((draft.stand_at[person] == visit.stand).sum())
    return tuple(found)


_WHATEVER_THE_ROUTE = frozenset({Obstacle.NEEDS, Obstacle.LANGUAGE, Obstacle.CLOSED, Obstacle.TIME})


def _obstacles(draft: Draft, person: int) -> Mapping[Obstacle, Flags]:
    """Return (S, J) for each obstacle in order: the meetings that it and those before it leave possible."""
    market, only, length = draft.market, np.array([person]), int(draft.market.lengths[person])
    row, offered = draft.stand_at[person], np.where(market.nobody_new, 0, market.seats)
    idle = Draft.free((row == NOWHERE)[:, None].astype(np.int32), length)
    limits = {
        Obstacle.NEEDS: market.fits[person],
        Obstacle.LANGUAGE: np.isfinite(market.value[person]),
        Obstacle.MET: ~draft.met[person],
        Obstacle.CLOSED: (offered > 0) & market.there[person][:, None],
        Obstacle.TIME: Draft.free(offered, length) & market.begins[person][:, None],
        Obstacle.BUSY: idle,
        Obstacle.ROUTE: moments(draft, only, length)[0][:, market.zones],
        Obstacle.FULL: Draft.free(draft.left, length),
        Obstacle.INTERPRETER: market.direct[person] | helped(draft, only, length)[0][:, None],
    }
    possible = np.ones(market.seats.shape, np.bool_)
    found = {}
    for obstacle, leaves in limits.items():
        possible = possible & leaves
        found[obstacle] = possible
    return found
