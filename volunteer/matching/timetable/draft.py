"""A timetable in the making: who is where, and which seats and interpreters are left."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from volunteer.domain.markets import Visit
from volunteer.matching.timetable.market import Counts, Flags, Market

NOWHERE = -1
NO_INTERPRETER = -1


class _Step(NamedTuple):
    """What was done last, to take it back."""

    person: int
    slot: int
    stand: int
    pool: int
    was_added: bool


class Draft:
    """Changes by ``add`` and ``remove`` alone, which keep every count right."""

    def __init__(self, market: Market) -> None:
        people, stands = market.value.shape
        self.market = market
        self.stand_at: Counts = np.full((people, market.slots), NOWHERE, np.int32)
        """(P, S): a meeting of two slots stands in both."""
        self.pool_at: Counts = np.full((people, market.slots), NO_INTERPRETER, np.int32)
        self.promised: Flags = np.zeros((people, market.slots), np.bool_)
        self.left: Counts = market.seats.copy()
        """(S, J): seats."""
        self.interpreters: Counts = market.pools.copy()
        """(L, S)."""
        self.count: Counts = np.zeros(people, np.int32)
        self.met: Flags = np.zeros((people, stands), np.bool_)
        self._steps: list[_Step] = []

    def add(
        self, person: int, slot: int, stand: int, pool: int = NO_INTERPRETER, slots: int | None = None
    ) -> None:
        """Write down a meeting, without asking whether it is allowed.

        Only a promise, which is never removed, takes other ``slots`` than all meetings of this visitor.
        """
        for each in range(slot, min(slot + (slots or int(self.market.lengths[person])), self.market.slots)):
            self.stand_at[person, each] = stand
            self.pool_at[person, each] = pool
            self.left[each, stand] -= 1
            if pool != NO_INTERPRETER:
                self.interpreters[pool, each] -= 1
        self.count[person] += 1
        self.met[person, stand] = True
        self._steps.append(_Step(person, slot, stand, pool, was_added=True))

    def close_to_others(self) -> None:
        """Leave no seat where only promises may sit; all of them are written down."""
        closed = self.market.nobody_new
        self.left[closed] = np.minimum(self.left[closed], 0)

    def remove(self, person: int, slot: int) -> None:
        """Take away the meeting that takes up this slot."""
        stand = int(self.stand_at[person, slot])
        times = np.flatnonzero(self.stand_at[person] == stand).tolist()
        pool = int(self.pool_at[person, slot])
        for each in times:
            self.left[each, stand] += 1
            if pool != NO_INTERPRETER:
                self.interpreters[pool, each] += 1
            self.stand_at[person, each] = NOWHERE
            self.pool_at[person, each] = NO_INTERPRETER
        self.count[person] -= 1
        self.met[person, stand] = False
        self._steps.append(_Step(person, times[0], stand, pool, was_added=False))

    def mark(self) -> int:
        """Return a mark to come back to."""
        return len(self._steps)

    def back_to(self, mark: int) -> None:
        """Take back whatever was done after the mark."""
        for person, slot, stand, pool, was_added in reversed(self._steps[mark:]):
            if was_added:
                self.remove(person, slot)
            else:
                self.add(person, slot, stand, pool)
        del self._steps[mark:]

    def try_to_add(self, person: int, slot: int, stand: int) -> bool:
        """Write down a meeting if a seat and, where one is needed, an interpreter are free; tell whether."""
        times = slice(slot, slot + int(self.market.lengths[person]))
        pool = self.interpreter_for(person, slot, stand)
        if pool is None or self.left[times, stand].min() <= 0:
            return False
        self.add(person, slot, stand, pool)
        return True

    def interpreter_for(self, person: int, slot: int, stand: int) -> int | None:
        """Return the fullest pool that helps: ``NO_INTERPRETER`` if none has to, ``None`` if none is left."""
        if self.market.direct[person, stand]:
            return NO_INTERPRETER
        times = slice(slot, slot + int(self.market.lengths[person]))
        left = np.where(self.market.speaks[person], self.interpreters[:, times].min(axis=1), 0)
        return int(left.argmax()) if left.max(initial=0) > 0 else None

    @staticmethod
    def free(left: Counts, length: int) -> Flags:
        """Return (S, n): some of n are left for so many slots, beginning at each slot."""
        free: Flags = left > 0
        if length > 1:
            free = free & np.vstack([free[1:], np.zeros_like(free[:1])])
        return free

    def visits(self, person: int) -> tuple[Visit, ...]:
        """Return the route of a visitor as it stands, in order of time."""
        row = self.stand_at[person]
        starts = [
            slot
            for slot in np.flatnonzero(row != NOWHERE).tolist()
            if slot == 0 or row[slot - 1] != row[slot]
        ]
        names = (*self.market.pool_languages, None)
        return tuple(Visit(slot, int(row[slot]), names[int(self.pool_at[person, slot])]) for slot in starts)
