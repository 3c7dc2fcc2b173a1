"""Giving people meetings out of what is left, in rounds: a second for nobody before the first for all."""

from __future__ import annotations

import numpy as np

from volunteer.domain.markets import worth
from volunteer.matching.timetable.draft import NOWHERE, Draft
from volunteer.matching.timetable.market import NEVER, Flags, Numbers, Values
from volunteer.matching.timetable.room import room

AT_ONCE = 128
"""People who choose before the seats are looked at again."""
FAVOURITES = 16
"""Stands each of them looks at first; the others only when none of these has a seat."""
CROWDING = 0.05
"""How much better a stand must fit in the fullest slot than in an empty one."""
SPREAD = 1e-3
"""So little decides between slots that are alike, for each person another way."""


def fill(draft: Draft) -> bool:
    """Add meetings until nobody who wants one finds a seat; tell whether anything was added.

    In each round whoever needs more time comes first, then whoever has the least choice.
    """
    market = draft.market
    choices = market.begins.sum(axis=1) * np.isfinite(market.value).sum(axis=1)
    order = np.lexsort((choices, -market.lengths))
    before = int(draft.count.sum())
    for level in range(1, int(market.wanted.max(initial=0)) + 1):
        for length in (2, 1):
            may = (draft.count < level) & (market.wanted >= level) & (market.lengths == length)
            _one_more(draft, order[may[order]])
    return int(draft.count.sum()) > before


def _one_more(draft: Draft, waiting: Numbers) -> None:
    """Give each of these people a meeting if there is one; who came too late for a seat looks again."""
    while len(waiting):
        people, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        slots, stands = best_seats(draft, people)
        late = [
            person
            for person, slot, stand in zip(people.tolist(), slots.tolist(), stands.tolist(), strict=True)
            if stand != NOWHERE and not draft.try_to_add(person, slot, stand)
        ]
        waiting = np.concatenate([np.array(late, np.intp), waiting])


def best_seats(draft: Draft, people: Numbers) -> tuple[Numbers, Numbers]:
    """Return for each of n people the slot and the stand they gain most by; the stand is ``NOWHERE`` if none.

    Seats and interpreters are free now, and their routes have room. All of them share one length.
    """
    market = draft.market
    length = int(market.lengths[people[0]])
    when = moments(draft, people, length)
    has_pool = helped(draft, people, length)
    free = draft.free(draft.left, length)
    found = np.full((2, len(people)), NOWHERE, np.intp)
    pending = np.arange(len(people))
    for columns in (slice(0, FAVOURITES), slice(FAVOURITES, None)):
        who = people[pending]
        stands = market.preference[who, columns]
        if not stands.size or not market.slots:
            break
        pairs = who[:, None], stands
        gain = np.where(draft.met[pairs], NEVER, market.value[pairs])
        possible = np.take_along_axis(when[pending], market.zones[stands][:, None, :], axis=2)
        possible &= free[np.arange(market.slots)[None, :, None], stands[:, None, :]]
        possible &= market.direct[pairs][:, None, :] | has_pool[pending][:, :, None]
        gains = gain[:, None, :] - _crowd(draft, who)[:, :, None]
        gains = np.where(possible, gains, NEVER).reshape(len(who), -1)
        best = gains.argmax(axis=1)
        slot, column = np.divmod(best, stands.shape[1])
        rows = np.arange(len(who))
        has_one = gains[rows, best] != NEVER
        found[:, pending[has_one]] = slot[has_one], stands[rows, column][has_one]
        pending = pending[~has_one]
    return found[0], found[1]


def take_free_seat(draft: Draft, person: int) -> float:
    """Give somebody the free seat they gain most by, and return what that is worth; 0 when there is none."""
    possible = free_seats(draft, person)
    if not possible.any():
        return 0.0
    gains = draft.market.value[person] - _crowd(draft, np.array([person]))[0][:, None]
    slot, stand = divmod(int(np.where(possible, gains, NEVER).argmax()), possible.shape[1])
    return last_gain(draft, person, slot) if draft.try_to_add(person, slot, stand) else 0.0


def free_seats(draft: Draft, person: int) -> Flags:
    """Return (S, J): somebody can have a meeting there that begins then, beside those they have."""
    market, only, length = draft.market, np.array([person]), int(draft.market.lengths[person])
    free: Flags = draft.free(draft.left, length) & (market.value[person] != NEVER) & ~draft.met[person]
    free &= market.direct[person] | helped(draft, only, length)[0][:, None]
    if free.any():
        free &= moments(draft, only, length)[0][:, market.zones]
    return free


def last_gain(draft: Draft, person: int, slot: int) -> float:
    """Return what the meeting at this moment is worth, as the last of all they have."""
    count = int(draft.count[person])
    value = float(draft.market.value[person, draft.stand_at[person, slot]])
    return value + worth(count) - worth(count - 1)


def fits_in(draft: Draft, person: int, slot: int, stand: int) -> bool:
    """Tell whether their route has room for this stand at this moment; seats are not looked at."""
    if draft.met[person, stand] or draft.market.value[person, stand] == NEVER:
        return False
    room_then = moments(draft, np.array([person]), int(draft.market.lengths[person]))[0, slot]
    return bool(room_then[draft.market.zones[stand]])


def moments(draft: Draft, people: Numbers, length: int) -> Flags:
    """Return (n, S, Z): the route has room for a meeting that begins then, in that zone."""
    market = draft.market
    routes = draft.stand_at[people]
    possible = market.begins[people] & (routes == NOWHERE)
    who, slots = np.nonzero(possible)
    found = np.zeros((*possible.shape, len(market.walking)), np.bool_)
    found[who, slots] = room(market, routes[who], slots, length)
    return found


def helped(draft: Draft, people: Numbers, length: int) -> Flags:
    """Return (n, S): an interpreter for them is free."""
    free = draft.free(draft.interpreters.T, length)
    return (draft.market.speaks[people].astype(np.float32) @ free.T.astype(np.float32)) > 0


def _crowd(draft: Draft, people: Numbers) -> Values:
    """Return (n, S): how full each slot is, and a little that differs from person to person."""
    market = draft.market
    taken = 1 - draft.left.sum(axis=1) / np.maximum(market.seats.sum(axis=1), 1)
    turn = (np.arange(market.slots) + people[:, None]) % market.slots
    crowd: Values = (CROWDING * taken + SPREAD * turn / market.slots).astype(np.float32)
    return crowd
