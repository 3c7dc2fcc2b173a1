"""Everyone who may be matched, turned on its side: one set of people for each question the engine asks.

A *slot* is one must need of one person; all their needs that follow from languages share one. Whatever the
engine wants to know of a role is then a set of slots, held as the bits of 64-bit words, and "exactly one
thing is in the way, and it is this" costs a few operations on a thousand words for everybody at once. Who has
no must need has no slot: nothing an organisation could arrange or tell would open anything to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self
from uuid import UUID

import numpy as np
import numpy.typing as npt

from volunteer.domain.access import OTHER_LANGUAGE, SIGN_LANGUAGE
from volunteer.domain.availability import Availability
from volunteer.domain.matching_facts import PersonFacts
from volunteer.matching.masks import ACCESS_BITS, LANGUAGE_BITS
from volunteer.matching.people import Person

Bits = npt.NDArray[np.uint64]
"""A set of slots, shape (words,)."""
Flags = npt.NDArray[np.bool_]

WORD = 64
_ALL = np.uint64(2**64 - 1)
UNTOLD = -1
LANGUAGES = -1
"""Stands in the place of a bit number for what follows from languages."""
_OTHER, _SIGN = 1 << ACCESS_BITS[OTHER_LANGUAGE], 1 << ACCESS_BITS[SIGN_LANGUAGE]
_NO_TIMES = Availability()


@dataclass(frozen=True, eq=False)
class Crowd:
    """Columns of the P people who have a must need, and one row that stands for nobody, at the end.

    Slots stand together by what they are about, each group filled up to whole words.
    """

    size: int
    """Everyone, with needs or without."""
    groups: tuple[int, ...]
    """The access bit each group of slots is about; the last may be ``LANGUAGES``."""
    starts: npt.NDArray[np.intp]
    """(groups + 1,): the word at which each group begins."""
    owners: npt.NDArray[np.int32]
    """(64 x words,): the person each slot belongs to; empty slots belong to nobody, number P."""
    besides: Mapping[int, Bits]
    """By access bit: slots about something else, of people who must have this as well."""
    whole: Mapping[int, Bits]
    """By access bit: every slot of people who must have this."""
    levels: npt.NDArray[np.int8]
    """(languages, P + 1): level, ``UNTOLD`` where they told none."""
    own: npt.NDArray[np.uint64]
    signed: npt.NDArray[np.uint64]
    """(P + 1,): masks of what they speak well, and of the sign languages they know."""
    needs_other: Flags
    needs_sign: Flags
    hours: tuple[Availability, ...]
    """Every different availability there is among them."""
    hours_of: npt.NDArray[np.int32]
    """(P + 1,): index in ``hours``; nobody has none of them."""
    refused: Mapping[UUID, npt.NDArray[np.intp]]
    """Slots of those who refused a role, by its id."""

    @classmethod
    def of(cls, people: Iterable[PersonFacts]) -> Self:
        """Return these people as columns; an unknown code raises ``KeyError``."""
        everyone = [_Member.of(facts) for facts in people]
        members = [member for member in everyone if member.must]
        groups = _groups(members)
        starts, owners = _slots(members, groups)
        numbered = {each: index for index, each in enumerate(dict.fromkeys(each.hours for each in members))}
        return cls(
            size=len(everyone),
            groups=groups,
            starts=starts,
            owners=owners,
            besides=_of_the_same_people(members, groups, starts, owners, but_their_own=True),
            whole=_of_the_same_people(members, groups, starts, owners, but_their_own=False),
            levels=_levels(members),
            own=np.array([*(member.own for member in members), 0], dtype=np.uint64),
            signed=np.array([*(member.signed for member in members), 0], dtype=np.uint64),
            needs_other=np.array([*(bool(member.must & _OTHER) for member in members), False]),
            needs_sign=np.array([*(bool(member.must & _SIGN) for member in members), False]),
            hours=tuple(numbered),
            hours_of=np.array([*(numbered[member.hours] for member in members), len(numbered)], np.int32),
            refused=_refused(members, owners),
        )

    @cached_property
    def words(self) -> int:
        """How many words a set of slots takes."""
        return int(self.starts[-1])

    @cached_property
    def _bits(self) -> Bits:
        return np.array([0 if bit == LANGUAGES else 1 << bit for bit in self.groups], dtype=np.uint64)

    @cached_property
    def _lengths(self) -> npt.NDArray[np.intp]:
        return np.diff(self.starts)

    def slots_of(self, people: Flags) -> Bits:
        """Return every slot of these people, from flags of shape (P + 1,) whose last is ``False``."""
        return np.packbits(people[self.owners], bitorder="little").view(np.uint64)

    def about(self, mask: int) -> Bits:
        """Return every slot about one of these access codes; ``LANGUAGES`` is about none."""
        chosen: Bits = (self._bits & np.uint64(mask) != 0) * _ALL
        return chosen.repeat(self._lengths)

    @cached_property
    def languages(self) -> slice:
        """The words of the slots that follow from languages; empty when nobody has one."""
        has_some = bool(self.groups) and self.groups[-1] == LANGUAGES
        return slice(int(self.starts[-2]) if has_some else self.words, self.words)


@dataclass(frozen=True, slots=True)
class _Member:
    """What is kept of one person while the columns are made."""

    must: int
    own: int
    signed: int
    levels: Mapping[int, int]
    hours: Availability
    refused: frozenset[UUID]

    @classmethod
    def of(cls, facts: PersonFacts) -> Self:
        # Hours are compared once for each different availability, and nothing else is looked at.
        person = Person.of(
            PersonFacts(candidate_id=facts.candidate_id, needs=facts.needs, languages=facts.languages)
        )
        return cls(
            person.must,
            person.own_languages,
            person.signed_languages,
            person.levels,
            facts.times if facts.times.is_known else _NO_TIMES,
            facts.refused,
        )

    @property
    def about(self) -> list[int]:
        """What this person has a slot for."""
        ordinary = self.must & ~(_OTHER | _SIGN)
        bits = [bit for bit in range(ordinary.bit_length()) if ordinary >> bit & 1]
        return [*bits, LANGUAGES] if ordinary != self.must else bits


def _groups(members: Sequence[_Member]) -> tuple[int, ...]:
    found = {bit for member in members for bit in member.about}
    return (*sorted(found - {LANGUAGES}), *({LANGUAGES} & found))


def _slots(members: Sequence[_Member], groups: tuple[int, ...]) -> tuple[Any, Any]:
    """Return where the groups begin, in words, and whose each slot is."""
    nobody = len(members)
    who: dict[int, list[int]] = {bit: [] for bit in groups}
    for index, member in enumerate(members):
        for bit in member.about:
            who[bit].append(index)
    filled = [indexes + [nobody] * (-len(indexes) % WORD) for indexes in who.values()]
    starts = np.cumsum([0, *(len(indexes) // WORD for indexes in filled)], dtype=np.intp)
    return starts, np.array([index for indexes in filled for index in indexes], dtype=np.int32)


def _of_the_same_people(
    members: Sequence[_Member],
    groups: tuple[int, ...],
    starts: Any,
    owners: npt.NDArray[np.int32],
    *,
    but_their_own: bool,
) -> Mapping[int, Bits]:
    must = np.array([*(member.must for member in members), 0], dtype=np.uint64)
    found = {}
    for number, bit in enumerate(groups):
        if bit != LANGUAGES:
            others = (must >> np.uint64(bit) & np.uint64(1)).astype(np.bool_)[owners]
            if but_their_own:
                others[starts[number] * WORD : starts[number + 1] * WORD] = False
            found[bit] = np.packbits(others, bitorder="little").view(np.uint64)
    return MappingProxyType(found)


def _levels(members: Sequence[_Member]) -> npt.NDArray[np.int8]:
    levels = np.full((len(LANGUAGE_BITS), len(members) + 1), UNTOLD, dtype=np.int8)
    for index, member in enumerate(members):
        for bit, level in member.levels.items():
            levels[bit, index] = level
    return levels


def _refused(members: Sequence[_Member], owners: npt.NDArray[np.int32]) -> Mapping[UUID, Any]:
    order = np.argsort(owners, kind="stable")
    bounds = np.searchsorted(owners[order], np.arange(len(members) + 1))
    found: dict[UUID, list[Any]] = {}
    for index, member in enumerate(members):
        for role in member.refused:
            found.setdefault(role, []).append(order[bounds[index] : bounds[index + 1]])
    return MappingProxyType({role: np.concatenate(slots) for role, slots in found.items()})
