"""Organisations and their venues."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier


class Organisation(Base):
    """An association, with or without legal personality, that offers roles, refers people, or both."""

    __tablename__ = "organisations"

    id: Mapped[UUID] = identifier()
    external_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(160), index=True)
    language: Mapped[str] = mapped_column(String(8))
    """The language we write to it in."""
    sectors: Mapped[list[str]] = mapped_column(default=list)
    is_referrer: Mapped[bool] = mapped_column(default=False)
    contact_name: Mapped[str | None] = mapped_column(String(80))
    """First name of whom we write to; first names are plain, addresses are not."""
    email_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    email_hash: Mapped[bytes | None] = mapped_column(index=True)
    phone_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    suspended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """Since when none of its roles is suggested, and nobody goes there, until the desk lifts it."""

    venues: Mapped[list[Venue]] = relationship(back_populates="organisation", order_by="Venue.created_at")


class Venue(Base):
    """An address of an organisation, with its own access answers."""

    __tablename__ = "venues"

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    street: Mapped[str | None] = mapped_column(String(160))
    postal_code: Mapped[str | None] = mapped_column(String(10))
    municipality: Mapped[str | None] = mapped_column(String(40))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    district: Mapped[str | None] = mapped_column(String(40))
    """Code of the district it lies in, when districts are loaded."""
    getting_there: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship(back_populates="venues")
