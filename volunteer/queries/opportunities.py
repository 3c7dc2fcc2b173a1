"""Reads of volunteer roles as their organisation sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from volunteer.domain.introductions import EXPECTED
from volunteer.domain.opportunities import OpportunityState, Scope
from volunteer.models import AccessAnswer, Introduction, Opportunity


def opportunities_of(
    session: Session,
    organisation_id: UUID,
    *,
    limit: int,
    state: OpportunityState | None = None,
    after: tuple[datetime, UUID] | None = None,
) -> Sequence[Opportunity]:
    """Roles of this organisation, newest first; ``after`` is the moment and id of the last one seen."""
    chosen = (
        select(Opportunity)
        .where(Opportunity.organisation_id == organisation_id)
        .options(joinedload(Opportunity.venue), joinedload(Opportunity.organisation))
        .order_by(Opportunity.created_at.desc(), Opportunity.id)
        .limit(limit)
    )
    if state is not None:
        chosen = chosen.where(Opportunity.state == state)
    if after is not None:
        moment, last = after
        chosen = chosen.where(
            or_(
                Opportunity.created_at < moment,
                and_(Opportunity.created_at == moment, Opportunity.id > last),
            )
        )
    return session.scalars(chosen).all()


def opportunity_by_external_id(session: Session, external_id: str) -> Opportunity | None:
    """The role that other systems know by this id."""
    return session.scalar(select(Opportunity).where(Opportunity.external_id == external_id))


def answers_for_roles(session: Session, opportunity_ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """What was answered for each role itself, by access code; nothing inherited."""
    rows = session.execute(
        select(AccessAnswer.scope_id, AccessAnswer.code, AccessAnswer.answer)
        .where(AccessAnswer.scope == Scope.OPPORTUNITY, AccessAnswer.scope_id.in_(opportunity_ids))
        .order_by(AccessAnswer.code)
    )
    answers: dict[UUID, dict[str, str]] = defaultdict(dict)
    for opportunity_id, code, answer in rows:
        answers[opportunity_id][code] = answer
    return answers


def roles_in(session: Session, organisation_id: UUID, *, limit: int) -> Sequence[Opportunity]:
    """Roles of this organisation for its own page, what changed last first."""
    return session.scalars(
        select(Opportunity)
        .where(Opportunity.organisation_id == organisation_id)
        .options(joinedload(Opportunity.venue))
        .order_by(Opportunity.updated_at.desc(), Opportunity.id)
        .limit(limit)
    ).all()


def waiting_roles(session: Session, *, organisation_id: UUID) -> Sequence[Opportunity]:
    """Roles of this organisation that were published and wait; held."""
    return session.scalars(
        select(Opportunity)
        .where(Opportunity.organisation_id == organisation_id, Opportunity.state == OpportunityState.WAITING)
        .order_by(Opportunity.created_at, Opportunity.id)
        .with_for_update()
    ).all()


def taken_places(session: Session, opportunity_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many people take a spot in each of these roles; those with nobody are left out."""
    counted = (
        select(Introduction.opportunity_id, func.count())
        .where(
            Introduction.opportunity_id.in_(opportunity_ids),
            Introduction.state.in_(EXPECTED),
        )
        .group_by(Introduction.opportunity_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def was_ever_met(session: Session, opportunity_id: UUID) -> bool:
    """Whether anybody ever asked for this role, however it ended."""
    asked = select(Introduction.id).where(Introduction.opportunity_id == opportunity_id).limit(1)
    return session.scalar(asked) is not None
