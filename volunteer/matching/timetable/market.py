"""A market as arrays: P visitors, J stands, S slots, Z zones, L languages with interpreters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from volunteer.domain.markets import (
    Fit,
    MarketFacts,
    PoolFacts,
    Promise,
    RouteRules,
    StandFacts,
    VisitorFacts,
)

Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.intp]
Values = npt.NDArray[np.float32]

NEVER = np.float32(-np.inf)
"""The value of what cannot be."""


@dataclass(frozen=True, eq=False)
class Market:
    """Everything a timetable follows from. Nothing in here changes."""

    there: Flags
    """(P, S): this visitor can be met then, as far as their windows go."""
    begins: Flags
    """(P, S): the same, for as long as a meeting of theirs takes."""
    wanted: Counts
    """(P,): meetings."""
    lengths: Counts
    """(P,): slots for each meeting, 1 or 2."""
    fits: Flags
    """(P, J): what they must have is there, or is asked."""
    direct: Flags
    """(P, J): they have a language in common, or nobody knows."""
    speaks: Flags
    """(P, L): an interpreter of this language helps."""
    value: Values
    """(P, J): how well they fit, 0 to 1; ``NEVER`` where they do not or cannot speak to one another."""
    seats: Counts
    """(S, J)."""
    nobody_new: Flags
    """(S, J): seats of promises alone; one that comes free stays free."""
    pools: Counts
    """(L, S): interpreters."""
    pool_languages: tuple[str, ...]
    zones: Numbers
    """(J,)."""
    walking: Counts
    """(Z, Z): slots to leave between."""
    longest_wait: int | None
    most_in_a_row: int | None
    friends: tuple[tuple[int, int], ...]
    """Pairs who would like to be met together."""
    promises: tuple[Promise, ...]
    now: int
    """The first slot that can still be planned; promises before it are the past."""

    @classmethod
    def of(cls, facts: MarketFacts, value: npt.ArrayLike) -> Self:
        """Make the arrays; ``value`` (P, J) is what the engine says of each pair, 0 to 1."""
        visitors, stands, pools = facts.visitors, facts.stands, facts.pools
        slots = len(stands[0].seats) if stands else 0
        fits: npt.NDArray[np.int8] = np.asarray(facts.fits, np.int8).reshape(len(visitors), len(stands))
        suits: Flags = np.greater_equal(fits, Fit.YES if facts.rules.sure_only else Fit.ASK)
        pool_languages, people = _interpreters(pools, slots)
        direct, speaks = _languages(visitors, stands, pool_languages)
        reachable = direct | (speaks @ _some(people))[:, None]
        names = sorted({stand.zone for stand in stands})
        number = {name: index for index, name in enumerate(names)}
        values: Values = np.asarray(value, np.float32).reshape(fits.shape)
        there = _there(visitors, slots, facts.now)
        return cls(
            there=there,
            begins=_begins(there, visitors),
            wanted=np.array([visitor.wanted for visitor in visitors], np.int32),
            lengths=np.array([visitor.slots_each for visitor in visitors], np.int32),
            fits=suits,
            direct=direct,
            speaks=speaks,
            value=np.where(suits & reachable, values, NEVER),
            seats=np.array([stand.seats for stand in stands], np.int32).reshape(len(stands), slots).T.copy(),
            nobody_new=_nobody_new(stands, slots),
            pools=people,
            pool_languages=pool_languages,
            zones=np.array([number[stand.zone] for stand in stands], np.intp),
            walking=_walking(names, facts.rules),
            longest_wait=facts.rules.longest_wait,
            most_in_a_row=facts.rules.most_in_a_row,
            friends=tuple(facts.friends),
            promises=tuple(facts.promises),
            now=facts.now,
        )

    @cached_property
    def preference(self) -> Numbers:
        """(P, J): the stands of each visitor, best first."""
        return np.argsort(-self.value, axis=1, kind="stable")

    @property
    def slots(self) -> int:
        """S."""
        return len(self.seats)


def _there(visitors: Sequence[VisitorFacts], slots: int, now: int) -> Flags:
    there = np.zeros((len(visitors), slots), np.bool_)
    for index, visitor in enumerate(visitors):
        for window in visitor.windows:
            there[index, max(window.first, now) : min(max(window.end, 0), slots)] = True
    return there


def _nobody_new(stands: Sequence[StandFacts], slots: int) -> Flags:
    cells = [[slot in stand.nobody_new for stand in stands] for slot in range(slots)]
    return np.array(cells, np.bool_).reshape(slots, len(stands))


def _begins(there: Flags, visitors: Sequence[VisitorFacts]) -> Flags:
    long = np.array([visitor.slots_each > 1 for visitor in visitors], np.bool_)
    goes_on = np.zeros_like(there)
    goes_on[:, :-1] = there[:, 1:]
    begins: Flags = there & (goes_on | ~long[:, None])
    return begins


def _interpreters(pools: Sequence[PoolFacts], slots: int) -> tuple[tuple[str, ...], Counts]:
    """Return their languages, each once, and how many there are in all (L, S)."""
    languages = tuple(dict.fromkeys(pool.language for pool in pools))
    people = np.array([pool.people[:slots] for pool in pools], np.int32).reshape(len(pools), slots)
    table = np.zeros((len(languages), slots), np.int32)
    np.add.at(table, [languages.index(pool.language) for pool in pools], people)
    return languages, table


def _languages(
    visitors: Sequence[VisitorFacts], stands: Sequence[StandFacts], pool_languages: Sequence[str]
) -> tuple[Flags, Flags]:
    spoken, understood = [each.languages for each in visitors], [each.languages for each in stands]
    every = sorted(frozenset().union(*spoken, *understood))
    ours, theirs = _table(spoken, every), _table(understood, every)
    unknown = np.logical_or.outer(~_some(ours), ~_some(theirs))
    in_common = ours.astype(np.float32) @ theirs.T.astype(np.float32)
    direct: Flags = unknown | (in_common > 0)
    return direct, _table(spoken, pool_languages)


def _some(table: Flags | Counts) -> Flags:
    some: Flags = np.logical_or.reduce(table, axis=1)
    return some


def _table(sets: Sequence[frozenset[str]], words: Sequence[str]) -> Flags:
    cells = [[word in each for word in words] for each in sets]
    return np.array(cells, np.bool_).reshape(len(sets), len(words))


def _walking(names: Sequence[str], rules: RouteRules) -> Counts:
    """Both ways alike: the slower one counts."""
    given = [[rules.walking.get((start, end), 0) for end in names] for start in names]
    table = np.array(given, np.int32).reshape(len(names), len(names))
    np.fill_diagonal(table, 0)
    return np.maximum(table, table.T)
