"""Incidents: somebody says that something is not right, and what was done about it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.account import Account
from volunteer.models.base import Base, Sealed, UtcDateTime, identifier
from volunteer.models.opportunity import Opportunity
from volunteer.models.organisation import Organisation


class Incident(Base):
    """One report. Who made it is only known when they wanted an answer."""

    __tablename__ = "incidents"
    __table_args__ = (Index("ix_incidents_state", "state", "opened_at"),)

    id: Mapped[UUID] = identifier()
    number: Mapped[int] = mapped_column(unique=True)
    """Six random figures by which somebody can ask after it."""
    state: Mapped[str] = mapped_column(String(10))
    """new, looking or closed."""
    is_urgent: Mapped[bool] = mapped_column(default=False)
    said_as: Mapped[str] = mapped_column(String(16))
    """candidate, organisation, support_worker, desk or visitor."""
    language: Mapped[str] = mapped_column(String(8))
    text_sealed: Mapped[bytes] = mapped_column(Sealed)
    where_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """Where it happened, in words of the reporter."""
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="SET NULL"), index=True
    )
    opportunity_id: Mapped[UUID | None] = mapped_column(ForeignKey("opportunities.id", ondelete="SET NULL"))
    candidate_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("candidates.id", ondelete="SET NULL"), index=True
    )
    """The file it was told from, when its person wants to hear of it."""
    reporter_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    """The account it was told from, when its human wants to hear of it."""
    channel: Mapped[str | None] = mapped_column(String(16))
    """How a visitor wants to hear of it: email or phone."""
    contact_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it must have been looked at."""
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    outcome: Mapped[str | None] = mapped_column(String(20))
    done_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """What else there is to say about what was done."""

    organisation: Mapped[Organisation | None] = relationship()
    opportunity: Mapped[Opportunity | None] = relationship()
    taken_by: Mapped[Account | None] = relationship(foreign_keys=[taken_by_id])
