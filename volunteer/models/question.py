"""Questions to organisations: what nobody has told us yet, and somebody needs to know."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, UtcDateTime, identifier
from volunteer.models.opportunity import Opportunity
from volunteer.models.organisation import Organisation

_OPEN = text("state = 'open'")


class Question(Base):
    """One access feature, asked once per venue or role however many people need it. It names nobody."""

    __tablename__ = "questions"
    __table_args__ = (
        Index(
            "uq_questions_open",
            "scope",
            "scope_id",
            "code",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_questions_state", "state", "opened_at"),
    )

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    opportunity_id: Mapped[UUID] = mapped_column(ForeignKey("opportunities.id", ondelete="CASCADE"))
    """The role on whose account it was first asked."""
    scope: Mapped[str] = mapped_column(String(12))
    scope_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    """open or answered."""
    answer: Mapped[str | None] = mapped_column(String(12))
    answered_by: Mapped[str | None] = mapped_column(String(60))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The day only: the minute would tell for whom it was asked."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()
    opportunity: Mapped[Opportunity] = relationship()
