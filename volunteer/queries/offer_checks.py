"""Reads of the nightly comparison of the offer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.domain.events.offer import OfferCheckFailed
from volunteer.models import OutboxEvent


def has_failed_check(session: Session, *, since: datetime) -> bool:
    """Whether a worker found since then that it had followed the offer wrongly."""
    failed = select(OutboxEvent.seq).where(
        OutboxEvent.type == OfferCheckFailed.type, OutboxEvent.occurred_at >= since
    )
    return session.scalar(failed.limit(1)) is not None
