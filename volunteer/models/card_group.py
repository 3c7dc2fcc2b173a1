"""Blank cards for a group: printed by a support worker, and the beginning of a file of whoever uses one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.account import Account
from volunteer.models.base import Base, Sealed, UtcDateTime, identifier
from volunteer.models.organisation import Organisation


class CardGroup(Base):
    """A class, a course, a workshop: whose cards these are, and until when they work. It names nobody."""

    __tablename__ = "card_groups"

    id: Mapped[UUID] = identifier()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    """The support worker who made it, and who may be allowed something by it."""
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    """The referrer they worked for."""
    name: Mapped[str] = mapped_column(String(60))
    begun: Mapped[int] = mapped_column(default=0)
    """How often somebody began with one of its cards: no card knows whether it was."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
    organisation: Mapped[Organisation] = relationship()


class BlankCard(Base):
    """One card of a group. It opens nothing of anybody, and never knows who used it or when."""

    __tablename__ = "blank_cards"
    __table_args__ = (UniqueConstraint("group_id", "number"),)

    id: Mapped[UUID] = identifier()
    group_id: Mapped[UUID] = mapped_column(ForeignKey("card_groups.id", ondelete="CASCADE"))
    number: Mapped[int]
    """From 1, to count a heap of paper by."""
    language: Mapped[str] = mapped_column(String(8))
    """Beside Dutch on the paper."""
    code_hash: Mapped[bytes] = mapped_column(unique=True)
    """Keyed: the code is short enough to be typed."""
    code_sealed: Mapped[bytes] = mapped_column(Sealed)
    """So that the same sheet can be printed again."""
    is_used: Mapped[bool] = mapped_column(default=False)
    """Whether somebody has a file now that was begun with it."""

    group: Mapped[CardGroup] = relationship()
