"""Who comes to a market: people, and groups of people nobody names; what helps them, and who read that."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.account import Account
from volunteer.models.base import Base, Sealed, UtcDateTime, identifier
from volunteer.models.candidate import Candidate
from volunteer.models.market import Market
from volunteer.models.organisation import Organisation

_LIVE = text("state = 'registered'")


class MarketGroup(Base):
    """People whom a support worker brings. Each gets a card of their own; companions walk along."""

    __tablename__ = "market_groups"

    id: Mapped[UUID] = identifier()
    market_id: Mapped[UUID] = mapped_column(ForeignKey("markets.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    """The referrer they come from."""
    name: Mapped[str] = mapped_column(String(80))
    """What the support worker calls it: "class 2B". Never a person."""
    state: Mapped[str] = mapped_column(String(12))
    """A ``VisitorState``."""
    companions: Mapped[int] = mapped_column(default=0)
    languages: Mapped[list[str]] = mapped_column(default=list)
    arrives_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    leaves_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    registered_by: Mapped[str | None] = mapped_column(String(60))

    market: Mapped[Market] = relationship()
    account: Mapped[Account | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class MarketVisitor(Base):
    """One person with one card. The number on it is all that a list on the wall shows."""

    __tablename__ = "market_visitors"
    __table_args__ = (
        UniqueConstraint("market_id", "card"),
        *(
            Index(
                f"uq_market_visitors_one_live_{name}",
                "market_id",
                column,
                unique=True,
                sqlite_where=_LIVE,
                postgresql_where=_LIVE,
            )
            for name, column in (("candidate", "candidate_id"), ("visitor", "contact_hash"))
        ),
    )

    id: Mapped[UUID] = identifier()
    market_id: Mapped[UUID] = mapped_column(ForeignKey("markets.id", ondelete="CASCADE"))
    card: Mapped[int]
    """The number on the card, from 1."""
    kind: Mapped[str] = mapped_column(String(10))
    """A ``VisitorKind``."""
    state: Mapped[str] = mapped_column(String(12))
    """A ``VisitorState``."""
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("market_groups.id", ondelete="CASCADE"), index=True
    )
    candidate_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("candidates.id", ondelete="CASCADE"), index=True
    )
    name_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """What a visitor without a file is called: a first name."""
    channel: Mapped[str | None] = mapped_column(String(16))
    contact_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    contact_hash: Mapped[bytes | None]
    """Of a visitor's name and contact together: two people may share a phone."""
    consent_version: Mapped[str | None] = mapped_column(String(20))
    """The words in which a visitor agreed that we keep name and contact."""
    language: Mapped[str] = mapped_column(String(8))
    """Of the card, and in which we write to them."""
    languages: Mapped[list[str]] = mapped_column(default=list)
    """What they speak, of who has no file; empty is not asked."""
    tasks: Mapped[list[str]] = mapped_column(default=list)
    """Task codes of what they like, of who has no file."""
    help_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """JSON ``{"codes": [...], "more_time": bool}``: what they need to take part on that day.

    Of who has a file no codes: those stand there.
    """
    help_version: Mapped[str | None] = mapped_column(String(20))
    """The words in which they agreed that we keep it."""
    shares: Mapped[list[str]] = mapped_column(default=list)
    """``Share`` codes: what a stand may read."""
    wants_route: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    """No is walking about freely."""
    wanted: Mapped[int | None]
    """How many meetings; None is what is usual at this market."""
    arrives_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    leaves_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    together_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("market_visitors.id", ondelete="SET NULL"), index=True
    )
    """With whom they would like to go."""
    given_how: Mapped[str] = mapped_column(String(12))
    """own_device, kiosk or desk."""
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    registered_by: Mapped[str | None] = mapped_column(String(60))
    """``account:<id>`` of a colleague, or ``helper:<id>``, who wrote them in."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Expected then: meetings before it are given to others."""
    absent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When somebody said that they do not come."""
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_version: Mapped[int] = mapped_column(default=0, server_default="0")
    """The number of the timetable of which they were told last."""
    answer: Mapped[str | None] = mapped_column(String(20))
    """To the one question afterwards."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    market: Mapped[Market] = relationship()
    group: Mapped[MarketGroup | None] = relationship()
    candidate: Mapped[Candidate | None] = relationship()


class MarketHelpReading(Base):
    """The journal of who opened what helps a visitor without a file, and why."""

    __tablename__ = "market_help_readings"

    id: Mapped[UUID] = identifier()
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey("market_visitors.id", ondelete="CASCADE"), index=True)
    reader: Mapped[str] = mapped_column(String(60))
    purpose: Mapped[str] = mapped_column(String(60))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
