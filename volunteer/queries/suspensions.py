"""Reads of suspensions."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.models import Suspension


def suspended_by(session: Session, organisation_id: UUID) -> str | None:
    """Who suspended this organisation, as ``account:<id>``; None when that is not known."""
    return session.scalar(
        select(Suspension.suspended_by)
        .where(Suspension.organisation_id == organisation_id, Suspension.lifted_at.is_(None))
        .order_by(Suspension.suspended_at.desc())
        .limit(1)
    )
