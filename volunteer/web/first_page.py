"""What whoever holds a card may see without being known: how far things are, in words that reveal no need."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.introductions import IntroductionState
from volunteer.models import Candidate, Introduction
from volunteer.queries.introductions import introductions_of
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _

_DEFAULT_PICTURE = "t.welcome"


@dataclass(frozen=True, slots=True)
class State:
    """Where an introduction stands: the name of its look, and words."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One introduction, without what was shared, asked or answered."""

    task_code: str
    title: str
    language: str | None
    """Of the title, where it is not the reader's."""
    organisation: str
    state: State


def steps(uow: UnitOfWork, candidate: Candidate) -> list[Step]:
    """Everything this person asked for, the newest first."""
    return [_step(each) for each in introductions_of(uow.session, candidate.id)]


def _step(introduction: Introduction) -> Step:
    opportunity = introduction.opportunity
    return Step(
        task_code=next(iter(opportunity.tasks), _DEFAULT_PICTURE),
        title=opportunity.title,
        language=opportunity.language if opportunity.language != current_language() else None,
        organisation=opportunity.organisation.name,
        state=_state(IntroductionState(introduction.state)),
    )


def _state(state: IntroductionState) -> State:
    """Asking first looks like having sent, and what fell through like not now: both may speak of a need."""
    if state is IntroductionState.ACCEPTED:
        return State("started", _("They say yes"))
    if state is IntroductionState.WITHDRAWN:
        return State("withdrawn", _("You stopped this"))
    if state in {IntroductionState.DECLINED, IntroductionState.FELL_THROUGH}:
        return State("declined", _("Not now"))
    return State("asked", _("Asked"))
