"""A market: its day, its hall, and who helps there."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.domain.market_days import Rounds
from volunteer.models.account import Account
from volunteer.models.base import Base, Sealed, UtcDateTime, identifier
from volunteer.models.gathering import Gathering


class Market(Base):
    """One day on which visitors meet stands."""

    __tablename__ = "markets"
    __table_args__ = (Index("ix_markets_state_starts_at", "state", "starts_at"),)

    id: Mapped[UUID] = identifier()
    state: Mapped[str] = mapped_column(String(10))
    """A ``MarketState``."""
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """``{language: {"title": ..., "about": ..., "directions": ...}}``."""
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the doors open."""
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    first_round_at: Mapped[datetime] = mapped_column(UtcDateTime)
    round_count: Mapped[int]
    round_minutes: Mapped[int]
    change_minutes: Mapped[int]
    """To walk from one stand to the next."""
    breaks: Mapped[dict[str, int]] = mapped_column(default=dict)
    """``{number of the round before it: minutes}``, rounds numbered from 0."""
    stands_close_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Until when organisations can apply."""
    signup_closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Until when people and groups register by themselves; at the door they are as welcome."""
    venue_name: Mapped[str | None] = mapped_column(String(160))
    street: Mapped[str | None] = mapped_column(String(160))
    postal_code: Mapped[str | None] = mapped_column(String(10))
    municipality: Mapped[str | None] = mapped_column(String(40))
    access: Mapped[list[str]] = mapped_column(default=list)
    """Access codes that are true in the whole hall."""
    training_id: Mapped[UUID | None] = mapped_column(ForeignKey("gatherings.id", ondelete="SET NULL"))
    """The preparatory training; a stand is confirmed once its organisation has a seat there, or was there."""
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """``{"wanted": 4, "longest_wait": 3, "most_in_a_row": 3, "sure_only": false,
    "walking": {"A|F": 1}}``, in rounds; what is left out does not limit."""
    last_card: Mapped[int] = mapped_column(default=0, server_default="0")
    """The number of the last card; it only grows."""
    last_timetable: Mapped[int] = mapped_column(default=0, server_default="0")
    replan_minutes: Mapped[int | None]
    """On the day a new timetable is made so often; None is by the button alone."""
    replan_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When the next one is due."""
    board_note: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the organiser says on the board, by language."""
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changes: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often time or place changed, or it was cancelled: the SEQUENCE of calendar files."""
    remind_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When those who come are reminded; None when they were."""
    follow_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When everyone is thanked; None when they were."""
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[dict[str, Any] | None]
    """Why it does not go on, by language."""
    is_demo: Mapped[bool] = mapped_column(default=False, server_default=text("false"))

    training: Mapped[Gathering | None] = relationship()
    zones: Mapped[list[MarketZone]] = relationship(
        order_by="MarketZone.letter", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def rounds(self) -> Rounds:
        """Its rounds in time."""
        return Rounds(
            first=self.first_round_at,
            count=self.round_count,
            minutes=self.round_minutes,
            change_minutes=self.change_minutes,
            breaks={int(after): minutes for after, minutes in self.breaks.items()},
        )


class MarketZone(Base):
    """A part of the hall: a letter, a colour, a shape, and so many spots, numbered from 1."""

    __tablename__ = "market_zones"
    __table_args__ = (UniqueConstraint("market_id", "letter"),)

    id: Mapped[UUID] = identifier()
    market_id: Mapped[UUID] = mapped_column(ForeignKey("markets.id", ondelete="CASCADE"))
    letter: Mapped[str] = mapped_column(String(1))
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """``{language: name}``."""
    spots: Mapped[int]
    access: Mapped[list[str]] = mapped_column(default=list)
    """Access codes that are true in this zone, besides those of the hall."""


class MarketHelper(Base):
    """Somebody who organises, checks people in, or interprets on the day; most have no account."""

    __tablename__ = "market_helpers"

    id: Mapped[UUID] = identifier()
    market_id: Mapped[UUID] = mapped_column(ForeignKey("markets.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    """A ``HelperRole``."""
    name_sealed: Mapped[bytes] = mapped_column(Sealed)
    """What they are called."""
    channel: Mapped[str | None] = mapped_column(String(16))
    contact_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    languages: Mapped[list[str]] = mapped_column(default=list)
    """Of an interpreter, sign languages too."""
    away: Mapped[list[int]] = mapped_column(default=list)
    """Rounds in which they are not there."""
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """From then on their link opens nothing."""

    market: Mapped[Market] = relationship()
    account: Mapped[Account | None] = relationship()
