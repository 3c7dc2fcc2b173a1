"""Erasing what helps somebody, and whatever else would show it, once they take back their yes to it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete, select

from volunteer.domain.introductions import IntroductionState
from volunteer.models import Candidate, Signal, Suggestion
from volunteer.queries.introductions import introductions_of
from volunteer.services import erasure, introductions, market_forgetting, needs, suggestion_details
from volunteer.unit_of_work import UnitOfWork


def erase(uow: UnitOfWork, candidate: Candidate) -> None:
    """Erase the needs of this person at once, with the reasons of their lists and what they shared of them.

    Whoever still waited for an answer about what they need waits no more: without the need nothing would be
    asked, and the introduction would go out to a door that nobody knows.
    """
    candidate.needs_sealed = needs.seal(uow, {})
    uow.session.flush()  # the file is held before the markets of its person
    market_forgetting.forget_help_of(uow, candidate.id)
    for suggestion in uow.session.scalars(select(Suggestion).where(Suggestion.candidate_id == candidate.id)):
        suggestion_details.forget_needs(uow, suggestion)
    uow.session.execute(delete(Signal).where(Signal.candidate_id == candidate.id))
    for introduction in introductions_of(uow.session, candidate.id):
        if introduction.state == IntroductionState.ASKING:
            introductions.withdraw(uow, candidate, introduction.id)
        choice = introductions.choice_of(uow, introduction)
        if choice.needs:
            introductions.change_choice(uow, introduction, replace(choice, needs=frozenset()))
    erasure.mark_needs_erased(uow, candidate.id)
