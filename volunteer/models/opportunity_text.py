"""What a role says in another language than its own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, UtcDateTime, identifier

if TYPE_CHECKING:
    from volunteer.models.opportunity import Opportunity


class OpportunityText(Base):
    """Title and description of a role in one language, with who wrote them."""

    __tablename__ = "opportunity_texts"
    __table_args__ = (UniqueConstraint("opportunity_id", "language"),)

    id: Mapped[UUID] = identifier()
    opportunity_id: Mapped[UUID] = mapped_column(ForeignKey("opportunities.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(160))
    description: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(10))
    """team, person or imported."""
    writer: Mapped[str | None] = mapped_column(String(80))
    """The name of that person, as the team gave it."""
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)

    opportunity: Mapped[Opportunity] = relationship(back_populates="texts")
