"""Blank cards for a group: how many, for how long, and what stands on them.

A card opens nothing of anybody: with it somebody begins a file of their own, and at the end may allow the
support worker something. A group has a few cards at least: how many were used would say of one card who did.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum

from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import InvalidValue

FEWEST, MOST = 5, 96
"""Cards of one group; the most are twelve sheets."""
LASTING_DAYS = (14, 30, 60, 90)
"""So many days the cards may work; a course of three months is the longest."""
USUAL_DAYS = 60
KEPT = timedelta(days=30)
"""So long the counts of a group that is over can still be read; then all of it is erased."""
LONGEST_NAME = 60
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Those of Crockford's base 32: none that looks like another one."""
CODE_LENGTH = 12
"""60 random bits: nobody guesses one at sixty a minute, and a person can still type it."""
_PART = 4
_SIGNS_BETWEEN = re.compile(r"[\s-]+")
_LOOKS_LIKE = str.maketrans("OIL", "011")


class GroupState(StrEnum):
    """How a group stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    OVER = "over"


def state_of(*, stopped_at: datetime | None, expires_at: datetime, now: datetime) -> GroupState:
    """How a group stands at this moment; only while it is running do its cards work."""
    if stopped_at is not None:
        return GroupState.STOPPED
    return GroupState.RUNNING if now < expires_at else GroupState.OVER


def clean_group_name(text: str) -> str:
    """What a support worker calls their group. Raises :class:`InvalidValue`, also for a national number."""
    name = clean_words(text, longest=LONGEST_NAME, field="name")
    if not name:
        raise InvalidValue("Give the group a name that you know it by.", field="name")
    return " ".join(name.split())


def parse_count(text: str, *, there: int = 0) -> int:
    """How many cards to make, beside those that are ``there``. Raises :class:`InvalidValue`."""
    fewest, most = (1, MOST - there) if there else (FEWEST, MOST)
    if most < 1:
        raise InvalidValue("A group has %(most)d cards at most.", field="count", values={"most": MOST})
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) else 0
    if not fewest <= number <= most:
        raise InvalidValue(
            "Choose a number from %(fewest)d to %(most)d.",
            field="count",
            values={"fewest": fewest, "most": most},
        )
    return number


def parse_days(text: str) -> int:
    """How many days the cards work. Raises :class:`InvalidValue`."""
    if text not in {str(each) for each in LASTING_DAYS}:
        raise InvalidValue("Choose how long the cards work.", field="days")
    return int(text)


def clean_code(text: str) -> str | None:
    """The code as it is kept, from a whole address or as somebody typed it; ``None`` where it is none."""
    last = text.strip().rstrip("/").rpartition("/")[2]
    code = _SIGNS_BETWEEN.sub("", last).upper().translate(_LOOKS_LIKE)
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else None


def spoken_code(code: str) -> str:
    """The code as it is printed, in parts of four."""
    return "-".join(code[start : start + _PART] for start in range(0, len(code), _PART))
