"""Mornings on which we looked again for everybody who waits."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime


class Morning(Base):
    """How far looking again came on one day; it moves in the transaction that looked."""

    __tablename__ = "mornings"

    day: Mapped[date] = mapped_column(primary_key=True)
    offer: Mapped[str] = mapped_column(String(60))
    """The version of the offer when it began, without the day."""
    through: Mapped[UUID | None]
    """The last person who was looked at, in the order of ids."""
    looked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
