"""What an organisation tells its volunteers before they start, as it stood at each moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class InformationNote(Base):
    """One version of the note; it is never changed, so that anybody can show what was told."""

    __tablename__ = "information_notes"
    __table_args__ = (UniqueConstraint("organisation_id", "version"),)

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The fields of ``services.information_notes.FIELDS``, and ``name``, ``legal_form``, ``language``."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
