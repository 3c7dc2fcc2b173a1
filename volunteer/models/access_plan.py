"""Plans of an organisation: what will be possible, where and by when."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class AccessPlan(Base):
    """One access feature that somebody of the team will see to."""

    __tablename__ = "access_plans"
    __table_args__ = (Index("ix_access_plans_state", "state", "by_when"),)

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    scope: Mapped[str] = mapped_column(String(12))
    scope_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(String(40))
    by_when: Mapped[date]
    who: Mapped[str | None] = mapped_column(String(60))
    """First name of whoever sees to it."""
    state: Mapped[str] = mapped_column(String(10))
    """open, done or dropped."""
    made_by: Mapped[UUID]
    """The account."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
