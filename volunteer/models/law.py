"""What the centre wrote about the law, in place of what came with the program."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class LawEdition(Base):
    """One wording of one rule; the newest counts, the ones before it are kept."""

    __tablename__ = "law_editions"
    __table_args__ = (Index("ix_law_editions_code", "code", "written_at"),)

    id: Mapped[UUID] = identifier()
    code: Mapped[str] = mapped_column(String(60))
    rule: Mapped[dict[str, Any]]
    """As ``domain.law.LawRule.to_keep`` writes it."""
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
