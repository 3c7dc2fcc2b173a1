"""What an answer or an arrangement would open, and to how many people (docs/decisions/0025).

*Arrange*: the answer is no, and it is the only must need of a person in the way: with it the role leaves
tier "out". *Tell*: nobody has answered, and it is the only thing that keeps the role from being sure: with a
yes it enters tier A or B. Everything else must pass: it is open, the hours can overlap, no needed level is
too low, the person did not refuse it; for *tell* they also told how well they speak each language it needs.

Needs that follow from the languages of the team differ per person. What can be arranged there is one language
more (``language.ar``), and what can be told is which ones the team speaks (``languages``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

from volunteer.domain.figures import TEAM_LANGUAGES, Kind, Reach, language_code
from volunteer.matching.crowd import LANGUAGES, WORD, Bits, Crowd
from volunteer.matching.masks import ACCESS_BITS
from volunteer.matching.obstacles import Obstacles
from volunteer.matching.snapshot import Snapshot

Counted = npt.NDArray[np.int32]
Weights = npt.NDArray[np.floating[Any]]

_CODE_OF = {bit: code for code, bit in ACCESS_BITS.items()}
_MOST_IN_A_BYTE = 255
_DIGITS = 0.5 ** np.arange(9)
"""What each binary digit of a weight counts for: 1 down to 1/256."""
_Place = tuple[UUID, UUID | None, int]
"""Organisation, venue and row of a role."""


@dataclass(frozen=True, slots=True, eq=False)
class Openings:
    """Different people to whom a code, arranged or told everywhere in a scope, opens at least one role."""

    scopes: tuple[UUID | None, ...]
    """``None`` is the city."""
    codes: tuple[str, ...]
    people: Counted
    """(scopes, codes)."""
    weights: Weights
    """(scopes, codes): the same people, each weighing 1 / max(1, roles they are sure of now), in whole
    1/256ths and at least one of these."""

    def some(self) -> Iterator[tuple[UUID | None, str, int, float]]:
        """Yield scope, code, people and weight wherever there is anybody."""
        for row, column in zip(*self.people.nonzero(), strict=True):
            people, weight = int(self.people[row, column]), float(self.weights[row, column])
            yield self.scopes[row], self.codes[column], people, weight


@dataclass(frozen=True, slots=True, eq=False)
class WhatIf:
    """Everything that was counted. The city counts those alone who have nothing sure now."""

    people: int
    """Everyone who was looked at, with needs or without."""
    openings: Mapping[tuple[Kind, Reach], Openings]


def what_if(snapshot: Snapshot, crowd: Crowd, venues: Mapping[UUID, UUID]) -> WhatIf:
    """Count for every role, venue, organisation and the city; ``venues`` gives the venue of a role, if any.

    Sure are tiers A and B: C is no promise. Memory grows with people and with roles, not with both at once.
    """
    obstacles = Obstacles(snapshot, crowd)
    places = _in_order(snapshot, venues)
    sure = _sure_roles(obstacles, crowd, (row for *_, row in places))
    nothing_sure = np.packbits(sure == 0, bitorder="little").view(np.uint64)
    counters = {
        Kind.ARRANGE: _arrange_counter(obstacles, crowd, sure, nothing_sure),
        Kind.TELL: _Counter(_tell_codes(crowd), crowd.starts, 1 / np.maximum(1, sure), nothing_sure),
    }
    for organisation, of_organisation in groupby(places, key=lambda place: place[0]):
        for venue, of_venue in groupby(of_organisation, key=lambda place: place[1]):
            for *_, row in of_venue:
                found = obstacles.openings(row)
                counters[Kind.ARRANGE].add(snapshot.opportunity_ids[row], found.arrange)
                counters[Kind.TELL].add(snapshot.opportunity_ids[row], found.tell)
            for counter in counters.values():
                counter.close_venue(venue)
        for counter in counters.values():
            counter.close_organisation(organisation)
    openings = {
        (kind, reach): found for kind, counter in counters.items() for reach, found in counter.finish()
    }
    return WhatIf(crowd.size, openings)


def _in_order(snapshot: Snapshot, venues: Mapping[UUID, UUID]) -> list[_Place]:
    """Return all roles, those of one organisation and of one venue together."""
    places = [
        (organisation, venues.get(opportunity), row)
        for row, (organisation, opportunity) in enumerate(
            zip(snapshot.organisation_ids, snapshot.opportunity_ids, strict=True)
        )
    ]
    return sorted(places, key=lambda place: (place[0], place[1] or UUID(int=0), place[2]))


def _sure_roles(obstacles: Obstacles, crowd: Crowd, rows: Iterable[int]) -> npt.NDArray[np.int32]:
    """Return per slot how many roles are in tier A or B for its person, shape (64 x words,)."""
    total = np.zeros(len(crowd.owners), dtype=np.int32)
    some = np.zeros(len(crowd.owners), dtype=np.uint8)
    for done, row in enumerate(rows, start=1):
        some += _unpacked(obstacles.sure(row))
        if done % _MOST_IN_A_BYTE == 0:
            total += some
            some[:] = 0
    total += some
    return total


def _unpacked(bits: Bits) -> npt.NDArray[np.uint8]:
    return np.unpackbits(bits.view(np.uint8), bitorder="little")


def _tell_codes(crowd: Crowd) -> tuple[str, ...]:
    return tuple(TEAM_LANGUAGES if bit == LANGUAGES else _CODE_OF[bit] for bit in crowd.groups)


def _arrange_counter(
    obstacles: Obstacles, crowd: Crowd, sure: npt.NDArray[np.int32], nothing_sure: Bits
) -> _Counter:
    """The languages stand at the end of these sets, one after the other."""
    here = crowd.languages
    ordinary = tuple(_CODE_OF[bit] for bit in crowd.groups if bit != LANGUAGES)
    length = here.stop - here.start
    starts = [
        *crowd.starts[: len(ordinary)],
        *(here.start + length * number for number in range(len(obstacles.languages))),
    ]
    weights = 1 / np.maximum(1, sure)
    repeated = np.tile(weights[here.start * WORD :], len(obstacles.languages))
    return _Counter(
        (*ordinary, *map(language_code, obstacles.languages)),
        np.array(starts, dtype=np.intp),
        np.concatenate([weights[: here.start * WORD], repeated]),
        obstacles.widened(nothing_sure),
    )


class _Counter:
    """Adds up sets of slots of one kind: of roles into venues, of venues into organisations, and the city."""

    def __init__(
        self, codes: tuple[str, ...], starts: npt.NDArray[np.intp], weights: Weights, nothing_sure: Bits
    ) -> None:
        self._codes = codes
        self._starts = starts[: len(codes)]
        self._planes = _planes_of(weights)
        self._nothing_sure = nothing_sure
        self._open = {
            reach: np.zeros_like(nothing_sure) for reach in (Reach.VENUE, Reach.ORGANISATION, Reach.CITY)
        }
        self._counted: dict[Reach, list[tuple[UUID | None, Counted, Weights]]] = {
            reach: [] for reach in Reach
        }

    def add(self, opportunity: UUID, found: Bits) -> None:
        """Count a role; it belongs to the venue that is closed next."""
        self._count(Reach.OPPORTUNITY, opportunity, found)
        self._open[Reach.VENUE] |= found

    def close_venue(self, venue: UUID | None) -> None:
        """Count what was added since the last one; roles without a venue are not one."""
        found = self._open[Reach.VENUE]
        if venue is not None:
            self._count(Reach.VENUE, venue, found)
        self._open[Reach.ORGANISATION] |= found
        found[:] = 0

    def close_organisation(self, organisation: UUID) -> None:
        """Count the venues that were closed since the last one."""
        found = self._open[Reach.ORGANISATION]
        self._count(Reach.ORGANISATION, organisation, found)
        self._open[Reach.CITY] |= found
        found[:] = 0

    def finish(self) -> Iterator[tuple[Reach, Openings]]:
        """Count the city, and give everything that was counted."""
        self._count(Reach.CITY, None, self._open[Reach.CITY] & self._nothing_sure)
        for reach, rows in self._counted.items():
            shape = (len(rows), len(self._codes))
            people = np.array([row[1] for row in rows], dtype=np.int32).reshape(shape)
            weights = np.array([row[2] for row in rows], dtype=np.float64).reshape(shape)
            yield reach, Openings(tuple(row[0] for row in rows), self._codes, people, weights)

    def _count(self, reach: Reach, scope: UUID | None, found: Bits) -> None:
        if not self._codes:
            self._counted[reach].append((scope, np.zeros(0, np.int32), np.zeros(0)))
            return
        # One plane for the people, and one for each binary digit of what they weigh.
        counted = np.bitwise_count(found & self._planes)
        sums: Counted = np.add.reduceat(counted, self._starts, axis=1, dtype=np.int32)
        weights: Weights = _DIGITS @ sums[1:].astype(np.float64)
        self._counted[reach].append((scope, sums[0], weights))


def _planes_of(weights: Weights) -> npt.NDArray[np.uint64]:
    """Return (1 + digits, words): everybody, and those whose weight has each binary digit."""
    finest = np.maximum(1, np.rint(weights / _DIGITS[-1])).astype(np.int64)
    flags = [np.ones_like(finest), *(finest & round(digit / _DIGITS[-1]) for digit in _DIGITS)]
    return np.packbits(np.array(flags) != 0, axis=1, bitorder="little").view(np.uint64)
