"""Signals: a person said that nothing fits, and why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier
from volunteer.models.candidate import Candidate


class Signal(Base):
    """One at a time per person. The cause could show a need, so it is sealed, each as long as another."""

    __tablename__ = "signals"
    __table_args__ = (Index("ix_signals_closed", "closed_at", "raised_at"),)

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    detail_sealed: Mapped[bytes] = mapped_column(Sealed)
    """JSON ``{"cause", "words"}``, filled up with spaces."""
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str | None] = mapped_column(String(60))
    """``account:<id>`` of the desk worker who dealt with it."""

    candidate: Mapped[Candidate] = relationship()
