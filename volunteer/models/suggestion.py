"""Suggestions: what was found for a person, kept for explanation and audit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, Sealed, UtcDateTime, identifier
from volunteer.models.opportunity import Opportunity


class SuggestionList(Base):
    """One run of the engine for one person; the newest is what they see."""

    __tablename__ = "suggestion_lists"
    __table_args__ = (Index("ix_suggestion_lists_newest", "candidate_id", "made_at"),)

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"))
    event_id: Mapped[UUID] = mapped_column(unique=True)
    """The event that asked for it, or that told of it."""
    weights_version: Mapped[str] = mapped_column(String(20))
    snapshot_version: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looked_again: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Looking again made it, because something newly fits, and no step of the person."""
    after_id: Mapped[UUID | None] = mapped_column(ForeignKey("suggestion_lists.id", ondelete="SET NULL"))
    """The list that this one goes on from: it holds the next best, and nothing that is on those before it."""

    suggestions: Mapped[list[Suggestion]] = relationship(order_by="Suggestion.rank")


class Suggestion(Base):
    """One role shown to one person. Tier and reasons would reveal needs, so they are sealed."""

    __tablename__ = "suggestions"
    __table_args__ = (
        Index("ix_suggestions_candidate_opportunity", "candidate_id", "opportunity_id"),
        Index("ix_suggestions_shown", "shown_at", "opportunity_id"),
    )

    id: Mapped[UUID] = identifier()
    list_id: Mapped[UUID] = mapped_column(ForeignKey("suggestion_lists.id", ondelete="CASCADE"), index=True)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"))
    opportunity_id: Mapped[UUID] = mapped_column(
        ForeignKey("opportunities.id", ondelete="CASCADE"), index=True
    )
    rank: Mapped[int]
    detail_sealed: Mapped[bytes] = mapped_column(Sealed)
    """JSON ``{"tier", "score", "parts", "values", "needs", "questions", "language_questions",
    "travel_minutes", "explored", "is_new"}``."""
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The person keeps this role in their short list, also when newer lists do not hold it."""
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refusal_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """Why: JSON ``{"reason", "task", "commitment", "minutes"}``, filled up, so that none looks like one."""

    opportunity: Mapped[Opportunity] = relationship()
