"""A stand: an organisation that people meet at a market."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier
from volunteer.models.market import Market, MarketZone
from volunteer.models.organisation import Organisation

_LIVE = text("state IN ('applied', 'confirmed')")


class Stand(Base):
    """What an organisation asks for, and where it stands once the desk said yes."""

    __tablename__ = "stands"
    __table_args__ = (
        Index(
            "uq_stands_one_live_organisation",
            "market_id",
            "organisation_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(
            "uq_stands_one_live_spot",
            "zone_id",
            "spot",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )

    id: Mapped[UUID] = identifier()
    market_id: Mapped[UUID] = mapped_column(ForeignKey("markets.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    """Who applied."""
    state: Mapped[str] = mapped_column(String(10))
    """A ``StandState``."""
    zone_id: Mapped[UUID | None] = mapped_column(ForeignKey("market_zones.id", ondelete="SET NULL"))
    spot: Mapped[int | None]
    """Its number in the zone, from 1."""
    languages: Mapped[list[str]] = mapped_column(default=list)
    """What its hosts speak, sign languages too."""
    access: Mapped[list[str]] = mapped_column(default=list)
    """Access codes that are true at the stand, besides those of the hall and the zone."""
    not_access: Mapped[list[str]] = mapped_column(default=list)
    """Access codes that are not; what is in neither is unknown."""
    offer: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What people can do or see there on the day: ``{language: words}``."""
    tasks: Mapped[list[str]] = mapped_column(default=list)
    """Task codes of what it looks for."""
    seats: Mapped[int]
    """How many people at a time."""
    closed_rounds: Mapped[list[int]] = mapped_column(default=list)
    """Rounds in which nobody is there."""
    host_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """JSON: first names of who stands there, and a number to reach them on the day."""
    words_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """What the organisation asks of the organiser: a table, electricity, a lift."""
    late_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    """How far it runs behind, as its hosts say."""
    late_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they said so."""
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the desk said yes or no, or it was withdrawn."""
    settled_by: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[dict[str, Any] | None]
    """Why not, by language."""
    trained_by: Mapped[str | None] = mapped_column(String(60))
    """Who at the desk said that they know how it goes without the training: ``account:<id>``."""
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its page of the day was last opened."""

    market: Mapped[Market] = relationship()
    organisation: Mapped[Organisation] = relationship()
    zone: Mapped[MarketZone | None] = relationship()
