"""Friends who asked for it meet the same stands at the same time, where that costs nobody a meeting."""

from __future__ import annotations

import numpy as np

from volunteer.domain.markets import Visit
from volunteer.matching.timetable.draft import NOWHERE, Draft
from volunteer.matching.timetable.filling import fits_in, take_free_seat
from volunteer.matching.timetable.room import is_sound


def bring_together(draft: Draft) -> int:
    """Move one of each pair to the other's meetings where that can be; return how many joined."""
    joined = 0
    for pair in draft.market.friends:
        for person, friend in (pair, pair[::-1]):
            for visit in draft.visits(person):
                joined += _join(draft, friend, person, visit)
    return joined


def _join(draft: Draft, friend: int, person: int, visit: Visit) -> bool:
    """Let the friend come along to this meeting; undo it when anybody would have fewer meetings."""
    times = slice(visit.slot, visit.slot + int(draft.market.lengths[friend]))
    if (draft.stand_at[friend, times] == visit.stand).all():
        return False
    before, had = draft.mark(), int(draft.count[friend])
    seated = _who_could_rise(draft, friend, person, visit)
    if _give_up(draft, friend, visit) and _rise(draft, seated, visit):
        fits = fits_in(draft, friend, visit.slot, visit.stand)
        if fits and draft.try_to_add(friend, visit.slot, visit.stand):
            while draft.count[friend] < had and take_free_seat(draft, friend):
                pass
            is_seated = seated is None or take_free_seat(draft, seated) > 0
            moved = [friend] if seated is None else [friend, seated]
            if is_seated and draft.count[friend] == had and all(_is_sound(draft, each) for each in moved):
                return True
    draft.back_to(before)
    return False


def _who_could_rise(draft: Draft, friend: int, person: int, visit: Visit) -> int | None:
    """Return whom to ask for a seat, if there is none: who is there alone, and could go anywhere."""
    if draft.left[visit.slot, visit.stand] > 0:
        return None
    market = draft.market
    here = (draft.stand_at[:, visit.slot] == visit.stand) & ~draft.promised[:, visit.slot]
    here &= market.lengths == 1
    here[[friend, person, *(each for pair in market.friends for each in pair)]] = False
    people = np.flatnonzero(here)
    return int(people[draft.count[people].argmax()]) if len(people) else None


def _give_up(draft: Draft, friend: int, visit: Visit) -> bool:
    """Take away what stands in the way of the friend, or their least meeting; tell whether that may be."""
    row = draft.stand_at[friend]
    times = range(visit.slot, visit.slot + int(draft.market.lengths[friend]))
    if times.stop > draft.market.slots:
        return False
    in_the_way = {slot for slot in times if row[slot] != NOWHERE}
    in_the_way |= set(np.flatnonzero(row == visit.stand).tolist())
    if not in_the_way and draft.count[friend] >= draft.market.wanted[friend]:
        theirs = [each for each in draft.visits(friend) if not draft.promised[friend, each.slot]]
        if not theirs:
            return False
        in_the_way = {min(theirs, key=lambda each: float(draft.market.value[friend, each.stand])).slot}
    if draft.promised[friend, sorted(in_the_way)].any():
        return False
    for slot in sorted(in_the_way):
        if row[slot] != NOWHERE:
            draft.remove(friend, slot)
    return True


def _rise(draft: Draft, seated: int | None, visit: Visit) -> bool:
    if seated is None:
        return bool(draft.left[visit.slot, visit.stand] > 0)
    draft.remove(seated, visit.slot)
    return True


def _is_sound(draft: Draft, person: int) -> bool:
    return is_sound(draft.market, draft.visits(person), int(draft.market.lengths[person]))
