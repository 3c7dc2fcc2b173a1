"""Slot by slot: who is where at this moment, divided again as well as can be while the rest of the day stays.

What one slot cannot give, another may, so the slots are swept until nothing improves. Meetings that take two
slots and promises stay where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from volunteer.domain.markets import worth
from volunteer.matching.timetable.draft import NO_INTERPRETER, NOWHERE, Draft
from volunteer.matching.timetable.exchange import OUTSIDE, Exchange, Move
from volunteer.matching.timetable.market import NEVER, Counts, Flags, Numbers, Values
from volunteer.matching.timetable.room import holds_together, room

MOST_SWEEPS = 6
ENOUGH = 3e-3
"""A sweep that gains less than this part of a meeting for each visitor is the last."""


def sweep(draft: Draft) -> float:
    """Improve the draft until nothing more is found, and return what was gained in all."""
    gained = 0.0
    for _ in range(MOST_SWEEPS):
        this_time = sum(_divide(draft, slot) for slot in range(draft.market.now, draft.market.slots))
        gained += this_time
        if this_time <= ENOUGH * len(draft.count):
            break
    return gained


def rewards(counts: Counts) -> Values:
    """Return what one more meeting is worth for who has so many."""
    steps = np.array([worth(n + 1) - worth(n) for n in range(int(counts.max(initial=0)) + 1)], np.float32)
    return steps[counts]


def _divide(draft: Draft, slot: int) -> float:
    inside = (draft.stand_at[:, slot] != NOWHERE) & ~draft.promised[:, slot] & (draft.market.lengths == 1)
    outside = (
        (draft.stand_at[:, slot] == NOWHERE)
        & (draft.count < draft.market.wanted)
        & draft.market.begins[:, slot]
        & (draft.market.lengths == 1)
    )
    people = np.flatnonzero(inside | outside)
    if not len(people):
        return 0.0
    return _Moment(draft, slot, people, inside[people]).divide()


@dataclass(frozen=True, eq=False)
class _Moment:
    """One slot, and the people (n,) of whom it is asked where they are."""

    draft: Draft
    slot: int
    people: Numbers
    inside: Flags

    def divide(self) -> float:
        """Let them change places until nothing gains, and return what was gained."""
        exchange = self._exchange()
        return sum(exchange.rounds(partial(self._commit, exchange)))

    def _exchange(self) -> Exchange:
        draft, people = self.draft, self.people
        counts = draft.count[people]
        at = draft.stand_at[people, self.slot].astype(np.intp)
        must_stay = self.inside & ~holds_together(draft.market, draft.stand_at[people], self.slot, 1)
        return Exchange(
            self._values(at),
            np.where(self.inside, at, OUTSIDE),
            np.maximum(draft.left[self.slot], 0),
            enter=np.where(self.inside, NEVER, rewards(counts)),
            # Who comes in now may go out again for what they had before: one less than they have then.
            leave=np.where(must_stay, np.float32(np.inf), rewards(counts - self.inside)),
        )

    def _values(self, at: Numbers) -> Values:
        draft, people, market = self.draft, self.people, self.draft.market
        routes = draft.stand_at[people]
        routes[:, self.slot] = NOWHERE
        possible = room(market, routes, self.slot, 1)[:, market.zones] & ~draft.met[people]
        possible &= market.direct[people] | self._helped()[:, None]
        own = np.flatnonzero(self.inside)
        possible[own, at[own]] = True
        return np.where(possible, market.value[people], NEVER)

    def _helped(self) -> Flags:
        """Return (n,): who has an interpreter, or could have one now."""
        draft, people = self.draft, self.people
        has_one = draft.pool_at[people, self.slot] != NO_INTERPRETER
        free = draft.interpreters[:, self.slot] > 0
        helped: Flags = has_one | (draft.market.speaks[people] & free).any(axis=1)
        return helped

    def _commit(self, exchange: Exchange, moves: Sequence[Move]) -> bool:
        """Move these people in the draft, or nobody if somebody needs an interpreter and none is left."""
        before = [
            (person, start, int(self.draft.pool_at[self.people[person], self.slot]))
            for person, start, _ in moves
            if start != OUTSIDE
        ]
        for person, _, _ in before:
            self.draft.remove(int(self.people[person]), self.slot)
        for done, move in enumerate(moves):
            if move.end != OUTSIDE and not self._add(move):
                self._undo(moves[:done], before)
                self._give_up(exchange, move.person)
                return False
        for person, _, end in moves:
            count = self.draft.count[self.people[[person]]]
            exchange.enter[person] = rewards(count)[0] if end == OUTSIDE else NEVER
        return True

    def _give_up(self, exchange: Exchange, person: int) -> None:
        """Let somebody, and who has no interpreter either, look no further than where they are understood."""
        alone = ~self._helped()
        alone[person] = True
        people = np.flatnonzero(alone)
        exchange.exclude(people, ~self.draft.market.direct[self.people[people]])

    def _add(self, move: Move) -> bool:
        person = int(self.people[move.person])
        pool = self.draft.interpreter_for(person, self.slot, move.end)
        if pool is None:
            return False
        self.draft.add(person, self.slot, move.end, pool)
        return True

    def _undo(self, added: Sequence[Move], before: Sequence[tuple[int, int, int]]) -> None:
        for person, _, end in added:
            if end != OUTSIDE:
                self.draft.remove(int(self.people[person]), self.slot)
        for person, start, pool in before:
            self.draft.add(int(self.people[person]), self.slot, start, pool)
