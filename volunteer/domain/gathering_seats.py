"""Seats of a gathering and the line that waits for them.

The rule, in words: who comes first sits first, by number. A seat that comes free is *offered* to the first
in the line, who presses a button before a deadline; without that it goes to the next. A group needs seats for
all of it at once: it is passed over as long as it does not fit, keeps its place, and is passed over for no
other reason. Whoever signs up takes a free seat only when nobody who fits is waiting for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from volunteer.domain.errors import ConsentMissing, InvalidValue

OFFER_LASTS = timedelta(days=2)
"""So long a seat is kept for whoever can press a button."""
OFFER_LASTS_BY_HAND = timedelta(days=4)
"""So long for whom the desk calls or writes a letter to."""
SHORTEST_OFFER = timedelta(hours=2)
LAST_CALL = timedelta(hours=3)
"""From so long before the start on nothing is offered: who is at the door sits down."""
NIGHT_FROM, NIGHT_UNTIL = time(21), time(8)
"""An offer made between these counts from the end: nobody has to look at a phone at night."""
MOST_IN_A_GROUP = 60


class SeatState(StrEnum):
    """Where a party stands."""

    IN = "in"
    OFFERED = "offered"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """They were offered a seat and did not say that they come."""


LIVE = frozenset({SeatState.IN, SeatState.OFFERED, SeatState.WAITING})
"""They come, or would like to."""
TAKING = frozenset({SeatState.IN, SeatState.OFFERED})
"""Their seats are nobody else's."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One party in the line: its number, and how many seats it needs."""

    number: int
    size: int


def to_offer(line: Iterable[Waiting], *, free: int) -> list[int]:
    """The numbers of those who are offered a seat now, in their order."""
    chosen: list[int] = []
    for each in sorted(line, key=lambda waiting: waiting.number):
        if each.size <= free:
            chosen.append(each.number)
            free -= each.size
    return chosen


def has_seat(size: int, line: Iterable[Waiting], *, free: int) -> bool:
    """Whether a newcomer of this size sits down at once: there is room, and nobody who waits fits in it."""
    return size <= free and not to_offer(line, free=free)


def offered_until(now: datetime, starts_at: datetime, zone: ZoneInfo, *, by_hand: bool) -> datetime | None:
    """Until when a seat that comes free now is kept for the next one; ``None`` when it is too late for that.

    Shorter when the start is near, and never past ``LAST_CALL`` before it.
    """
    begins = _awake(now, zone)
    until = min(begins + (OFFER_LASTS_BY_HAND if by_hand else OFFER_LASTS), starts_at - LAST_CALL)
    return until if until - begins >= SHORTEST_OFFER else None


def check_yes(*, agrees: bool) -> None:
    """Raise :class:`ConsentMissing` without a visitor's yes to our keeping who they are."""
    if not agrees:
        raise ConsentMissing("We need your yes to keep your name and how to reach you.", field="agrees")


def check_yes_to_help(help_codes: Collection[str], *, agrees: bool) -> None:
    """Raise the same without a yes of its own to our keeping what would help."""
    if help_codes and not agrees:
        raise ConsentMissing("We need your yes before we keep what helps you.", field="agrees_to_help")


def check_size(size: int, companions: int = 0, *, seats: int) -> None:
    """Raise :class:`InvalidValue` for a group that is none, or is larger than the room ever was."""
    most = min(seats, MOST_IN_A_GROUP)
    if not 1 <= size <= most:
        raise InvalidValue("Give a number from 1 to %(most)d.", field="size", values={"most": most})
    if not 0 <= companions < size:
        raise InvalidValue("Count those who come along in the whole group too.", field="companions")


def _awake(now: datetime, zone: ZoneInfo) -> datetime:
    here = now.astimezone(zone)
    if NIGHT_UNTIL <= here.time() < NIGHT_FROM:
        return now
    day = here.date() + timedelta(days=1 if here.time() >= NIGHT_FROM else 0)
    return datetime.combine(day, NIGHT_UNTIL, tzinfo=zone).astimezone(now.tzinfo)
