"""How somebody could be reached before: kept only until they were told there that it changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier


class FormerContact(Base):
    """An address or number that was replaced."""

    __tablename__ = "former_contacts"

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    contact_sealed: Mapped[bytes] = mapped_column(Sealed)
    replaced_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
