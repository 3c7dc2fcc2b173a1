"""Questions to organisations: what nobody has told us yet, and somebody needs to know."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.base import Base, UtcDateTime, identifier
from volunteer.models.opportunity import Opportunity
from volunteer.models.organisation import Organisation

_OPEN = text("state = 'open'")


class Question(Base):
    """One access feature, asked once per venue or role however many people need it. It names nobody."""

    __tablename__ = "questions"
    __table_args__ = (
        Index(
            "uq_questions_open",
            "scope",
            "scope_id",
            "code",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_questions_state", "state", "opened_at"),
    )

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    opportunity_id: Mapped[UUID] = mapped_column(ForeignKey("opportunities.id", ondelete="CASCADE"))
    """The role on whose account it is asked."""
    scope: Mapped[str] = mapped_column(String(12))
    scope_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    """open or answered."""
    answer: Mapped[str | None] = mapped_column(String(12))
    answered_by: Mapped[str | None] = mapped_column(String(60))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The day only: the minute would tell for whom it was asked."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stage: Mapped[str] = mapped_column(String(10), default="waiting", server_default="waiting")
    """How far the asking is: waiting, mailed, to_call, or over."""
    is_routine: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Nobody waits for it: it goes along, so that no question points at somebody. Never shown."""
    asked_on: Mapped[date | None]
    """The day of the newest mail it was in; none any more when the team does not know either."""
    mails: Mapped[int] = mapped_column(default=0, server_default="0")
    """In how many mails it was."""

    organisation: Mapped[Organisation] = relationship()
    opportunity: Mapped[Opportunity] = relationship()


class QuestionMail(Base):
    """The questions that one organisation was asked together, in one mail to its team."""

    __tablename__ = "question_mails"
    __table_args__ = (Index("ix_question_mails_organisation_id_sent_on", "organisation_id", "sent_on"),)

    id: Mapped[UUID] = identifier()
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    sent_on: Mapped[date]
    question_ids: Mapped[list[str]]
    """In the order of the mail, which says nothing about them."""
