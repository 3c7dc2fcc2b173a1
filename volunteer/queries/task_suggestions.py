"""Reads of tasks suggested for roles."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, exists, select
from sqlalchemy.orm import Session, contains_eager

from volunteer.domain.opportunities import OpportunityState
from volunteer.models import Opportunity, TaskSuggestion

_WITHOUT_TASKS = cast(Opportunity.tasks, String) == "[]"


def _unread() -> ColumnElement[bool]:
    """Open, without tasks, and not read since its words last changed."""
    read = exists().where(
        TaskSuggestion.opportunity_id == Opportunity.id, TaskSuggestion.made_at >= Opportunity.updated_at
    )
    return (Opportunity.state == OpportunityState.OPEN) & _WITHOUT_TASKS & ~read


def has_unread_roles(session: Session) -> bool:
    """Whether there is an open role without tasks whose text nobody has read."""
    return session.scalar(select(Opportunity.id).where(_unread()).limit(1)) is not None


def unread_roles(session: Session) -> Sequence[Opportunity]:
    """Open roles without tasks whose text nobody has read."""
    return session.scalars(
        select(Opportunity).where(_unread()).order_by(Opportunity.created_at, Opportunity.id)
    ).all()


def roles_with_tasks(session: Session, *, limit: int) -> Sequence[Opportunity]:
    """The newest roles whose organisation chose tasks, whatever their state."""
    return session.scalars(
        select(Opportunity)
        .where(~_WITHOUT_TASKS)
        .order_by(Opportunity.created_at.desc(), Opportunity.id)
        .limit(limit)
    ).all()


def suggested_tasks(session: Session, opportunity_id: UUID) -> Sequence[TaskSuggestion]:
    """Everything that was ever suggested for this role."""
    return session.scalars(
        select(TaskSuggestion).where(TaskSuggestion.opportunity_id == opportunity_id)
    ).all()


def unanswered_suggestions(session: Session, organisation_id: UUID) -> Sequence[TaskSuggestion]:
    """Tasks that this organisation is asked about, with their open roles, the longest first."""
    return session.scalars(
        select(TaskSuggestion)
        .join(TaskSuggestion.opportunity)
        .options(contains_eager(TaskSuggestion.opportunity))
        .where(
            Opportunity.organisation_id == organisation_id,
            Opportunity.state == OpportunityState.OPEN,
            TaskSuggestion.task.is_not(None),
            TaskSuggestion.answered_at.is_(None),
        )
        .order_by(TaskSuggestion.made_at, Opportunity.title, TaskSuggestion.rank)
    ).all()
