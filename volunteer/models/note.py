"""Notes of the desk about a person: apart from the file, sealed, and short-lived."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier


class Note(Base):
    """What one colleague tells the next; the person may read it, and it disappears by itself."""

    __tablename__ = "notes"

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    text_sealed: Mapped[bytes] = mapped_column(Sealed)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    author: Mapped[str] = mapped_column(String(80))
    """First name of whoever wrote it, as it was then."""
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
