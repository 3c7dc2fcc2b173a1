"""Questions of how it goes, some time after somebody started."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, UtcDateTime, identifier
from volunteer.models.introduction import Introduction


class FollowUp(Base):
    """One question to one side of an introduction, at one moment."""

    __tablename__ = "follow_ups"
    __table_args__ = (UniqueConstraint("introduction_id", "moment", "side"),)

    id: Mapped[UUID] = identifier()
    introduction_id: Mapped[UUID] = mapped_column(ForeignKey("introductions.id", ondelete="CASCADE"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    moment: Mapped[str] = mapped_column(String(12))
    side: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(60))
    """``link``, ``own_file``, or ``account:<id>`` of who heard it at the desk."""
    going: Mapped[str | None] = mapped_column(String(16))
    outcomes: Mapped[list[str]] = mapped_column(default=list)
    """What it brought them, where a person said so."""

    introduction: Mapped[Introduction] = relationship()
