"""Two files of one person: that they were made one, or that the desk found them to be of two people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class MergedFile(Base):
    """A file that went into another. Its id keeps leading there, for links that were sent already."""

    __tablename__ = "merged_files"

    old_id: Mapped[UUID] = mapped_column(primary_key=True)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    external_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    """By which an import knew the file that went, where the one that stayed had an id of its own."""
    merged_by: Mapped[str] = mapped_column(String(60))
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ToldApart(Base):
    """Two files that look alike and are of two people: the desk asked, and is not asked again."""

    __tablename__ = "told_apart"
    __table_args__ = (UniqueConstraint("older_id", "newer_id"),)

    id: Mapped[UUID] = identifier()
    older_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    newer_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    told_by: Mapped[str] = mapped_column(String(60))
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
