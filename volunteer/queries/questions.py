"""Reads of questions."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from volunteer.domain.questions import QuestionState
from volunteer.models import Question


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
