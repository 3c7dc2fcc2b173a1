"""An agreed moment: when it may be, and what a calendar knows of it (RFC 5545 and 5546)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from volunteer.domain.errors import InvalidValue

LATEST = timedelta(days=365)
TOLD_JUST_NOW = timedelta(hours=12)
"""Who heard of it so shortly ago needs no reminder yet."""


class Method(StrEnum):
    """What a calendar file asks a calendar to do."""

    PUBLISH = "PUBLISH"
    """Write it down, or change it: not REQUEST, which would name an address of whoever is to come."""
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """What goes in a calendar: who meets, for which role, where. No needs, no contact."""

    id: UUID
    """The same for every change."""
    sequence: int
    """Grows with every change."""
    method: Method
    starts_at: datetime | None
    """Not needed to cancel."""
    made_at: datetime
    title: str
    place: str = ""
    ends_at: datetime | None = None
    """Where nobody said, it is an hour."""
    link: str = ""
    """A page that everybody may read; never the link of a person."""
    about: str = ""
    """More lines, such as whom somebody meets at what time."""


def check(moment: datetime, *, now: datetime, field: str = "agreed_day") -> datetime:
    """The moment, if somebody can still come. Raises :class:`InvalidValue` about this ``field``."""
    if moment <= now:
        raise InvalidValue("Choose a day and an hour that are to come.", field=field)
    if moment > now + LATEST:
        raise InvalidValue("Choose a day within a year.", field=field)
    return moment
