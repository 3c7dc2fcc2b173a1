"""Several times that an organisation proposes at once, and what becomes of them: the person takes one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from volunteer.domain import appointments
from volunteer.domain.errors import ImpossibleStep, InvalidValue

FEWEST, MOST = 2, 3
"""One time is an appointment and no choice; more than three are a calendar, and hard to read aloud."""
REMINDED_AFTER = timedelta(days=2)
"""So long a person may think before we ask once more."""
BEFORE_THE_LAST = timedelta(days=1)
"""Where the last time comes sooner than that, we ask once more this long before it."""
THINKING = timedelta(hours=4)
"""Nobody is reminded sooner than this of what they just heard."""


def check(times: Sequence[datetime], *, now: datetime) -> list[datetime]:
    """The times to choose from, the first one first. Raises :class:`InvalidValue` for too few or too many,
    the same one twice, and as :func:`appointments.check`; its field is that of the row it is about.
    """
    if not FEWEST <= len(times) <= MOST:
        raise InvalidValue("Propose two or three times.", field=field_of(min(len(times), FEWEST - 1)))
    seen: set[datetime] = set()
    for row, moment in enumerate(times):
        appointments.check(moment, now=now, field=field_of(row))
        if moment in seen:
            raise InvalidValue("This is the same time twice.", field=field_of(row))
        seen.add(moment)
    return sorted(times)


def check_yes(agreed: datetime | None, *, stands: bool) -> None:
    """Where times stand to choose from, another yes names the moment that takes their place. Raises
    :class:`InvalidValue`.
    """
    if stands and agreed is None:
        raise InvalidValue(
            "You proposed times already. Give the day and the hour that count now.", field=field_of(0)
        )


def field_of(row: int) -> str:
    """What the day of this row (counted from 0) is called in a form."""
    return "agreed_day" if row == 0 else f"agreed_day_{row + 1}"


def still_open(times: Iterable[datetime], *, now: datetime) -> list[datetime]:
    """Those that are to come."""
    return [moment for moment in times if moment > now]


def chosen(times: Iterable[datetime], moment: datetime, *, now: datetime) -> datetime:
    """The time that was chosen. Raises :class:`ImpossibleStep` when it is past, or is not proposed."""
    if moment not in set(times):
        raise ImpossibleStep("This time is not proposed any more. Look at what stands there now.")
    if moment <= now:
        raise ImpossibleStep("This time is past. Choose another one.")
    return moment


def reminder_due(times: Sequence[datetime], *, proposed_at: datetime) -> datetime | None:
    """When a person who has not chosen is reminded, once; ``None`` where there is no time for it.

    Always after ``THINKING``, and before the last of the ``times``.
    """
    last = max(times)
    due = min(proposed_at + REMINDED_AFTER, last - BEFORE_THE_LAST)
    due = max(due, proposed_at + THINKING)
    return due if due < last else None
