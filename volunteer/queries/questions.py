"""Reads of questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from volunteer.domain.questions import QuestionState
from volunteer.models import Opportunity, Question


def open_questions(
    session: Session, *, organisation_id: UUID | None = None, limit: int = 200
) -> Sequence[Question]:
    """Questions nobody answered yet, oldest first, with their organisation and role."""
    chosen = (
        select(Question)
        .where(Question.state == QuestionState.OPEN)
        .options(joinedload(Question.organisation), joinedload(Question.opportunity))
        .order_by(Question.opened_at, Question.organisation_id, Question.code, Question.id)
        .limit(limit)
    )
    if organisation_id is not None:
        chosen = chosen.where(Question.organisation_id == organisation_id)
    return session.scalars(chosen).all()


def last_asked(session: Session, opportunity: Opportunity, codes: Collection[str]) -> dict[str, Question]:
    """The newest question about each of these features of a role or of its venue, by code."""
    places = [opportunity.id, *([opportunity.venue_id] if opportunity.venue_id else [])]
    asked = session.scalars(select(Question).where(Question.code.in_(codes), Question.scope_id.in_(places)))
    in_order = sorted(asked, key=lambda each: (each.opened_at, each.state == QuestionState.OPEN))
    return {question.code: question for question in in_order}
