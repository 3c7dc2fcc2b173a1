"""People who change stands with one another, come in or go out, as long as that gains something in all.

Stands and "outside" are the points of a graph; an arc is the best single move between two of them. A round
trip leaves every stand as full as it was; when none is left whose moves gain something together, no other
division is worth more (Klein 1967, cycle cancelling for minimum-cost flow). Round trips are found by the
method of Bellman and Ford, on the whole matrix of arcs at once; those that share no stand and nobody are made
together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from volunteer.matching.timetable.market import NEVER, Counts, Flags, Numbers, Values

OUTSIDE = -1
LEAST_GAIN = 0.005
"""Of a value of 0 to 1: less is no reason to move anybody."""

Cycle = list[tuple[int, int]]
"""Pairs of points, each the start and the end of an arc."""


class Move(NamedTuple):
    """Somebody goes from one stand to another; ``OUTSIDE`` is no stand."""

    person: int
    start: int
    end: int


class Exchange:
    """A hall at one moment: who is at which stand, who could come in, and what each of them would gain."""

    def __init__(self, values: Values, at: Numbers, free: Counts, enter: Values, leave: Values) -> None:
        """Take ``values`` (n, J) for each person's stands, ``NEVER`` where they cannot be.

        ``at`` (n,) says where each is, ``OUTSIDE`` if nowhere, and ``free`` (J,) how many seats each stand
        has left. ``enter`` (n,) is what coming in is worth beside the value, ``NEVER`` for who cannot;
        ``leave`` (n,) what going out costs beside it, infinite for who must stay.
        """
        # The last column is outside, where somebody has nothing and pays for it.
        self.values: Values = np.column_stack([values, -leave])
        self.at, self.free, self.enter = at.copy(), free.copy(), enter
        self.stands = stands = values.shape[1]
        # Row: from; column: to. The last of each is outside.
        self.arcs: Values = np.full((stands + 1, stands + 1), NEVER, np.float32)
        self.comers: Numbers = np.full(stands + 1, OUTSIDE, np.intp)
        """Who gains most by coming in, by stand."""
        # What the best way to each point gains. It is kept from one look to the next: little changed since.
        self._reach: Values = np.zeros(stands + 1, np.float32)
        self._excluded: set[int] = set()
        self._look_at(np.arange(stands))
        self._look_outside(np.arange(stands))

    def rounds(self, commit: Callable[[Sequence[Move]], bool]) -> Iterator[float]:
        """Make round trips until none is left, and yield the gain of each.

        ``commit`` writes one down and tells whether it could. It may change ``enter`` of who moves. When it
        could not, it has to ``exclude`` something: the same round trip would be found again.
        """
        while cycles := self._cycles():
            trips = [(self._moves(cycle), self._gain(cycle)) for cycle in cycles]
            moved = {move.person for moves, _ in trips for move in moves}
            for moves, gain in trips:
                if self._excluded.isdisjoint(move.person for move in moves) and commit(moves):
                    self._apply(moves)
                    yield gain
            points = {point for cycle in cycles for point, _ in cycle}
            self._look_again(points - {self.stands}, moved | self._excluded)
            self._excluded.clear()

    def exclude(self, people: Numbers, stands: Flags) -> None:
        """Let these n people go to none of these stands (n, J) any more, but stay where they are."""
        stands = stands & (np.arange(self.stands) != self.at[people, None])
        values = self.values[people, :-1]
        changes = (stands & (values != NEVER)).any(axis=1)
        self.values[people[changes], :-1] = np.where(stands, NEVER, values)[changes]
        self._excluded.update(people[changes].tolist())

    def _look_again(self, points: set[int], changed: set[int]) -> None:
        """Work out again what changed with these people and at these stands."""
        people = np.array(sorted(changed), np.intp)
        self._look_at(np.array(sorted(points.union(self.at[people].tolist()) - {OUTSIDE}), np.intp))
        self._look_outside(np.flatnonzero(np.isin(self.comers[:-1], people)))
        self._compare_outside(people, np.arange(self.stands))

    def _look_at(self, stands: Numbers) -> None:
        """Work out the best moves away from these stands."""
        self.arcs[stands] = NEVER
        asked: Flags = np.zeros(self.stands + 1, np.bool_)
        asked[stands] = True
        people = np.flatnonzero(asked[self.at])
        if len(people):
            people = people[np.argsort(self.at[people], kind="stable")]
            at = self.at[people]
            first = np.flatnonzero(np.diff(at, prepend=OUTSIDE))
            own = self.values[people, at]
            gains = self.values[people] - own[:, None]
            gains[np.arange(len(people)), at] = NEVER
            self.arcs[at[first]] = np.maximum.reduceat(gains, first)
        self.arcs[stands[self.free[stands] > 0], -1] = 0

    def _look_outside(self, stands: Numbers) -> None:
        """Work out who gains most by coming in to these stands; leaving a seat empty gains nothing."""
        self.arcs[-1, stands], self.comers[stands] = 0, OUTSIDE
        self._compare_outside(np.flatnonzero(self.enter != NEVER), stands)

    def _compare_outside(self, people: Numbers, stands: Numbers) -> None:
        """See whether these people gain more by coming in than who was found so far."""
        people = people[self.enter[people] != NEVER]
        if not len(people) or not len(stands):
            return
        gains = self.values[np.ix_(people, stands)] + self.enter[people, None]
        best = gains.argmax(axis=0)
        most = gains[best, np.arange(len(stands))]
        better = most > self.arcs[-1, stands]
        self.arcs[-1, stands[better]] = most[better]
        self.comers[stands[better]] = people[best[better]]

    def _cycles(self) -> list[Cycle]:
        """Return round trips that gain something and share no stand and nobody, if there are any."""
        arcs, reach = self.arcs.copy(), self._reach
        before = np.full(len(reach), OUTSIDE, np.intp)
        risen = np.arange(len(reach))
        found: list[Cycle] = []
        finds_more = True
        while finds_more or not found:
            ways = arcs[risen] + reach[risen, None]
            most = ways.max(axis=0)
            better = np.flatnonzero(most > reach + LEAST_GAIN)
            if not len(better):
                break
            before[better] = risen[ways[:, better].argmax(axis=0)]
            reach[better] = most[better]
            risen = better
            cycles = list(_round_trips(before))
            for cycle in cycles:
                self._leave_out(cycle, arcs, before)
            gaining = [cycle for cycle in cycles if self._gain(cycle) > LEAST_GAIN]
            found += gaining
            finds_more = bool(gaining)
        return found

    def _leave_out(self, cycle: Cycle, arcs: Values, before: Numbers) -> None:
        """Let others come in and go out, but use nothing and nobody twice."""
        ends = np.array([end for _, end in cycle], np.intp)
        before[ends] = OUTSIDE
        used = ends[ends != self.stands]
        arcs[used], arcs[:, used] = NEVER, NEVER
        for start, end in cycle:
            if start == self.stands:
                theirs = self.comers == self.comers[end]
                arcs[-1, theirs] = NEVER
                before[theirs & (before == self.stands)] = OUTSIDE

    def _moves(self, cycle: Cycle) -> list[Move]:
        return [
            Move(person, self._stand(start), self._stand(end))
            for start, end in cycle
            if (person := self._mover(start, end)) != OUTSIDE
        ]

    def _mover(self, start: int, end: int) -> int:
        """Return who makes this move, or ``OUTSIDE`` if nobody has to."""
        if start == self.stands:
            return int(self.comers[end])
        if end == self.stands and self.free[start] > 0:
            return OUTSIDE
        people = np.flatnonzero(self.at == start)
        return int(people[(self.values[people, end] - self.values[people, start]).argmax()])

    def _stand(self, point: int) -> int:
        return OUTSIDE if point == self.stands else point

    def _gain(self, cycle: Cycle) -> float:
        return float(sum(self.arcs[start, end] for start, end in cycle))

    def _apply(self, moves: Sequence[Move]) -> None:
        for person, start, end in moves:
            self.at[person] = end
            if start != OUTSIDE:
                self.free[start] += 1
            if end != OUTSIDE:
                self.free[end] -= 1


def _round_trips(before: Numbers) -> Iterator[Cycle]:
    """Follow each point to the one before it, and yield the loops."""
    nowhere = len(before)
    far = np.append(np.where(before == OUTSIDE, nowhere, before), nowhere)
    for _ in range(nowhere.bit_length()):
        far = far[far]  # Twice as far back each time; what is still somewhere then is on a loop.
    on_loop = set(far.tolist()) - {nowhere}
    while on_loop:
        loop = [min(on_loop)]
        while (point := int(before[loop[-1]])) != loop[0]:
            loop.append(point)
        on_loop.difference_update(loop)
        yield list(zip(loop[1:] + loop[:1], loop, strict=True))
