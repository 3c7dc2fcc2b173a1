"""The personal card that opens a file again, and the devices on which its person confirmed themselves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class Card(Base):
    """What somebody carries: a token of which only a hash is kept, and a number for the desk."""

    __tablename__ = "cards"

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(String(12), index=True)
    """For people, like K-4821-7730: the desk finds the file by it; it opens nothing, and two may be alike."""
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The last use, noted once a day at most."""
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Device(Base):
    """A device on which a card was used: waiting until its person confirms it, then remembered."""

    __tablename__ = "devices"

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    cookie_hash: Mapped[bytes | None] = mapped_column(unique=True)
    """Hash of file and random cookie; None on a device that is not remembered."""
    kind: Mapped[str] = mapped_column(String(10))
    """phone, tablet, computer, kiosk or program: enough to recognise one's own."""
    sign: Mapped[str] = mapped_column(String(2))
    """Two figures on both screens, so that nobody confirms somebody else's device."""
    ask: Mapped[str] = mapped_column(String(12))
    """Who is to confirm: own_channel or desk."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[str | None] = mapped_column(String(60))
    """sign_up, own_channel, or ``account:<id>`` of who did it at the desk."""
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The last use, noted once a day at most."""
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
