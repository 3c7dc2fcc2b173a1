"""Figures of what an answer or an arrangement would open: what is shown, and where they were made from."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier


class Figure(Base):
    """One figure as it is shown, rounded. Only what is shown has a row, and only of the last day."""

    __tablename__ = "figures"

    id: Mapped[UUID] = identifier()
    day: Mapped[date]
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    """To whom it is shown; nobody in particular is the city."""
    scope: Mapped[str] = mapped_column(String(12))
    """opportunity, venue, organisation or city."""
    scope_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(String(8))
    """arrange or tell."""
    code: Mapped[str] = mapped_column(String(40))
    people: Mapped[int]
    """In steps of five, and never none."""
    rank: Mapped[int]
    """From 1, within an organisation or the city."""


class FigureAnchors(Base):
    """True counts that the figures of one scope were last made from: figures stay until these are far off."""

    __tablename__ = "figure_anchors"
    __table_args__ = (UniqueConstraint("scope", "scope_id"),)

    id: Mapped[UUID] = identifier()
    scope: Mapped[str] = mapped_column(String(12))
    scope_id: Mapped[UUID]
    """All noughts for the city, which has no id."""
    anchors_sealed: Mapped[bytes] = mapped_column(Sealed)
    """JSON ``{"kind code": [people, halvings]}``, filled up so that its length tells little."""


class FigureRun(Base):
    """A day on which everybody was counted, or somebody began to."""

    __tablename__ = "figure_runs"

    day: Mapped[date] = mapped_column(primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
