"""People who change stands with one another, come in or go out, as long as that gains something in all.

Stands and "outside" are the points of a graph; an arc is the best single move between two of them. A round
trip leaves every stand as full as it was; when none is left whose moves gain something together, no other
division is worth more (Klein 1967, cycle cancelling for minimum-cost flow). Round trips are found by the
method of Bellman and Ford, on the whole matrix of arcs at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from volunteer.matching.timetable.market import NEVER, Counts, Flags, Numbers, Values

OUTSIDE = -1
LEAST_GAIN = 0.005
"""Of a value of 0 to 1: less is no reason to move anybody."""

Arcs = npt.NDArray[np.float32]


class Move(NamedTuple):
    """Somebody goes from one stand to another; ``OUTSIDE`` is no stand."""

    person: int
    start: int
    end: int


class Exchange:
    """A hall at one moment: who is at which stand, who could come in, and what each of them would gain."""

    def __init__(
        self,
        values: Values,
        holders: Sequence[set[int]],
        free: Counts,
        enter: Values,
        leave: Values,
    ) -> None:
        """Take ``values`` (n, J) for each person's stands, ``NEVER`` where they cannot be.

        ``holders`` says who is at each stand and ``free`` (J,) how many seats it has left. ``enter`` (n,)
        is what coming in is worth beside the value, ``NEVER`` for who cannot; ``leave`` (n,) what going out
        costs beside it, infinite for who must stay.
        """
        self.values, self.holders, self.free = values, [set(each) for each in holders], free.copy()
        self.enter, self.leave = enter, leave
        self.stands = stands = values.shape[1]
        self.held: Flags = np.zeros(values.shape, np.bool_)
        for stand, people in enumerate(holders):
            self.held[sorted(people), stand] = True
        # Column: from; row: to. The last of each is outside.
        self.arcs: Arcs = np.full((stands + 1, stands + 1), NEVER, np.float32)
        self.movers = np.full((stands + 1, stands + 1), OUTSIDE, np.int32)
        for stand in range(stands):
            self._look_at(stand)
        self._look_outside(np.arange(stands))
        self.arcs[-1, -1] = NEVER

    def rounds(self, commit: Callable[[Sequence[Move]], bool]) -> Iterator[float]:
        """Make round trips until none is left, and yield the gain of each.

        ``commit`` writes one down and tells whether it could. It may change ``values``, ``enter`` and
        ``leave`` of who moves, and does when it could not: the same round trip would be found again.
        """
        while cycles := self._cycles():
            moved: set[int] = set()
            for cycle in cycles:
                moves = [
                    Move(person, self._stand(start), self._stand(end))
                    for start, end in cycle
                    if (person := int(self.movers[end, start])) != OUTSIDE
                ]
                moved.update(move.person for move in moves)
                gain = self._gain(cycle)
                if commit(moves):
                    self._apply(moves)
                    yield gain
            points = {point for cycle in cycles for point, _ in cycle} - {self.stands}
            self._look_again(sorted(points), sorted(moved))

    def _look_again(self, points: Sequence[int], moved: Sequence[int]) -> None:
        """Work out again what changed with these people and at these stands."""
        of_theirs = np.flatnonzero(self.held[moved].any(axis=0)).tolist()
        for stand in sorted({*points, *of_theirs}):
            self._look_at(stand)
        stale = np.flatnonzero(np.isin(self.movers[:-1, -1], moved))
        self._look_outside(stale)
        self._compare_outside(np.array(moved, np.intp), np.arange(self.stands))

    def _stand(self, point: int) -> int:
        return OUTSIDE if point == self.stands else point

    def _look_at(self, stand: int) -> None:
        """Work out the best moves away from a stand."""
        self.arcs[:, stand], self.movers[:, stand] = NEVER, OUTSIDE
        people = np.array(sorted(self.holders[stand]), np.intp)
        if len(people):
            own = self.values[people, stand]
            gains = np.where(self.held[people], NEVER, self.values[people] - own[:, None])
            best = gains.argmax(axis=0)
            self.arcs[:-1, stand] = gains[best, np.arange(self.stands)]
            self.movers[:-1, stand] = people[best]
            going = -(own + self.leave[people])
            self.arcs[-1, stand] = going.max()
            self.movers[-1, stand] = people[going.argmax()]
        if self.free[stand] > 0:
            self.arcs[-1, stand], self.movers[-1, stand] = 0, OUTSIDE

    def _look_outside(self, stands: Numbers) -> None:
        """Work out who gains most by coming in to these stands; leaving a seat empty gains nothing."""
        self.arcs[stands, -1], self.movers[stands, -1] = 0, OUTSIDE
        self._compare_outside(np.flatnonzero(self.enter != NEVER), stands)

    def _compare_outside(self, people: Numbers, stands: Numbers) -> None:
        """See whether these people gain more by coming in than who was found so far."""
        if not len(people) or not len(stands):
            return
        cells = np.ix_(people, stands)
        gains = np.where(self.held[cells], NEVER, self.values[cells] + self.enter[people, None])
        best = gains.argmax(axis=0)
        most = gains[best, np.arange(len(stands))]
        better = most > self.arcs[stands, -1]
        self.arcs[stands[better], -1] = most[better]
        self.movers[stands[better], -1] = people[best[better]]

    def _cycles(self) -> list[list[tuple[int, int]]]:
        """Return round trips that gain something and share no point, as pairs of points, if there are any."""
        points = self.stands + 1
        reach = np.zeros(points, np.float32)
        before = np.full(points, OUTSIDE, np.intp)
        for length in range(1, points + 2):
            ways = self.arcs + reach
            best = ways.argmax(axis=1)
            most = ways[np.arange(points), best]
            better = most > reach + LEAST_GAIN
            if not better.any():
                return []
            reach[better], before[better] = most[better], best[better]
            if length & (length - 1) and length % 8:
                continue  # To look for loops takes as long as another step.
            found = [cycle for cycle in _round_trips(before) if self._gain(cycle) > LEAST_GAIN]
            if found:
                return found
        return []

    def _gain(self, cycle: Sequence[tuple[int, int]]) -> float:
        return float(sum(self.arcs[end, start] for start, end in cycle))

    def _apply(self, moves: Sequence[Move]) -> None:
        for person, start, end in moves:
            if start != OUTSIDE:
                self.holders[start].remove(person)
                self.held[person, start] = False
                self.free[start] += 1
            if end != OUTSIDE:
                self.holders[end].add(person)
                self.held[person, end] = True
                self.free[end] -= 1


def _round_trips(before: Numbers) -> Iterator[list[tuple[int, int]]]:
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
