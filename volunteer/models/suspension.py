"""When an organisation was held back, when it went on, and who at the desk decided it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class Suspension(Base):
    """One suspension. Whether an organisation is suspended now stands in ``organisations.suspended_at``."""

    __tablename__ = "suspensions"

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    suspended_at: Mapped[datetime] = mapped_column(UtcDateTime)
    suspended_by: Mapped[str | None] = mapped_column(String(60))
    """``account:<id>`` of the desk worker."""
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_by: Mapped[str | None] = mapped_column(String(60))
