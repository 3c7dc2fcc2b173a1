"""Reads of what organisations proposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

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
