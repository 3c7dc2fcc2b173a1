"""Opportunities: volunteer roles that an organisation offers."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, UtcDateTime, identifier
from volunteer.models.opportunity_text import OpportunityText
from volunteer.models.organisation import Organisation, Venue


class Opportunity(Base):
    """One role: what, where, when, for how many, in which languages. Access answers stand apart."""

    __tablename__ = "opportunities"
    __table_args__ = (Index("ix_opportunities_state", "state"),)

    id: Mapped[UUID] = identifier()
    external_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    venue_id: Mapped[UUID | None] = mapped_column(ForeignKey("venues.id"), index=True)
    state: Mapped[str] = mapped_column(String(10))
    """draft, waiting, open, paused, full or closed."""
    title: Mapped[str] = mapped_column(String(160))
    description: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    """The language the title and description are written in."""
    tasks: Mapped[list[str]] = mapped_column(default=list)
    sectors: Mapped[list[str]] = mapped_column(default=list)
    wanted: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    commitment: Mapped[str | None] = mapped_column(String(12))
    times: Mapped[str] = mapped_column(Text, default="")
    """Availability in its canonical form; empty is unknown."""
    languages_needed: Mapped[dict[str, int]] = mapped_column(default=dict)
    languages_spoken: Mapped[list[str]] = mapped_column(default=list)
    """Languages the team speaks."""
    contact_name: Mapped[str | None] = mapped_column(String(80))
    """First name of whom one will meet."""
    getting_there: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(String(500))
    is_remote: Mapped[bool] = mapped_column(default=False)
    extract_required: Mapped[bool] = mapped_column(default=False)
    """An extract from the criminal record (model 596.2) is asked; the extract itself is never kept."""
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opens_on: Mapped[date | None] = mapped_column(index=True)
    """Shown to people from this day on; empty is at once."""
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When people first saw it; empty for what never opened, and for what opened before this was kept."""
    words_written_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When title or description last changed; empty is when it was made."""
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its team last said that it is still true, apart from changing it."""
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When its team was last asked whether it is still true."""

    organisation: Mapped[Organisation] = relationship()
    venue: Mapped[Venue | None] = relationship()
    texts: Mapped[list[OpportunityText]] = relationship(
        back_populates="opportunity", cascade="all, delete-orphan", order_by="OpportunityText.language"
    )
    """Title and description in other languages than its own."""
