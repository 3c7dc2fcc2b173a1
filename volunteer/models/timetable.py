"""Timetables of a market, to be compared; and the meetings of the one that was published."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier
from volunteer.models.introduction import Introduction
from volunteer.models.market import Market, MarketHelper
from volunteer.models.market_visitor import MarketVisitor
from volunteer.models.stand import Stand

_STANDING = text("state IN ('planned', 'met')")


class Timetable(Base):
    """One plan of a market: what it was made with, how far it is, and what it comes to."""

    __tablename__ = "timetables"
    __table_args__ = (UniqueConstraint("market_id", "number"),)

    id: Mapped[UUID] = identifier()
    market_id: Mapped[UUID] = mapped_column(ForeignKey("markets.id", ondelete="CASCADE"))
    number: Mapped[int]
    """From 1."""
    state: Mapped[str] = mapped_column(String(10))
    """A ``TimetableState``."""
    is_replan: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Made on the day: the past and what was promised stand."""
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """As the market's own, for this plan alone."""
    progress: Mapped[int] = mapped_column(default=0, server_default="0")
    """Per cent."""
    visits: Mapped[list[Any] | None] = mapped_column(JSON)
    """``[[visitor id, round, rounds, stand id, language of the interpreter or null], ...]`` until it is
    published; from then on the meetings stand in ``visits``."""
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What it comes to: meetings, people by number of meetings, who is short by reason; of one that failed
    ``{"failed": why}``."""
    short_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """JSON: why each one who is short of meetings is, ``{visitor id: [obstacle or null, stands left]}``;
    sealed, because it may tell of what somebody needs."""
    asked_by: Mapped[str | None] = mapped_column(String(60))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    solved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by: Mapped[str | None] = mapped_column(String(60))

    market: Mapped[Market] = relationship()


class Visit(Base):
    """One meeting that somebody was told of."""

    __tablename__ = "visits"
    __table_args__ = (
        *(
            Index(
                f"uq_visits_one_standing_{name}",
                "visitor_id",
                column,
                unique=True,
                sqlite_where=_STANDING,
                postgresql_where=_STANDING,
            )
            for name, column in (("round", "round"), ("stand", "stand_id"))
        ),
        Index("ix_visits_stand_id_round", "stand_id", "round"),
        Index("ix_visits_market_id_state", "market_id", "state"),
    )

    id: Mapped[UUID] = identifier()
    market_id: Mapped[UUID] = mapped_column(ForeignKey("markets.id", ondelete="CASCADE"))
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey("market_visitors.id", ondelete="CASCADE"))
    stand_id: Mapped[UUID] = mapped_column(ForeignKey("stands.id", ondelete="CASCADE"))
    round: Mapped[int]
    """From 0."""
    rounds: Mapped[int] = mapped_column(default=1)
    """2 for who needs more time."""
    interpreter: Mapped[str | None] = mapped_column(String(8))
    """The language, where one comes along."""
    interpreter_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("market_helpers.id", ondelete="SET NULL"), index=True
    )
    """Who that is."""
    state: Mapped[str] = mapped_column(String(8))
    """A ``VisitState``."""
    timetable_id: Mapped[UUID | None] = mapped_column(ForeignKey("timetables.id", ondelete="SET NULL"))
    """The plan that put it there; None for a walk-in."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was met, missed or dropped."""
    settled_by: Mapped[str | None] = mapped_column(String(60))
    """``stand:<id>``, ``account:<id>``, ``helper:<id>`` or ``visitor:<id>``."""
    visitor_says: Mapped[bool | None]
    """Whether they want to go on."""
    visitor_said_how: Mapped[str | None] = mapped_column(String(12))
    """own_device, kiosk, paper or desk: how they agreed that the stand hears their first name."""
    stand_says: Mapped[bool | None]
    introduction_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("introductions.id", ondelete="SET NULL"), index=True
    )
    """What came of it when both did."""

    visitor: Mapped[MarketVisitor] = relationship()
    stand: Mapped[Stand] = relationship()
    helper: Mapped[MarketHelper | None] = relationship()
    introduction: Mapped[Introduction | None] = relationship()

    @property
    def during(self) -> range:
        """Its rounds."""
        return range(self.round, self.round + self.rounds)
