"""What an organisation said about one access feature of itself, a venue or a role."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class AccessAnswer(Base):
    """Yes, arrangeable or no; nothing said is no row. A role overrides its venue, that its organisation."""

    __tablename__ = "access_answers"
    __table_args__ = (UniqueConstraint("scope", "scope_id", "code"),)

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    scope: Mapped[str] = mapped_column(String(12))
    """organisation, venue or opportunity."""
    scope_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(String(40))
    answer: Mapped[str] = mapped_column(String(12))
    note: Mapped[str | None] = mapped_column(String(300))
    said_by: Mapped[str] = mapped_column(String(120))
    """An account (``account:<id>``), ``import`` or ``demo``."""
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
