"""Deliveries: what one handler still owes to one event."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, UtcDateTime, identifier
from volunteer.models.outbox import OutboxEvent

_OPEN = text("state IN ('waiting', 'claimed')")


class Delivery(Base):
    """One handler and one event, exactly one row; the effect and ``done`` commit together."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("event_id", "handler"),
        Index("ix_deliveries_due", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_deliveries_state", "state"),
    )

    id: Mapped[UUID] = identifier()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("outbox.id"))
    handler: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10))
    """waiting, claimed, done or stuck."""
    attempts: Mapped[int] = mapped_column(default=0)
    rings: Mapped[int] = mapped_column(default=0)
    """How often the sweep rang since the last try."""
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When to ring (again): after a pause, or when the lease of a claim has run out."""
    lease: Mapped[UUID | None]
    """Who holds it; a holder that lost the lease cannot mark it done."""
    last_error: Mapped[str | None] = mapped_column(Text)
    """Class and place of the last error, without its message, which could hold personal data."""
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[OutboxEvent] = relationship()
