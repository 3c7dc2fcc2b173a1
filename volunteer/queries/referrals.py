"""Reads of onward referrals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.models import Referral, ReferralCount


def referrals_of(session: Session, candidate_id: UUID) -> Sequence[Referral]:
    """Where this person was shown the way to, the newest first."""
    return session.scalars(
        select(Referral)
        .where(Referral.candidate_id == candidate_id)
        .order_by(Referral.given_at.desc(), Referral.id)
    ).all()


def referral_counts(session: Session, *, since: date) -> Sequence[ReferralCount]:
    """How often people were referred on, by month, service and reason, from the month of ``since`` on."""
    return session.scalars(
        select(ReferralCount)
        .where(ReferralCount.month >= since.replace(day=1))
        .order_by(ReferralCount.month, ReferralCount.service, ReferralCount.reason)
    ).all()
