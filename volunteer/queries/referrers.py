"""Reads of what referrers agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.models import ReferrerAgreement


def agreements_of(session: Session, organisation_id: UUID) -> Sequence[ReferrerAgreement]:
    """Every yes of this referrer, the newest first."""
    return session.scalars(
        select(ReferrerAgreement)
        .where(ReferrerAgreement.organisation_id == organisation_id)
        .order_by(ReferrerAgreement.accepted_at.desc(), ReferrerAgreement.id)
    ).all()
