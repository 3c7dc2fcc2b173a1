"""Introductions: a person who wants to meet an organisation, and what became of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier
from volunteer.models.candidate import Candidate
from volunteer.models.opportunity import Opportunity
from volunteer.models.proposal import Proposal

_RUNNING = text("state IN ('asking', 'sent', 'accepted', 'met', 'started')")


class Introduction(Base):
    """One at a time per person and role; the states and their steps are in the domain."""

    __tablename__ = "introductions"
    __table_args__ = (
        Index(
            "uq_introductions_one_running",
            "candidate_id",
            "opportunity_id",
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
        Index("ix_introductions_organisation_state", "organisation_id", "state"),
    )

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    opportunity_id: Mapped[UUID] = mapped_column(
        ForeignKey("opportunities.id", ondelete="CASCADE"), index=True
    )
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(12))
    shared_sealed: Mapped[bytes] = mapped_column(Sealed)
    """JSON ``{"contact": bool, "needs": [codes], "words": text}``: what the person chose to share."""
    reply_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """What the organisation wrote back: when and where to come."""
    decline_reason: Mapped[str | None] = mapped_column(String(30))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was the organisation's turn again: no time it proposed was chosen."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was declined, withdrawn, fell through, or stopped."""
    nudged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the organisation was reminded that somebody waits for its answer."""
    informed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the organisation says that it gave the person its information note."""
    informed_of: Mapped[int | None]
    """Which version of it."""
    met_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they meet, where the organisation named a day and an hour beside its words."""
    agreed_changes: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often that changed: the SEQUENCE of the calendar file."""
    reminded_of: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The agreed moment they were reminded of."""

    candidate: Mapped[Candidate] = relationship()
    opportunity: Mapped[Opportunity] = relationship()
    proposal: Mapped[Proposal | None] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    """Times the person may choose from, while there are any: then it is their turn."""
