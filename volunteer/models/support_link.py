"""Who enrolled whom together, for which referrer, and the journal of it that the person can read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.account import Account
from volunteer.models.base import Base, UtcDateTime, identifier
from volunteer.models.organisation import Organisation


class SupportLink(Base):
    """A support worker who enrolled somebody. It allows nothing by itself: each scope is a consent."""

    __tablename__ = "support_links"

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    """The referrer they worked for."""
    card_group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("card_groups.id", ondelete="SET NULL"), index=True
    )
    """The group whose blank card led to it; none where they signed up together, or the group is gone."""
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(60))
    """candidate, or ``account:<id>`` of who wrote it down at the desk."""

    account: Mapped[Account] = relationship()
    organisation: Mapped[Organisation] = relationship()


class SupportEntry(Base):
    """One line of the journal: who did or looked at what, and when."""

    __tablename__ = "support_entries"

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    link_id: Mapped[UUID] = mapped_column(ForeignKey("support_links.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    """An ``EntryKind``."""
    done_by: Mapped[str] = mapped_column(String(60))
    """candidate, or ``account:<id>``."""
    done_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    about_id: Mapped[UUID | None]
    """Of an answer that was passed on: the introduction, or the question of how it goes."""
    chosen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Of a time that was passed on: the moment on which they then agreed."""
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When what such an answer led to was taken back."""
    denied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the person said that it was not theirs."""


class SentLink(Base):
    """That a link with which to say yes went out; kept for a day, so that nobody is flooded.

    Not a part of the file it was for: whoever throws files away and begins again is counted all the same.
    """

    __tablename__ = "sent_links"

    id: Mapped[UUID] = identifier()
    address_hash: Mapped[bytes] = mapped_column(index=True)
    """Keyed hash of the number or the address; it tells nothing by itself."""
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    """Who pressed."""
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
