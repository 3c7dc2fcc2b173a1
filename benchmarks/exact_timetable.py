"""The same timetable as one integer programme, solved by HiGHS: exact, and far too slow for the day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from volunteer.domain.markets import Visit, worth
from volunteer.matching.timetable.market import Market


@dataclass(frozen=True)
class Exact:
    """What HiGHS says within its time."""

    routes: tuple[tuple[Visit, ...], ...] | None
    """``None`` when it found nothing in time."""
    bound: float
    """Nothing is worth more than this."""


@dataclass
class _Programme:
    """Columns that are 0 or 1 (the integer ones), and rows: a sum of them is at most a number."""

    gains: list[float] = field(default_factory=list)
    integer: list[int] = field(default_factory=list)
    rows: list[list[tuple[int, float]]] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def column(self, gain: float, *, integer: bool) -> int:
        """Add one, and return its number."""
        self.gains.append(gain)
        self.integer.append(int(integer))
        return len(self.gains) - 1

    def row(self, cells: list[tuple[int, float]], most: float) -> None:
        """Add one."""
        self.rows.append(cells)
        self.most.append(most)


Column = tuple[int, int, int, int]
"""Person, slot, stand, pool (-1: none)."""


def solve_exactly(market: Market, *, seconds: float) -> Exact:
    """Return the best timetable; promises are not looked at."""
    programme = _Programme()
    column_of = _meetings(market, programme)
    _seats_and_pools(market, programme, column_of)
    for person in range(len(market.wanted)):
        _route(market, programme, {key: at for key, at in column_of.items() if key[0] == person}, person)
    entries = [(row, at, by) for row, cells in enumerate(programme.rows) for at, by in cells]
    row, at, by = (np.array(each) for each in zip(*entries, strict=True))
    matrix = csr_array((by, (row, at)), shape=(len(programme.rows), len(programme.gains)))
    found = milp(
        -np.array(programme.gains),
        integrality=np.array(programme.integer),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, -np.inf, np.array(programme.most)),
        options={"time_limit": seconds, "mip_rel_gap": 1e-4},
    )
    bound = -float(found.mip_dual_bound) if found.mip_dual_bound is not None else np.inf
    return Exact(None if found.x is None else _routes(market, column_of, found.x), bound)


def _meetings(market: Market, programme: _Programme) -> dict[Column, int]:
    found = {}
    for person, stand in np.argwhere(np.isfinite(market.value)).tolist():
        pools = [-1] if market.direct[person, stand] else np.flatnonzero(market.speaks[person]).tolist()
        for slot in np.flatnonzero(market.begins[person]).tolist():
            for pool in pools:
                gain = float(market.value[person, stand])
                found[person, slot, stand, pool] = programme.column(gain, integer=True)
    return found


def _seats_and_pools(market: Market, programme: _Programme, column_of: dict[Column, int]) -> None:
    seats: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    pools: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    for (person, slot, stand, pool), at in column_of.items():
        for each in range(slot, slot + int(market.lengths[person])):
            seats[each, stand].append((at, 1.0))
            if pool >= 0:
                pools[pool, each].append((at, 1.0))
    for (slot, stand), cells in seats.items():
        programme.row(cells, int(market.seats[slot, stand]))
    for (pool, slot), cells in pools.items():
        programme.row(cells, int(market.pools[pool, slot]))


def _route(market: Market, programme: _Programme, own: dict[Column, int], person: int) -> None:
    length = int(market.lengths[person])
    by_stand, busy = defaultdict(list), defaultdict(list)
    starts: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    for (_, slot, stand, _), at in own.items():
        by_stand[stand].append((at, 1.0))
        starts[slot, int(market.zones[stand])].append((at, 1.0))
        for each in range(slot, slot + length):
            busy[each].append((at, 1.0))
    for cells in (*by_stand.values(), *busy.values()):
        programme.row(cells, 1)
    steps = [
        (programme.column(worth(k + 1) - worth(k), integer=False), -1.0)
        for k in range(int(market.wanted[person]))
    ]
    # So many steps are earned as there are meetings, and no more meetings are had than steps.
    programme.row([*((at, 1.0) for at in own.values()), *steps], 0)
    programme.row([*((at, -1.0) for at in own.values()), *((at, 1.0) for at, _ in steps)], 0)
    _walking(market, programme, starts, length)
    _waiting(market, programme, starts, length)
    if market.most_in_a_row is not None:
        for first in range(market.slots - market.most_in_a_row):
            run = [cell for slot in range(first, first + market.most_in_a_row + 1) for cell in busy[slot]]
            programme.row(run, market.most_in_a_row)


def _walking(
    market: Market,
    programme: _Programme,
    starts: dict[tuple[int, int], list[tuple[int, float]]],
    length: int,
) -> None:
    for (slot, zone), cells in starts.items():
        for (later, other), more in starts.items():
            if slot + length <= later < slot + length + market.walking[zone, other]:
                programme.row([*cells, *more], 1)


def _waiting(
    market: Market,
    programme: _Programme,
    starts: dict[tuple[int, int], list[tuple[int, float]]],
    length: int,
) -> None:
    """Of two meetings that are too far apart, one between them begins soon enough after the first."""
    if market.longest_wait is None:
        return
    at = {
        slot: [cell for (start, _), cells in starts.items() if start == slot for cell in cells]
        for slot in range(market.slots)
    }
    for slot in range(market.slots):
        limit = slot + length + market.longest_wait
        soon = [
            (column, -by)
            for start in range(slot + 1, min(limit + 1, market.slots))
            for column, by in at[start]
        ]
        for later in range(limit + 1, market.slots):
            if at[slot] and at[later]:
                programme.row([*at[slot], *at[later], *soon], 1)


def _routes(
    market: Market, column_of: dict[Column, int], answer: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> tuple[tuple[Visit, ...], ...]:
    names = (*market.pool_languages, None)
    routes: list[list[Visit]] = [[] for _ in market.wanted]
    for (person, slot, stand, pool), at in sorted(column_of.items()):
        if answer[at] > 0.5:
            routes[person].append(Visit(slot, stand, names[pool]))
    return tuple(tuple(route) for route in routes)
