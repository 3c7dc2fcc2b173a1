"""A market: visitors follow a personal route past stands. Its words, and what makes a route a good one.

Time is counted in slots of equal length, numbered from 0. Visitors and stands are numbered by their place in
the lists they are given in: a timetable knows nobody's name. Why it is made as it is:
docs/decisions/0057-a-timetable-fair-first.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import NamedTuple

USUAL_MEETINGS = 4
REWARDS = (27.0, 9.0, 3.0, 1.0)
"""What a first, second, third and further meeting is worth, beside how well the stand fits (0 to 1).

Each is worth more than the next by at least as much as a stand can fit better, so nobody loses a meeting only
because somebody who has more would like the stand better. And a first is worth a second for two others."""


class Window(NamedTuple):
    """When somebody can be met: from slot ``first`` until ``end``, which is excluded."""

    first: int
    end: int


class Fit(IntEnum):
    """Whether a stand has what somebody must have, as the matching engine says it."""

    NO = 0
    ASK = 1
    """Nobody told yet. Unknown is not no: it counts, unless the market wants sure meetings alone."""
    YES = 2


class Visit(NamedTuple):
    """One meeting on a route."""

    slot: int
    """Where it begins."""
    stand: int
    interpreter: str | None = None
    """The language of the interpreter who comes along, ``None`` where they understand one another."""


class Promise(NamedTuple):
    """A visit that somebody was told of, or had: it is kept."""

    visitor: int
    visit: Visit
    slots: int | None = None
    """How many it takes; ``None`` is what their meetings take now."""


@dataclass(frozen=True, slots=True)
class VisitorFacts:
    """Somebody who wants a route."""

    windows: tuple[Window, ...]
    languages: frozenset[str]
    """What they speak well, sign languages included; empty means that nobody asked, and excludes nothing."""
    wanted: int = USUAL_MEETINGS
    slots_each: int = 1
    """2 for who needs more time: every meeting of theirs takes two slots in a row."""


@dataclass(frozen=True, slots=True)
class StandFacts:
    """Somebody to meet."""

    seats: tuple[int, ...]
    """How many people at a time, by slot; 0 where the stand is closed."""
    zone: str
    languages: frozenset[str]
    nobody_new: frozenset[int] = frozenset()
    """Slots in which it keeps who was promised it and takes nobody else, also when a seat comes free."""


@dataclass(frozen=True, slots=True)
class PoolFacts:
    """Interpreters of one language, spoken or signed."""

    language: str
    people: tuple[int, ...]
    """How many are there, by slot."""


@dataclass(frozen=True, slots=True)
class RouteRules:
    """What a route has to leave room for, in slots."""

    walking: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))
    """Slots to leave for the way from one zone to another; 0 where nothing is said. Of both directions the
    slower one counts."""
    longest_wait: int | None = None
    """So many slots at most between two meetings."""
    most_in_a_row: int | None = None
    """After so many busy slots comes one to breathe."""
    sure_only: bool = False
    """Leave out stands of which something must be asked first."""


def walking_slots(minutes: float, *, slot_minutes: int, change_minutes: int) -> int:
    """Return how many slots a way takes, if ``change_minutes`` between two are for walking already."""
    return max(0, math.ceil((minutes - change_minutes) / slot_minutes))


def worth(number_of_meetings: int) -> float:
    """Return what having so many meetings is worth, apart from how well they fit."""
    usual = sum(REWARDS[:number_of_meetings])
    return usual + max(0, number_of_meetings - len(REWARDS)) * REWARDS[-1]


@dataclass(frozen=True, slots=True)
class MarketFacts:
    """All there is to know of a market, but how well each stand would suit."""

    visitors: Sequence[VisitorFacts]
    stands: Sequence[StandFacts]
    fits: Sequence[Sequence[int]]
    """By visitor and stand: numbers of ``Fit``."""
    pools: Sequence[PoolFacts] = ()
    rules: RouteRules = field(default_factory=RouteRules)
    friends: Sequence[tuple[int, int]] = ()
    """Pairs of visitors who would like to be met together."""
    promises: Sequence[Promise] = ()
    now: int = 0
    """The first slot that can still be planned; promises before it are the past."""


class Obstacle(StrEnum):
    """Why somebody has no meeting, or no further one. The first that leaves nothing is the reason."""

    NEEDS = "needs"
    """The stands cannot offer what they must have."""
    LANGUAGE = "language"
    """No common language, and no interpreter comes to the market for one of theirs."""
    MET = "met"
    """Their route has every stand that is left."""
    CLOSED = "closed"
    """Not open while they are there."""
    TIME = "time"
    """Open while they are there, and not for as long as each of their meetings takes."""
    BUSY = "busy"
    """They are at another stand whenever it is open."""
    ROUTE = "route"
    """Walking, the longest wait or the time to breathe leaves no room."""
    FULL = "full"
    """Others have every seat that would suit."""
    INTERPRETER = "interpreter"
    """There are seats, and every interpreter is with others."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why somebody has fewer meetings than they want, with the figures behind it."""

    obstacle: Obstacle | None
    """What left nothing; ``None`` when nothing stands in the way any more, and a new timetable would help."""
    left: Mapping[Obstacle, int]
    """How many stands were left after each obstacle, in order, as far as the one that left none."""


class Absence(StrEnum):
    """Why a stand is on somebody's route, or is not, where no obstacle stands in the way."""

    ON_ROUTE = "on_route"
    ROUTE_COMPLETE = "route_complete"
    """They have as many meetings as they want, and others suit better or left more for everybody."""
    POSSIBLE = "possible"
    """Nothing is in the way: it can be added now."""
