"""What comes after a yes: they meet or miss each other, the person starts, and one day stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal
from uuid import UUID

from volunteer.domain.events import Event
from volunteer.domain.events.introductions import (
    IntroductionDeclined,
    IntroductionMet,
    IntroductionMissed,
    IntroductionStarted,
    IntroductionStopped,
)
from volunteer.domain.introductions import DeclineReason, Step
from volunteer.services import introductions, remarks, sharing
from volunteer.unit_of_work import UnitOfWork

HowItWent = Literal[Step.MEET, Step.MISS, Step.START, Step.STOP]

_EVENTS: Mapping[HowItWent, Callable[[UUID], Event]] = {
    Step.MEET: IntroductionMet,
    Step.MISS: IntroductionMissed,
    Step.START: IntroductionStarted,
    Step.STOP: IntroductionStopped,
}


def cancel(
    uow: UnitOfWork, organisation_id: UUID, introduction_id: UUID, *, reason: DeclineReason, words: str = ""
) -> None:
    """The organisation takes its yes back, for a reason about its offer. Raises as :func:`tell`.

    ``words`` are read at the desk first.
    """
    introduction = introductions.answerable(uow, organisation_id, introduction_id)
    introductions.take(uow, introduction, Step.CANCEL, IntroductionDeclined(introduction.id))
    introduction.decline_reason = reason
    remarks.write(uow, introduction, words)
    introduction.agreed_at = None
    sharing.end_sharing(uow, introduction)


def tell(uow: UnitOfWork, organisation_id: UUID, introduction_id: UUID, step: HowItWent) -> None:
    """The organisation says how it went. Raises as :func:`introductions.answerable`, and
    :class:`ImpossibleStep` for what cannot happen now.
    """
    introduction = introductions.answerable(uow, organisation_id, introduction_id)
    introductions.take(uow, introduction, step, _EVENTS[step](introduction.id))
    match step:
        case Step.MEET:
            introduction.met_at = uow.now
        case Step.START:
            introduction.met_at, introduction.started_at = introduction.met_at or uow.now, uow.now
        case Step.MISS:
            # They say again when to come: what was agreed before holds no more.
            introduction.answered_at = introduction.reply_sealed = introduction.agreed_at = None
            introduction.nudged_at = None
        case Step.STOP:
            sharing.end_sharing(uow, introduction)
