"""What the board in the hall says at one moment: how far the day is, and where there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from volunteer.domain.market_days import Rounds


class Phase(StrEnum):
    """What people in the hall do now."""

    BEFORE = "before"
    """The first round is still to come."""
    ROUND = "round"
    WALK = "walk"
    """Between two rounds."""
    BREAK = "break"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Moment:
    """How far the rounds are."""

    phase: Phase
    number: int
    """The round that is on, or the one that comes; after the last one, how many there were."""
    next_at: datetime | None
    """When the next round begins; ``None`` when none comes."""


@dataclass(frozen=True, slots=True)
class OpenStand:
    """One stand in a zone, by what counts here."""

    letter: str
    """Of its zone."""
    seats: int
    closed: frozenset[int] = frozenset()
    taken: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    """How many people are with it, by round."""

    def free(self, number: int) -> int | None:
        """Seats left in a round; ``None`` when nobody is there."""
        return None if number in self.closed else max(0, self.seats - self.taken.get(number, 0))


@dataclass(frozen=True, slots=True)
class Room:
    """A zone in one round."""

    letter: str
    free: int | None
    """Seats left in all its stands; ``None`` when all of them are closed."""
    free_from: int | None
    """Where none is left: the first later round in which one is."""


def moment_of(rounds: Rounds, now: datetime) -> Moment:
    """Return how far the rounds are at this moment."""
    coming = rounds.next_after(now)
    next_at = rounds.starts(coming) if coming < rounds.count else None
    number = rounds.at(now)
    if number is not None:
        # Exactly at its start a round is on and also the first that begins now or later.
        later = number + 1
        return Moment(Phase.ROUND, number, rounds.starts(later) if later < rounds.count else None)
    if next_at is None:
        return Moment(Phase.OVER, rounds.count, None)
    if coming == 0:
        return Moment(Phase.BEFORE, 0, next_at)
    return Moment(Phase.BREAK if coming - 1 in rounds.breaks else Phase.WALK, coming, next_at)


def rooms(
    letters: Sequence[str], stands: Sequence[OpenStand], *, number: int, count: int
) -> tuple[Room, ...]:
    """Return each zone in this round of so many, in the order of ``letters``."""
    found = []
    for letter in letters:
        own = [stand for stand in stands if stand.letter == letter]
        free = _free(own, number)
        later = range(number + 1, count if not free else number)
        found.append(Room(letter, free, next((each for each in later if _free(own, each)), None)))
    return tuple(found)


def _free(stands: Sequence[OpenStand], number: int) -> int | None:
    left = [free for stand in stands if (free := stand.free(number)) is not None]
    return sum(left) if left else None
