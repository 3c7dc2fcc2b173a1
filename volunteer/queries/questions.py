"""Reads of questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from volunteer.domain.questions import QuestionState, Stage
from volunteer.models import Opportunity, Question


def open_questions(
    session: Session, *, organisation_id: UUID | None = None, limit: int = 200
) -> Sequence[Question]:
    """Questions somebody waits for and nobody answered yet, with their organisation and role.

    Those that the mails did not get an answer to come first, then the oldest.
    """
    chosen = (
        select(Question)
        .where(Question.state == QuestionState.OPEN, Question.is_routine.is_(False))
        .options(joinedload(Question.organisation), joinedload(Question.opportunity))
        .order_by(
            Question.stage != Stage.TO_CALL,
            Question.opened_at,
            Question.organisation_id,
            Question.code,
            Question.id,
        )
        .limit(limit)
    )
    if organisation_id is not None:
        chosen = chosen.where(Question.organisation_id == organisation_id)
    return session.scalars(chosen).all()


def asked_questions(session: Session, organisation_id: UUID) -> Sequence[Question]:
    """What this organisation was asked by mail and has not answered: routine ones stand among the others."""
    return session.scalars(
        select(Question)
        .where(
            Question.organisation_id == organisation_id,
            Question.state == QuestionState.OPEN,
            Question.asked_on.is_not(None),
        )
        .options(joinedload(Question.opportunity))
        .order_by(Question.code, Question.id)
    ).all()


def last_asked(session: Session, opportunity: Opportunity, codes: Collection[str]) -> dict[str, Question]:
    """The newest question about each of these features of a role or of its venue, by code."""
    places = [opportunity.id, *([opportunity.venue_id] if opportunity.venue_id else [])]
    asked = session.scalars(
        select(Question).where(
            Question.code.in_(codes),
            Question.scope_id.in_(places),
            Question.state != QuestionState.DROPPED,
        )
    )
    in_order = sorted(asked, key=lambda each: (each.opened_at, each.state == QuestionState.OPEN))
    return {question.code: question for question in in_order}
