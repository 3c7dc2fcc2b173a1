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
