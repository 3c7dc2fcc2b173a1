"""The day of a market: how far it is, its rounds in time, its zones, and how far stands and visitors are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType


class MarketState(StrEnum):
    """How far it is; one is over when its end is past."""

    DRAFT = "draft"
    OPEN = "open"
    """Everybody may read it; stands apply and visitors register."""
    CANCELLED = "cancelled"


class StandState(StrEnum):
    """How far a stand is."""

    APPLIED = "applied"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class VisitorKind(StrEnum):
    """How somebody comes to a market."""

    CANDIDATE = "candidate"
    """With a file."""
    VISITOR = "visitor"
    """Without one: a first name, and one way to reach them if they like."""
    MEMBER = "member"
    """One of a group; nobody asks for a name."""


class VisitorState(StrEnum):
    """Whether they still come."""

    REGISTERED = "registered"
    WITHDRAWN = "withdrawn"


class HelperRole(StrEnum):
    """Who does something on the day, beside the hosts of the stands."""

    ORGANISER = "organiser"
    CHECK_IN = "check_in"
    INTERPRETER = "interpreter"


class TimetableState(StrEnum):
    """How far a timetable is."""

    WAITING = "waiting"
    SOLVING = "solving"
    READY = "ready"
    """To be compared with others, and published."""
    FAILED = "failed"
    PUBLISHED = "published"
    REPLACED = "replaced"
    """Published once; another came after it."""


class VisitState(StrEnum):
    """What became of one meeting of a published timetable."""

    PLANNED = "planned"
    MET = "met"
    MISSED = "missed"
    """They did not come."""
    DROPPED = "dropped"
    """Taken off a route by a later timetable, or by who withdrew."""


STANDING = (VisitState.PLANNED, VisitState.MET)
"""What takes a seat at a stand."""


class Share(StrEnum):
    """What a visitor lets a stand read, beside a first name and languages."""

    TASKS = "tasks"
    """What they like to do."""


MOST_ROUNDS = 40
SHAPES = ("circle", "square", "triangle", "diamond", "hexagon", "arch")
"""How a zone is drawn beside its letter and its colour, in the order of the zones, then from the start."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds of a market, numbered from 0, with time to walk between them, and breaks.

    Every visit is written with these numbers. A solver has a closed slot for every break, so that nobody's
    meeting of two rounds lies across one: ``slot_of`` and ``round_of`` go from one number to the other.
    """

    first: datetime
    """When the first begins; UTC."""
    count: int
    minutes: int
    """How long a meeting is."""
    change_minutes: int
    """Between the end of one and the start of the next."""
    breaks: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    """After which round comes a break of how many minutes, the time to walk not counted."""

    def starts(self, number: int) -> datetime:
        """When this round begins."""
        pauses = sum(minutes for after, minutes in self.breaks.items() if after < number)
        return self.first + timedelta(minutes=number * (self.minutes + self.change_minutes) + pauses)

    def ends(self, number: int) -> datetime:
        """When this round ends."""
        return self.starts(number) + timedelta(minutes=self.minutes)

    @property
    def end(self) -> datetime:
        """When the last round ends."""
        return self.ends(self.count - 1)

    def at(self, moment: datetime) -> int | None:
        """The round that is on; ``None`` while people walk or rest, and outside the market."""
        for number in range(self.count):
            if self.starts(number) <= moment < self.ends(number):
                return number
        return None

    def next_after(self, moment: datetime) -> int:
        """The first round that begins at this moment or later; ``count`` when there is none."""
        return next((number for number in range(self.count) if self.starts(number) >= moment), self.count)

    def nearest(self, moment: datetime) -> int:
        """The round that is on, else the next to begin; the last one once all are over."""
        on = self.at(moment)
        return min(self.next_after(moment), self.count - 1) if on is None else on

    def slot_of(self, number: int) -> int:
        """The slot of a round among all slots, those of breaks counted."""
        return number + sum(1 for after in self.breaks if after < number)

    def round_of(self, slot: int) -> int | None:
        """The round of a slot; ``None`` for the slot of a break. Raises :class:`IndexError` outside."""
        return self.slots[slot]

    @property
    def slots(self) -> tuple[int | None, ...]:
        """Every slot in order: the number of its round, or ``None`` for a break."""
        found: list[int | None] = []
        for number in range(self.count):
            found.append(number)
            if number in self.breaks and number < self.count - 1:
                found.append(None)
        return tuple(found)
