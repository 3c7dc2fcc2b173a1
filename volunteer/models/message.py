"""Messages: who is to be told what, by which channel. The words are made when it is sent, and not kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier


class Message(Base):
    """One message to one recipient. ``to_do`` is for a person at the desk: a call, a letter."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("cause_id", "kind", "recipient_id"),
        Index("ix_messages_state", "state", "created_at"),
        Index("ix_messages_recipient", "recipient_id", "kind"),
    )

    id: Mapped[UUID] = identifier()
    cause_id: Mapped[UUID]
    """The event that called for it: the same event never makes it twice."""
    kind: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(12))
    """candidate, account, organisation or reporter."""
    recipient_id: Mapped[UUID]
    about_id: Mapped[UUID]
    """The introduction or suggestion list it is about."""
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(10))
    """queued, sent, bounced, bundled, to_do, done or dropped."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_by: Mapped[str | None] = mapped_column(String(60))
    """``account:<id>`` of who told them, where somebody at the desk did."""
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often somebody at the desk tried in vain."""
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it is to be tried again."""
    wish_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """When they would rather be called, in their words."""
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was last handed to a gateway: from then on it is not bundled with others any more."""
    bundled_in: Mapped[UUID | None] = mapped_column(index=True)
    """The message that says this, too."""


class MutedTopic(Base):
    """What somebody does not want to be told by itself any more: ``unsubscribe`` in a mail."""

    __tablename__ = "muted_topics"
    __table_args__ = (UniqueConstraint("recipient", "recipient_id", "topic"),)

    id: Mapped[UUID] = identifier()
    recipient: Mapped[str] = mapped_column(String(12))
    """candidate, account or organisation."""
    recipient_id: Mapped[UUID]
    topic: Mapped[str] = mapped_column(String(20))
    muted_at: Mapped[datetime] = mapped_column(UtcDateTime)
