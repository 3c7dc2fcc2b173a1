"""Incidents: from "something is not right" to what was done, as a state machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import ImpossibleStep, InvalidValue

LONGEST_STORY = 1500
LONGEST_PLACE = 200
LONGEST_DONE = 300
LOOKED_AT_WITHIN = timedelta(days=3)
URGENT_WITHIN = timedelta(days=1)
KEPT = timedelta(days=730)
"""After it was closed: as long as introductions."""


class IncidentState(StrEnum):
    """Where it stands; nothing is dropped in silence."""

    NEW = "new"
    LOOKING = "looking"
    CLOSED = "closed"


class IncidentStep(StrEnum):
    """What a desk worker can do with it."""

    TAKE = "take"
    CLOSE = "close"


class SaidAs(StrEnum):
    """In which role somebody says it."""

    CANDIDATE = "candidate"
    ORGANISATION = "organisation"
    SUPPORT_WORKER = "support_worker"
    DESK = "desk"
    VISITOR = "visitor"


class Outcome(StrEnum):
    """What was done; said to the reporter in their own language."""

    TALKED = "talked"
    CHANGED = "changed"
    SUSPENDED = "suspended"
    MENDED = "mended"
    PASSED_ON = "passed_on"
    NOTHING_FOUND = "nothing_found"


_STEPS: Mapping[tuple[IncidentState, IncidentStep], IncidentState] = {
    (IncidentState.NEW, IncidentStep.TAKE): IncidentState.LOOKING,
    (IncidentState.LOOKING, IncidentStep.TAKE): IncidentState.LOOKING,
    (IncidentState.NEW, IncidentStep.CLOSE): IncidentState.CLOSED,
    (IncidentState.LOOKING, IncidentStep.CLOSE): IncidentState.CLOSED,
}


def after(state: IncidentState, step: IncidentStep) -> IncidentState:
    """The state that ``step`` leads to. Raises :class:`ImpossibleStep` when it cannot happen now."""
    try:
        return _STEPS[state, step]
    except KeyError:
        raise ImpossibleStep("A colleague closed this already.") from None


def clean_story(text: str) -> str:
    """What happened, trimmed. Raises :class:`InvalidValue` when there is none, or as ``clean_words`` does."""
    story = clean_words(text, longest=LONGEST_STORY, field="story")
    if not story:
        raise InvalidValue("Tell us in a few words what happened.", field="story")
    return story


def looked_at_within(*, urgent: bool) -> timedelta:
    """How soon it is looked at."""
    return URGENT_WITHIN if urgent else LOOKED_AT_WITHIN
