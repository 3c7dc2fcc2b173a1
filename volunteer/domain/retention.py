"""How long things are kept, and who asked for what was erased."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from enum import StrEnum

SILENT_MONTHS = 12
"""A file that its person did not open for so long is asked about."""
GRACE_MONTHS = 1
"""Where nobody reacts to that, it is erased after this."""
KEPT_MONTHS = 24
"""What ended, and who read what, is kept for so long after its end."""
FORMER_CONTACTS_LAST = timedelta(days=30)
"""An old address or number is kept no longer than this, also when nobody could be told there."""


class ErasureAsked(StrEnum):
    """Whose wish it was that something goes."""

    CANDIDATE = "candidate"
    DESK = "desk"
    SUPPORT_WORKER = "support"
    """Who began the file together with somebody that has not confirmed it."""
    SILENCE = "silence"
    """Nobody reacted to the question whether the file may stay."""
    RESTORE = "restore"
    """It came back with a back-up, and goes again."""


class Erased(StrEnum):
    """What went."""

    FILE = "file"
    NEEDS = "needs"


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or the last one where a month is shorter."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
