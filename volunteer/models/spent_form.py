"""Forms that were sent: pressing twice, or sending a page again, does nothing twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime


class SpentForm(Base):
    """The random id that one form carried, or a keyed hash of what may happen a few times a day.

    It says nothing of what was in it, and goes after a day.
    """

    __tablename__ = "spent_forms"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    spent_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
