"""What people wrote back to our messages, where a program could not tell what it says."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier


class Reply(Base):
    """A reply for somebody at the desk to read; it goes some weeks after that, or with what it is about."""

    __tablename__ = "replies"

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("candidates.id", ondelete="CASCADE"), index=True
    )
    """Who wrote it; nobody's where a team did."""
    message_id: Mapped[UUID | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    """What it answers, where that is known."""
    channel: Mapped[str] = mapped_column(String(16))
    words_sealed: Mapped[bytes] = mapped_column(Sealed)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_by: Mapped[str | None] = mapped_column(String(60))
    """``account:<id>`` of the desk worker who dealt with it."""


class TakenIn(Base):
    """Something that came back and was dealt with: the same one again changes nothing."""

    __tablename__ = "taken_in"

    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """Keyed hash of the id by which a gateway or a mail server knows it."""
    taken_in_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
