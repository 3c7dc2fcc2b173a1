"""Reads of signals."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from volunteer.models import Signal


def open_signals(session: Session, *, limit: int = 50) -> Sequence[Signal]:
    """Signals that nobody dealt with yet, each with its person, the longest waiting first."""
    return session.scalars(
        select(Signal)
        .where(Signal.closed_at.is_(None))
        .options(joinedload(Signal.candidate))
        .order_by(Signal.raised_at, Signal.id)
        .limit(limit)
    ).all()


def open_signal_of(session: Session, candidate_id: UUID) -> Signal | None:
    """The one that this person gave and that nobody dealt with yet."""
    return session.scalar(
        select(Signal).where(Signal.candidate_id == candidate_id, Signal.closed_at.is_(None)).limit(1)
    )
