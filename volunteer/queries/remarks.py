"""Reads of what teams wrote in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from volunteer.domain.remarks import RemarkState
from volunteer.models import Introduction, Remark


def to_read(session: Session, *, limit: int) -> Sequence[Remark]:
    """Those that the desk has to read, the longest waiting first."""
    return session.scalars(
        select(Remark)
        .where(Remark.state == RemarkState.WAITING)
        .options(
            joinedload(Remark.introduction).joinedload(Introduction.candidate),
            joinedload(Remark.introduction).joinedload(Introduction.opportunity),
        )
        .order_by(Remark.written_at, Remark.id)
        .limit(limit)
    ).all()


def remark_with(session: Session, introduction_id: UUID) -> Remark | None:
    """What was written with this introduction."""
    return session.scalar(select(Remark).where(Remark.introduction_id == introduction_id))
