"""Onward referrals: when nothing fits, to which other service somebody was shown the way, and why."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier


class Referral(Base):
    """One person, one other service, and what the offer lacked."""

    __tablename__ = "referrals"

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    service: Mapped[str] = mapped_column(String(60))
    """Code of one of the other services."""
    reason_sealed: Mapped[bytes] = mapped_column(Sealed)
    """What the offer lacked can tell what its person needs; every reason is sealed at the same length."""
    words_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    author: Mapped[str] = mapped_column(String(80))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReferralCount(Base):
    """How often, by month: it outlives the files and points at nobody."""

    __tablename__ = "referral_counts"

    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    service: Mapped[str] = mapped_column(String(60), primary_key=True)
    reason: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
