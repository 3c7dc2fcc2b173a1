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
CHOICE = 4
"""So many times more are looked at, because some cannot leave without breaking their route."""

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


def insert(draft: Draft, person: int, steps: int, chain: tuple[int, ...] = ()) -> float:
    """Give somebody one more meeting, and return what that gained; 0 when nothing was changed.

    Nobody of the ``chain``, for whom room is made, is asked to make room again.
    """
    gain = take_free_seat(draft, person)
    if gain or not steps:
        return gain
    chain = (*chain, person)
    for request in _requests(draft, chain, ASKED[steps]):
        before = draft.mark()
        loss = last_gain(draft, request.person, request.slot)
        draft.remove(request.person, request.slot)
        if draft.try_to_add(person, request.slot, request.stand):
            gain = last_gain(draft, person, request.slot) - loss
            gain += insert(draft, request.person, steps - 1, chain)
            if gain > LEAST_GAIN:
                return gain
        draft.back_to(before)
    return 0.0


def start_elsewhere(draft: Draft, person: int) -> float:
    """Give up one of their own meetings for two others."""
    for visit in draft.visits(person):
        only, slot = np.array([person]), np.array([visit.slot])
        if draft.promised[person, visit.slot] or not _may_leave(draft, only, slot)[0]:
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


def _requests(draft: Draft, chain: tuple[int, ...], most: int) -> Iterator[_Request]:
    """Yield whom to ask for the last of a chain: for a seat, for an interpreter, or for both.

    Who loses least comes first.
    """
    market, person = draft.market, chain[-1]
    only = np.array([person])
    room = moments(draft, only, int(market.lengths[person]))[0]
    value = np.where(draft.met[person], NEVER, market.value[person])
    has_pool = helped(draft, only, int(market.lengths[person]))[0]
    others, slots = _others(draft, room.any(axis=1), chain)
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
    order = np.argsort(-gain, kind="stable")[: CHOICE * most]
    order = order[gain[order] != NEVER]
    for each in order[_may_leave(draft, others[order], slots[order])][:most].tolist():
        stand = theirs[each] if seat[each] >= other[each] else best[slots[each]]
        yield _Request(int(others[each]), int(slots[each]), int(stand))


def _others(draft: Draft, at: Flags, chain: tuple[int, ...]) -> tuple[Numbers, Numbers]:
    """Return who else is somewhere at these moments (S,), and when, where nothing was promised."""
    may = (draft.stand_at != NOWHERE) & ~draft.promised & at
    may[list(chain)] = False
    people, slots = np.nonzero(may)
    return people, slots


def _may_leave(draft: Draft, people: Numbers, slots: Numbers) -> Flags:
    """Return (n,): the rest of their route is sound without the meeting of theirs that takes up this slot."""
    goes_on = (slots > 0) & (draft.stand_at[people, slots - 1] == draft.stand_at[people, slots])
    return holds_together(draft.market, draft.stand_at[people], slots - goes_on, draft.market.lengths[people])


def _steps_down(draft: Draft, people: Numbers) -> Values:
    counts = draft.count[people]
    steps = [worth(n) - worth(n - 1) for n in range(1, int(counts.max(initial=0)) + 1)]
    return np.array([0, *steps], np.float32)[counts]
