"""Tasks that the text of a role makes us think of; only the organisation says whether they fit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, UtcDateTime, identifier
from volunteer.models.opportunity import Opportunity


class TaskSuggestion(Base):
    """One task for one role, asked once; one row more for each role that was read."""

    __tablename__ = "task_suggestions"
    __table_args__ = (UniqueConstraint("opportunity_id", "task"),)

    id: Mapped[UUID] = identifier()
    opportunity_id: Mapped[UUID] = mapped_column(ForeignKey("opportunities.id", ondelete="CASCADE"))
    task: Mapped[str | None] = mapped_column(String(40))
    """``None``: the row that says when the text was last read, whatever was found."""
    rank: Mapped[int]
    """From 1, the surest first."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fits: Mapped[bool | None]
    """What the organisation answered."""

    opportunity: Mapped[Opportunity] = relationship()
