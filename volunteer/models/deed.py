"""What the desk did in somebody's file, and who did it: the person reads it in their journal."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class Deed(Base):
    """One thing that was done for somebody. What it changed stands in the file, and not here."""

    __tablename__ = "deeds"

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    """One of ``domain.deeds.DeedKind``."""
    done_by: Mapped[str] = mapped_column(String(60))
    """``account:<id>`` of the desk worker."""
    done_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
