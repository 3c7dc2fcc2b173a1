"""What stands between everybody and one role: one answer, one question, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import numpy as np
import numpy.typing as npt

from volunteer.domain.matching_facts import PersonFacts
from volunteer.matching.crowd import WORD, Bits, Crowd, Flags
from volunteer.matching.people import Person
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.tiers import OUT, sort_into_tiers
from volunteer.matching.tongues import Tongues, languages_in_question

_KEPT = 4096
"""So many sets that were worked out are kept, for roles that are alike."""
_KEPT_NEARBY = 64
"""Answers are alike within an organisation, and its roles come together."""
_NOBODY = UUID(int=0)

Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Openings(NamedTuple):
    """Slots, as bits, of the people for whom one role has a single thing in the way."""

    arrange: Bits
    """The answer is no; see :meth:`Obstacles.widened`."""
    tell: Bits
    """The answer is unknown, and all that keeps the role from being sure."""


class _Kept(dict[Key, Kept]):
    """Values that were worked out before; it forgets them all when it holds ``most``."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def get_or_make(self, key: Key, make: Callable[[], Kept]) -> Kept:
        if key not in self:
            if len(self) >= self._most:
                self.clear()
            self[key] = make()
        return self[key]


class Obstacles:
    """Compares each row of a snapshot with a whole crowd."""

    def __init__(self, snapshot: Snapshot, crowd: Crowd) -> None:
        self._snapshot = snapshot
        self._crowd = crowd
        self.languages = languages_in_question(crowd)
        """Codes of the languages that could be arranged."""
        self._asked = np.uint64(sum(1 << bit for bit in crowd.besides))
        self._hours = _possible_hours(snapshot, crowd)
        self._hours_of_slot = crowd.hours_of[crowd.owners]
        self._kept_hours: _Kept[bytes, Bits] = _Kept(_KEPT)
        self._kept_levels: _Kept[bytes, tuple[Bits, Bits]] = _Kept(_KEPT)
        self._kept_tongues: _Kept[int, Tongues] = _Kept(_KEPT)
        self._kept_needs: _Kept[tuple[int, int, int], Openings] = _Kept(_KEPT_NEARBY)

    def sure(self, row: int) -> Bits:
        """Return every slot of those for whom the role in this row is in tier A or B."""
        snapshot, tongues = self._snapshot, self._tongues(row)
        in_the_way = tongues.no | tongues.unknown
        for bit in _bits_of(int(~(snapshot.yes[row] | snapshot.arrangeable[row]) & self._asked)):
            in_the_way |= self._crowd.whole[bit]
        passing, told = self._passing(row)
        return passing & told & ~in_the_way

    def openings(self, row: int) -> Openings:
        """Return for whom the role in this row has a single thing in the way, and which."""
        needs, (passing, told) = self._needs(row), self._passing(row)
        return Openings(
            self.widened(needs.arrange & passing, self._tongues(row).opened_by),
            needs.tell & passing & told,
        )

    def widened(self, slots: Bits, by_language: Bits | None = None) -> Bits:
        """Return a set with the slots that follow from languages repeated, once for each that is in question.

        ``by_language`` (languages, words about languages) says which of them each language is about.
        """
        here = self._crowd.languages
        repeated = np.tile(slots[here], (len(self.languages), 1))
        return np.concatenate(
            [slots[: here.start], (repeated if by_language is None else repeated & by_language).ravel()]
        )

    def _passing(self, row: int) -> tuple[Bits, Bits]:
        """Slots of people whom nothing but a need keeps from it, and of those who told every level."""
        high_enough, told = self._levels(row)
        passing = self._possible(row) & high_enough
        refusing = self._crowd.refused.get(self._snapshot.opportunity_ids[row])
        if refusing is not None:
            words, bits = np.divmod(refusing, WORD)
            np.bitwise_and.at(passing, words, ~(np.uint64(1) << bits.astype(np.uint64)))
        return passing, told

    def _possible(self, row: int) -> Bits:
        """Slots of people who can at these hours, if the role is open; a fresh array each time."""
        packed = self._hours[row]

        def make() -> Bits:
            possible = np.unpackbits(packed, count=len(self._crowd.hours), bitorder="little")
            flags = np.append(possible, np.uint8(0))[self._hours_of_slot]
            return np.packbits(flags, bitorder="little").view(np.uint64)

        return self._kept_hours.get_or_make(packed.tobytes(), make)

    def _levels(self, row: int) -> tuple[Bits, Bits]:
        """Slots of people of whom no level is too low, and of those who told every level it needs."""
        needed = self._snapshot.needed[:, row]

        def make() -> tuple[Bits, Bits]:
            wanted = np.flatnonzero(needed)
            levels = self._crowd.levels[wanted]
            enough: Flags = np.all((levels >= needed[wanted, None]) | (levels < 0), axis=0)
            told: Flags = np.all(levels >= 0, axis=0)
            enough[-1] = told[-1] = False
            return self._crowd.slots_of(enough), self._crowd.slots_of(told)

        return self._kept_levels.get_or_make(needed.tobytes(), make)

    def _tongues(self, row: int) -> Tongues:
        team = int(self._snapshot.team_languages[row])
        return self._kept_tongues.get_or_make(team, lambda: Tongues.of(self._crowd, team, self.languages))

    def _needs(self, row: int) -> Openings:
        snapshot = self._snapshot
        no = int(snapshot.no[row] & self._asked)
        unknown = int(~(snapshot.yes[row] | snapshot.arrangeable[row] | snapshot.no[row]) & self._asked)
        key = (no, unknown, int(snapshot.team_languages[row]))
        return self._kept_needs.get_or_make(key, lambda: self._needs_of(no, unknown, self._tongues(row)))

    def _needs_of(self, no: int, unknown: int, tongues: Tongues) -> Openings:
        """What is in the way by needs alone: is a slot's own answer no or unknown, and is any other?"""
        here = self._crowd.languages
        other_no, other_unknown = self._besides(no, tongues.no), self._besides(unknown, tongues.unknown)
        arrange, tell = self._crowd.about(no), self._crowd.about(unknown)
        arrange[here], tell[here] = tongues.no[here], tongues.unknown[here] & tongues.answerable
        arrange &= ~other_no
        tell &= ~(other_no | other_unknown)
        return Openings(arrange, tell)

    def _besides(self, mask: int, by_languages: Bits) -> Bits:
        """Slots of people who also must have one of these, in a slot about something else."""
        found = by_languages.copy()
        found[self._crowd.languages] = 0
        for bit in _bits_of(mask):
            found |= self._crowd.besides[bit]
        return found


def _bits_of(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _possible_hours(snapshot: Snapshot, crowd: Crowd) -> npt.NDArray[np.uint8]:
    """Return for each row, as bits, at which of the crowd's different hours an open role can happen.

    The rule is the engine's own: who needs nothing and told nothing but their hours is out of a role only for
    its hours, or because it is closed, full or over.
    """
    packed = np.zeros((-(-len(crowd.hours) // 8), len(snapshot)), dtype=np.uint8)
    for index, hours in enumerate(crowd.hours):
        person = Person.of(PersonFacts(candidate_id=_NOBODY, times=hours))
        possible: npt.NDArray[Any] = sort_into_tiers(snapshot, person).tiers != OUT
        packed[index // 8] |= possible.astype(np.uint8) << (index % 8)
    return np.ascontiguousarray(packed.T)
