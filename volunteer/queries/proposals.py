"""Reads of what organisations proposed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.domain.opportunities import OpportunityState
from volunteer.models import Introduction, Opportunity, Organisation, Proposal
from volunteer.queries.organisations import may_be_suggested


def over_by(session: Session, moment: datetime, *, limit: int) -> Sequence[Introduction]:
    """Introductions of which every proposed time is past then, locked; what is busy comes next time.

    Not with organisations that are suspended or refused: what they may not answer is not their turn.
    """
    return session.scalars(
        select(Introduction)
        .join(Proposal, Proposal.introduction_id == Introduction.id)
        .join(Organisation, Organisation.id == Introduction.organisation_id)
        .where(Proposal.over_at <= moment, may_be_suggested())
        .order_by(Proposal.over_at, Introduction.id)
        .limit(limit)
        .with_for_update(of=Introduction, skip_locked=True)
    ).all()


def to_remind_of(session: Session, moment: datetime, *, limit: int) -> Sequence[Introduction]:
    """Introductions whose person is to be reminded by then, locked; not with organisations that wait, and
    not while the role is closed.
    """
    return session.scalars(
        select(Introduction)
        .join(Proposal, Proposal.introduction_id == Introduction.id)
        .join(Organisation, Organisation.id == Introduction.organisation_id)
        .join(Opportunity, Opportunity.id == Introduction.opportunity_id)
        .where(Proposal.remind_at <= moment, Opportunity.state != OpportunityState.CLOSED, may_be_suggested())
        .order_by(Proposal.remind_at, Introduction.id)
        .limit(limit)
        .with_for_update(of=Introduction, skip_locked=True)
    ).all()


def waiting_of(
    session: Session, candidate_ids: Collection[UUID], *, now: datetime
) -> Sequence[tuple[UUID, datetime]]:
    """Which of these people can choose a time now, and their last time, the first over first; not with
    organisations that wait, and not while the role is closed.
    """
    found = session.execute(
        select(Proposal.candidate_id, Proposal.over_at)
        .join(Introduction, Introduction.id == Proposal.introduction_id)
        .join(Organisation, Organisation.id == Introduction.organisation_id)
        .join(Opportunity, Opportunity.id == Introduction.opportunity_id)
        .where(
            Proposal.candidate_id.in_(candidate_ids),
            Proposal.over_at > now,
            Opportunity.state != OpportunityState.CLOSED,
            may_be_suggested(),
        )
        .order_by(Proposal.over_at, Proposal.id)
    )
    return [(candidate_id, over_at) for candidate_id, over_at in found]
