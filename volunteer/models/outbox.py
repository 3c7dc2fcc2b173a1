"""The outbox: every fact that happened, written in the transaction in which it happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, Sequence, UtcDateTime
from volunteer.models.transactions import PresentTransaction


class OutboxEvent(Base):
    """One event. It is never changed but for the mark that its deliveries were made."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "due_at",
            sqlite_where=text("fanned_out_at IS NULL"),
            postgresql_where=text("fanned_out_at IS NULL"),
        ),
        Index("ix_outbox_type", "type", "seq"),
        Index("ix_outbox_written_in", "type", "written_in", sqlite_where=text("written_in > 0")),
    )

    seq: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    written_in: Mapped[int] = mapped_column(
        BigInteger, default=PresentTransaction(), server_default=text("0")
    )
    """Number of the transaction: whoever follows goes by it, because ``seq`` commits out of order."""
    id: Mapped[UUID] = mapped_column(unique=True)
    type: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    payload: Mapped[dict[str, Any]]
    """Identifiers and facts only, never personal data."""
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    fanned_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the sweep rings for it, should the bell have been lost."""
    rings: Mapped[int] = mapped_column(default=0)
