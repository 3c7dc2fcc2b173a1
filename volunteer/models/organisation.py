"""Organisations and their venues."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from volunteer.domain.sound import sound_keys
from volunteer.models.base import Base, Sealed, UtcDateTime, identifier


class Organisation(Base):
    """An association, with or without legal personality, that offers roles, refers people, or both."""

    __tablename__ = "organisations"

    id: Mapped[UUID] = identifier()
    external_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(160), index=True)
    name_sounds: Mapped[str | None] = mapped_column(Text)
    """How each word of the name sounds, for finding it again; None where nobody has listened to it yet."""
    language: Mapped[str] = mapped_column(String(8))
    """The language we write to it in."""
    sectors: Mapped[list[str]] = mapped_column(default=list)
    is_referrer: Mapped[bool] = mapped_column(default=False)
    """Whether it brings people to volunteering."""
    seeks_volunteers: Mapped[bool] = mapped_column(default=True, server_default="1")
    """Whether it offers roles: a referrer may, too."""
    publics: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    """Codes of the kinds of people a referrer works with; about its public, never about one of them."""
    contact_name: Mapped[str | None] = mapped_column(String(80))
    """First name of whom we write to; first names are plain, addresses are not."""
    email_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    email_hash: Mapped[bytes | None] = mapped_column(index=True)
    phone_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approval: Mapped[str] = mapped_column(
        String(10), default="approved", server_default="approved", index=True
    )
    """An ``Approval``; whoever came by an import or before there was a question counts as approved."""
    approval_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the desk last said yes; None where nobody had to ask."""
    had_yes: Mapped[bool] = mapped_column(default=True, server_default="1")
    """Whether the last yes or no of the desk was a yes; with ``approval`` it decides who sees its roles."""
    legal_form: Mapped[str | None] = mapped_column(String(16))
    """A ``LegalForm``; None where nobody said it."""
    enterprise_number: Mapped[str | None] = mapped_column(String(10), index=True)
    """Ten digits."""
    activity: Mapped[str | None] = mapped_column(Text)
    """What it does, in a line or two."""
    aim: Mapped[str | None] = mapped_column(Text)
    """This and the next six are for the note to volunteers, in the language of the organisation."""
    responsible_person: Mapped[str | None] = mapped_column(String(80))
    insurance: Mapped[str | None] = mapped_column(Text)
    expenses: Mapped[str | None] = mapped_column(Text)
    discretion: Mapped[str | None] = mapped_column(Text)
    is_volunteer_liable: Mapped[bool] = mapped_column(default=False, server_default="0")
    needs_agreement: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Whether the Flemish decree of 3 April 2009 applies: then volunteers sign an agreement note."""
    suspended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """Since when none of its roles is suggested, and nobody goes there, until the desk lifts it."""

    venues: Mapped[list[Venue]] = relationship(back_populates="organisation", order_by="Venue.created_at")

    @validates("name")
    def _listen(self, _field: str, name: str) -> str:
        """Whoever writes the name writes its sound too."""
        self.name_sounds = " ".join(sound_keys(name))
        return name


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
