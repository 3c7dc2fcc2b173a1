"""For who is short of meetings: somebody makes room who can be met elsewhere, or loses less than is gained.

Whoever makes room may ask the same of a third person. A chain stays only if all of it together is worth
something: a first meeting for one person is worth more than a fourth for another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from volunteer.domain.markets import worth
from volunteer.matching.timetable.draft import NOWHERE, Draft
from volunteer.matching.timetable.exchange import LEAST_GAIN
from volunteer.matching.timetable.filling import helped, last_gain, moments, take_free_seat
from volunteer.matching.timetable.market import NEVER, Flags, Numbers, Values
from volunteer.matching.timetable.room import holds_together
from volunteer.matching.timetable.routes import reroute

ASKED = (0, 6, 12)
"""How many people are asked to make room, by how many steps a chain may still have."""

FEW = 2
"""Who has fewer meetings is looked at longer."""


class _Request(NamedTuple):
    """Somebody leaves a seat or an interpreter at this moment, for a meeting at this stand."""

    person: int
    slot: int
    stand: int


def rescue(draft: Draft) -> float:
    """Help everybody who is short, who has least first, and return what was gained in all."""
    short = np.flatnonzero(draft.count < draft.market.wanted)
    gained = 0.0
    for person in short[np.argsort(draft.count[short], kind="stable")].tolist():
        steps = 2 if draft.count[person] < FEW else 1
        while draft.count[person] < draft.market.wanted[person]:
            gain = insert(draft, person, steps) or start_elsewhere(draft, person)
            if not gain and draft.count[person] < FEW:
                gain = reroute(draft, person)
            if not gain:
                break
            gained += gain
    return gained


def insert(draft: Draft, person: int, steps: int) -> float:
    """Give somebody one more meeting, and return what that gained; 0 when nothing was changed."""
    gain = take_free_seat(draft, person)
    if gain or not steps:
        return gain
    for request in _requests(draft, person, steps):
        before = draft.mark()
        loss = last_gain(draft, request.person, request.slot)
        draft.remove(request.person, request.slot)
        if draft.try_to_add(person, request.slot, request.stand):
            gain = last_gain(draft, person, request.slot) - loss + insert(draft, request.person, steps - 1)
            if gain > LEAST_GAIN:
                return gain
        draft.back_to(before)
    return 0.0


def start_elsewhere(draft: Draft, person: int) -> float:
    """Give up one of their own meetings for two others."""
    for visit in draft.visits(person):
        if draft.promised[person, visit.slot] or not _may_leave(draft, person, visit.slot):
            continue
        before = draft.mark()
        loss = last_gain(draft, person, visit.slot)
        draft.remove(person, visit.slot)
        first = take_free_seat(draft, person)
        second = first and take_free_seat(draft, person)
        if second and first + second - loss > LEAST_GAIN:
            return first + second - loss
        draft.back_to(before)
    return 0.0


def _may_leave(draft: Draft, person: int, slot: int) -> bool:
    length = int(draft.market.lengths[person])
    return bool(holds_together(draft.market, draft.stand_at[[person]], slot, length)[0])


def _requests(draft: Draft, person: int, steps: int) -> Iterator[_Request]:
    """Yield whom to ask, who loses least first: for a seat, for an interpreter, or for both."""
    market = draft.market
    only = np.array([person])
    room = moments(draft, only, int(market.lengths[person]))[0]
    value = np.where(draft.met[person], NEVER, market.value[person])
    has_pool = helped(draft, only, int(market.lengths[person]))[0]
    others, slots = _who_may_leave(draft, room.any(axis=1), person)
    if not len(others):
        return
    theirs = draft.stand_at[others, slots]
    pools = draft.pool_at[others, slots]
    gives_pool = (pools != NOWHERE) & np.append(market.speaks[person], [False])[pools]
    understood = market.direct[person, theirs] | has_pool[slots] | gives_pool
    seat = np.where(understood & room[slots, market.zones[theirs]], value[theirs], NEVER)
    # An interpreter who is given up helps at the best stand that has a seat.
    elsewhere = np.where(room[:, market.zones] & (draft.left > 0), value, NEVER)
    best = elsewhere.argmax(axis=1)
    other = np.where(gives_pool & ~has_pool[slots], elsewhere[slots, best[slots]], NEVER)
    gain = np.maximum(seat, other) - market.value[others, theirs] - _steps_down(draft, others)
    order = np.argsort(-gain, kind="stable")[: ASKED[steps]]
    for each in order[gain[order] != NEVER].tolist():
        stand = theirs[each] if seat[each] >= other[each] else best[slots[each]]
        yield _Request(int(others[each]), int(slots[each]), int(stand))


def _who_may_leave(draft: Draft, at: Flags, person: int) -> tuple[Numbers, Numbers]:
    """Return who else is somewhere at these moments (S,), and when, if their route is sound without it."""
    may = (draft.stand_at != NOWHERE) & ~draft.promised & at
    may[person] = False
    people, slots = np.nonzero(may)
    goes_on = (slots > 0) & (draft.stand_at[people, slots - 1] == draft.stand_at[people, slots])
    free = holds_together(draft.market, draft.stand_at[people], slots - goes_on, draft.market.lengths[people])
    return people[free], slots[free]


def _steps_down(draft: Draft, people: Numbers) -> Values:
    counts = draft.count[people]
    steps = [worth(n) - worth(n - 1) for n in range(1, int(counts.max(initial=0)) + 1)]
    return np.array([0, *steps], np.float32)[counts]
