"""Asking how it goes, some time after somebody started: one question to each side, and what it brought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class Moment(StrEnum):
    """When we ask."""

    FOUR_WEEKS = "four_weeks"
    THREE_MONTHS = "three_months"


ASKED_AFTER: Mapping[Moment, timedelta] = {
    Moment.FOUR_WEEKS: timedelta(weeks=4),
    Moment.THREE_MONTHS: timedelta(days=91),
}
"""Counted from the day somebody started."""
ASKED_FOR = timedelta(days=30)
"""So long a question can be answered, and so long after its moment it is still asked."""


class Side(StrEnum):
    """Whom we ask."""

    PERSON = "person"
    ORGANISATION = "organisation"


class Going(StrEnum):
    """How it goes."""

    WELL = "well"
    COULD_BE_BETTER = "could_be_better"
    STOPPED = "stopped"


class Outcome(StrEnum):
    """What it brought a person, by their own account: the four the sector names. Others are not asked."""

    WORK_RHYTHM = "work_rhythm"
    SELF_CONFIDENCE = "self_confidence"
    WORK_EXPERIENCE = "work_experience"
    SOCIAL_CONTACTS = "social_contacts"
