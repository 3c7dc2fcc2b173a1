"""Reads of the access check: where an organisation can answer, what changed, and what it plans."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.domain.access import Answer
from volunteer.domain.opportunities import OpportunityState
from volunteer.models import AccessAnswer, AccessChange, AccessPlan, Account, Opportunity, Venue


def venues_of(session: Session, organisation_id: UUID) -> Sequence[Venue]:
    """The venues of this organisation, the first one first."""
    return session.scalars(
        select(Venue).where(Venue.organisation_id == organisation_id).order_by(Venue.created_at, Venue.id)
    ).all()


def roles_of(session: Session, organisation_id: UUID) -> Sequence[Opportunity]:
    """The roles of this organisation that are not closed, by title."""
    return session.scalars(
        select(Opportunity)
        .where(Opportunity.organisation_id == organisation_id, Opportunity.state != OpportunityState.CLOSED)
        .order_by(Opportunity.title, Opportunity.id)
    ).all()


def changes_in(session: Session, scope_id: UUID, *, limit: int = 50) -> Sequence[AccessChange]:
    """What changed in one place, the newest first."""
    return session.scalars(
        select(AccessChange)
        .where(AccessChange.scope_id == scope_id)
        .order_by(AccessChange.said_at.desc(), AccessChange.code, AccessChange.id)
        .limit(limit)
    ).all()


def names_of_accounts(session: Session, account_ids: Collection[UUID]) -> dict[UUID, str]:
    """First names of people who log in."""
    chosen = select(Account.id, Account.name).where(Account.id.in_(account_ids))
    return {row.id: row.name for row in session.execute(chosen)}


def count_removed(session: Session, organisation_id: UUID) -> int:
    """How often something became possible here that was not, or that nobody knew of."""
    can = [Answer.YES, Answer.ARRANGEABLE]
    return len(
        session.scalars(
            select(AccessChange.id).where(
                AccessChange.organisation_id == organisation_id,
                AccessChange.after.in_(can),
                AccessChange.before.is_(None) | AccessChange.before.not_in(can),
            )
        ).all()
    )


def open_plans(session: Session, organisation_id: UUID) -> Sequence[AccessPlan]:
    """What this organisation means to make possible, the nearest day first."""
    return session.scalars(
        select(AccessPlan)
        .where(AccessPlan.organisation_id == organisation_id, AccessPlan.state == "open")
        .order_by(AccessPlan.by_when, AccessPlan.code, AccessPlan.id)
    ).all()


def plans_to_remind_of(session: Session, today: date) -> Sequence[AccessPlan]:
    """Open plans whose day has come and of which nobody was reminded."""
    return session.scalars(
        select(AccessPlan)
        .where(AccessPlan.state == "open", AccessPlan.by_when <= today, AccessPlan.reminded_at.is_(None))
        .order_by(AccessPlan.id)
        .limit(200)
        .with_for_update()
    ).all()


def notes_on(session: Session, scope_ids: Collection[UUID], codes: Collection[str]) -> Sequence[AccessAnswer]:
    """Answers in these places that hold a note about one of these codes."""
    return session.scalars(
        select(AccessAnswer).where(
            AccessAnswer.scope_id.in_(scope_ids),
            AccessAnswer.code.in_(codes),
            AccessAnswer.note.is_not(None),
        )
    ).all()
