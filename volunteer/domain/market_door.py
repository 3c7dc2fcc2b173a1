"""The door of a market: what can be said of a card there."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from volunteer.domain.errors import InvalidValue
from volunteer.domain.market_days import Rounds

LATER_MINUTES = (15, 30, 60)
"""How much later somebody may be expected, as buttons."""


class DoorStep(StrEnum):
    """What is said of a card at the door."""

    HERE = "here"
    NOT_HERE = "not_here"
    """It was a mistake: they did not come in."""
    LATE = "late"
    ABSENT = "absent"
    LEFT = "left"


class Standing(StrEnum):
    """How a card stands at the door; the last word counts."""

    EXPECTED = "expected"
    LATE = "late"
    HERE = "here"
    ABSENT = "absent"
    LEFT = "left"
    WITHDRAWN = "withdrawn"


GONE = frozenset({Standing.ABSENT, Standing.LEFT, Standing.WITHDRAWN})
"""Nobody is waited for any more."""


def check_late(until: datetime, rounds: Rounds, *, now: datetime) -> None:
    """Raise :class:`InvalidValue` for an hour that is past, or after which no meeting begins."""
    if not now < until < rounds.end:
        raise InvalidValue("Choose an hour from now until the last meeting.", field="late")


def late_choices(rounds: Rounds, *, now: datetime) -> list[int]:
    """Of :data:`LATER_MINUTES`, those after which a meeting can still be held."""
    return [each for each in LATER_MINUTES if now + timedelta(minutes=each) < rounds.end]
