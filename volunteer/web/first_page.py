"""What whoever holds a card may see without being known: how far things are, in words that reveal no need."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.introductions import IntroductionState
from volunteer.models import Candidate, Introduction
from volunteer.queries.introductions import introductions_of
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.own_introductions import DEFAULT_PICTURE, State, look_of
from volunteer.web.role_words import role_words


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
    words = role_words(opportunity)
    return Step(
        task_code=next(iter(opportunity.tasks), DEFAULT_PICTURE),
        title=words.title,
        language=words.language,
        organisation=opportunity.organisation.name,
        state=_look(IntroductionState(introduction.state)),
    )


def _look(state: IntroductionState) -> State:
    """Asking first looks like having sent, and what fell through like not now: both may speak of a need."""
    said = {
        IntroductionState.ASKING: IntroductionState.SENT,
        IntroductionState.FELL_THROUGH: IntroductionState.DECLINED,
    }
    return look_of(said.get(state, state))
