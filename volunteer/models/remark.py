"""What a team wrote in its own words with a "not now"."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier
from volunteer.models.introduction import Introduction


class Remark(Base):
    """Words that the desk reads before the person does; one with each introduction at most."""

    __tablename__ = "remarks"

    id: Mapped[UUID] = identifier()
    introduction_id: Mapped[UUID] = mapped_column(
        ForeignKey("introductions.id", ondelete="CASCADE"), unique=True
    )
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(12), index=True)
    words_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """None where they were held back."""
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_by: Mapped[str | None] = mapped_column(String(60))
    """``account:<id>`` of who decided at the desk."""

    introduction: Mapped[Introduction] = relationship()
