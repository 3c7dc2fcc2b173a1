"""Where a route has room for one more meeting: walking, the longest wait, a slot to breathe."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from volunteer.domain.markets import Visit
from volunteer.matching.timetable.draft import NOWHERE
from volunteer.matching.timetable.market import Counts, Flags, Market

Times = npt.NDArray[np.intp]


def room(market: Market, routes: Counts, slots: npt.ArrayLike, lengths: npt.ArrayLike) -> Flags:
    """Return (n, Z): a meeting may be added to each of n routes, by the zone of its stand.

    ``routes`` (n, S) holds stands as in ``Draft.stand_at``; ``slots`` and ``lengths``, (n,) or one for all,
    say when the meeting begins and how long it takes. Windows, seats and interpreters are not looked at.
    """
    begin, length = np.asarray(slots), np.asarray(lengths)
    end = begin + length
    before, after = _neighbours(routes, begin, begin)
    free_before, free_after = begin - before - 1, after - end
    possible = (free_after >= 0) & (end <= market.slots)
    if market.most_in_a_row is not None:
        possible &= _busy_around(routes, begin, end) + length <= market.most_in_a_row
    if market.longest_wait is not None:
        possible &= (before < 0) | (free_before <= market.longest_wait)
        possible &= (after == market.slots) | (free_after <= market.longest_wait)
    rows = np.arange(len(routes))
    has_before, has_after = before >= 0, after < market.slots
    from_zone = market.zones[routes[rows, before]]
    to_zone = market.zones[routes[rows, np.minimum(after, market.slots - 1)]]
    walked = (free_before[:, None] >= market.walking[from_zone]) | ~has_before[:, None]
    walks = (free_after[:, None] >= market.walking[to_zone]) | ~has_after[:, None]
    found: Flags = possible[:, None] & walked & walks
    return found


def holds_together(market: Market, routes: Counts, slots: npt.ArrayLike, lengths: npt.ArrayLike) -> Flags:
    """Return (n,): without the meeting that begins then, no wait is too long and there is time to walk."""
    before, after = _neighbours(routes, np.asarray(slots), np.asarray(slots) + np.asarray(lengths))
    gap = after - before - 1
    rows = np.arange(len(routes))
    needed = market.walking[
        market.zones[routes[rows, before]],
        market.zones[routes[rows, np.minimum(after, market.slots - 1)]],
    ]
    fine = gap >= needed
    if market.longest_wait is not None:
        fine &= gap <= market.longest_wait
    together: Flags = fine | (before < 0) | (after == market.slots)
    return together


def is_sound(market: Market, route: Sequence[Visit], length: int) -> bool:
    """Tell whether a whole route leaves time to walk, waits nowhere too long and breathes in time."""
    in_a_row = length
    for visit, later in pairwise(route):
        gap = later.slot - visit.slot - length
        in_a_row = in_a_row + length if gap == 0 else length
        if gap < market.walking[market.zones[visit.stand], market.zones[later.stand]]:
            return False
        if market.longest_wait is not None and gap > market.longest_wait:
            return False
        if market.most_in_a_row is not None and in_a_row > market.most_in_a_row:
            return False
    return True


def _neighbours(routes: Counts, begin: Times, end: Times) -> tuple[Times, Times]:
    """Return the last busy slot before ``begin`` (-1: none) and the first from ``end`` on (S: none)."""
    busy, index = routes != NOWHERE, np.arange(routes.shape[1])
    before = np.where(busy & (index < begin[..., None]), index, -1).max(axis=1, initial=-1)
    after = np.where(busy & (index >= end[..., None]), index, routes.shape[1])
    return before, after.min(axis=1, initial=routes.shape[1])


def _busy_around(routes: Counts, begin: Times, end: Times) -> Times:
    """Return (n,): how many busy slots touch what would be added, on both sides."""
    free, index = routes == NOWHERE, np.arange(routes.shape[1])
    last = np.where(free & (index < begin[..., None]), index, -1).max(axis=1, initial=-1)
    first = np.where(free & (index >= end[..., None]), index, routes.shape[1]).min(
        axis=1, initial=routes.shape[1]
    )
    around: Times = (begin - 1 - last) + (first - end)
    return around
