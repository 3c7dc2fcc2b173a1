"""Reads of the journal: who opened what helps somebody."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.models import NeedReading


def readings_of(session: Session, candidate_id: UUID, *, limit: int | None = None) -> Sequence[NeedReading]:
    """Every time the needs of this person were opened, the newest first."""
    chosen = select(NeedReading).where(NeedReading.candidate_id == candidate_id)
    return session.scalars(chosen.order_by(NeedReading.read_at.desc(), NeedReading.id).limit(limit)).all()
