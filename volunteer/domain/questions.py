"""Questions to organisations: where an answer belongs, how far the asking is, and how often we ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from volunteer.domain.access import FEATURES, is_about_the_venue
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.opportunities import Scope

LEAST_ROUTINE = 2
"""At least so many questions of a mail are asked on nobody's account, so that no other points at somebody."""
MOST_MAILS = 2
BETWEEN_MAILS = timedelta(days=7)
"""An organisation gets at most one mail with questions in this time."""
WAITS_FOR_ANSWER = timedelta(days=21)
"""So long a team sees what it was asked; the links in a mail are good as long."""
BETWEEN_ROUTINE_MAILS = timedelta(days=28)
"""A mail with routine questions alone is rarer."""


class QuestionState(StrEnum):
    """An open question waits for the organisation."""

    OPEN = "open"
    ANSWERED = "answered"
    DROPPED = "dropped"
    """Nobody waited for it, and nobody answered it."""


class Stage(StrEnum):
    """How far the asking is."""

    WAITING = "waiting"
    """For the next mail."""
    MAILED = "mailed"
    TO_CALL = "to_call"
    """The desk calls: the mails were not answered, or there is nobody to write to. A routine question
    stands here when the team does not know either; the desk hears of it once somebody needs it."""
    OVER = "over"


class Step(StrEnum):
    """What can happen to a question."""

    MAIL = "mail"
    LEAVE_TO_DESK = "leave_to_desk"
    ANSWER = "answer"
    DROP = "drop"


_STEPS: Mapping[tuple[Stage, Step], Stage] = {
    (Stage.WAITING, Step.MAIL): Stage.MAILED,
    (Stage.WAITING, Step.LEAVE_TO_DESK): Stage.TO_CALL,
    (Stage.WAITING, Step.ANSWER): Stage.OVER,
    (Stage.WAITING, Step.DROP): Stage.OVER,
    (Stage.MAILED, Step.MAIL): Stage.MAILED,
    (Stage.MAILED, Step.LEAVE_TO_DESK): Stage.TO_CALL,
    (Stage.MAILED, Step.ANSWER): Stage.OVER,
    (Stage.MAILED, Step.DROP): Stage.OVER,
    (Stage.TO_CALL, Step.LEAVE_TO_DESK): Stage.TO_CALL,
    (Stage.TO_CALL, Step.ANSWER): Stage.OVER,
    (Stage.TO_CALL, Step.DROP): Stage.OVER,
}


class Weekly(NamedTuple):
    """When questions go out: from this hour on, on this day of the week (0 is Monday)."""

    day: int
    at: time
    most: int
    """Questions in one mail."""

    def has_come(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether it is the day and the hour of the centre."""
        here = now.astimezone(zone)
        return here.weekday() == self.day and self.is_open(now, zone)

    def is_open(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether it is late enough in the day for what cannot wait a week."""
        return now.astimezone(zone).time() >= self.at


def after(stage: Stage, step: Step) -> Stage:
    """The stage that ``step`` leads to. Raises :class:`ImpossibleStep` when it cannot happen now."""
    try:
        return _STEPS[stage, step]
    except KeyError:
        raise ImpossibleStep("Somebody answered this question already.") from None


def where_it_belongs(code: str, *, opportunity_id: UUID, venue_id: UUID | None) -> tuple[Scope, UUID]:
    """A step at the door is asked once for the venue; what concerns the work, once for the role."""
    if venue_id is not None and is_about_the_venue(code):
        return Scope.VENUE, venue_id
    return Scope.OPPORTUNITY, opportunity_id


def has_expired(today: date, *, asked_on: date, mails: int) -> bool:
    """Whether the desk calls now: three weeks since the newest mail, or a week when no other follows."""
    return today - asked_on >= (BETWEEN_MAILS if mails >= MOST_MAILS else WAITS_FOR_ANSWER)


def is_before_the_team(today: date, *, asked_on: date) -> bool:
    """Whether a team still sees a question: its day alone decides, so that the end tells nothing about it."""
    return today - asked_on < WAITS_FOR_ANSWER


def mixed(
    raised: Sequence[str], routine: Iterable[str], *, most: int, least_routine: int = LEAST_ROUTINE
) -> tuple[list[str], list[str]]:
    """Choose what goes in one mail: of what is needed as much as leaves room, and routine questions.

    Returns both lists; the first is empty when there is too little to mix it with, for then a question
    would point at whoever needs it.
    """
    others = [code for code in dict.fromkeys(routine) if code not in set(raised)]
    wanted = list(raised[: max(0, most - least_routine)])
    along = others[: max(least_routine, min(most - len(wanted), least_routine + 1))]
    if len(along) < least_routine:
        return [], []
    return wanted, along


def in_order_of_the_check(codes: Iterable[str]) -> list[str]:
    """The codes in the order of the vocabulary, which says nothing about who needs what."""
    places = {code: place for place, code in enumerate(FEATURES)}
    return sorted(codes, key=lambda code: places[code])
