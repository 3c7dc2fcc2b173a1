"""Gatherings, who signed up for them, and the journal of who opened what helps them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from volunteer.models.account import Account
from volunteer.models.base import Base, Sealed, UtcDateTime, identifier
from volunteer.models.candidate import Candidate
from volunteer.models.organisation import Organisation

_LIVE = text("state IN ('in', 'offered', 'waiting')")


class Gathering(Base):
    """A workshop, a session, a training or a company day."""

    __tablename__ = "gatherings"
    __table_args__ = (Index("ix_gatherings_state_starts_at", "state", "starts_at"),)

    id: Mapped[UUID] = identifier()
    kind: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(10))
    """A ``GatheringState``."""
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """``{language: {"title": ..., "about": ..., "directions": ...}}``."""
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    signup_closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    venue_name: Mapped[str | None] = mapped_column(String(160))
    street: Mapped[str | None] = mapped_column(String(160))
    postal_code: Mapped[str | None] = mapped_column(String(10))
    municipality: Mapped[str | None] = mapped_column(String(40))
    online_url: Mapped[str | None] = mapped_column(String(400))
    languages: Mapped[list[str]] = mapped_column(default=list)
    interpreters: Mapped[list[str]] = mapped_column(default=list)
    access: Mapped[list[str]] = mapped_column(default=list)
    """Access codes that are true there."""
    seats: Mapped[int]
    last_number: Mapped[int] = mapped_column(default=0, server_default="0")
    """The number of who signed up last; it only grows."""
    question: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The one question afterwards, by language; empty is the one of its kind."""
    afterwards: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """``{language: {"words": ..., "link": ...}}``."""
    expertise_offered: Mapped[list[str]] = mapped_column(default=list)
    """Task codes, for a company day."""
    expertise_asked: Mapped[list[str]] = mapped_column(default=list)
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="SET NULL"), index=True
    )
    """The partner with whom it is held."""
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changes: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often time or place changed, or it was cancelled: the SEQUENCE of the calendar file."""
    remind_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When those who come are reminded; None when they were, or it is too late."""
    follow_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When those who came hear from us afterwards; None when they did."""
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[dict[str, Any] | None]
    """Why it does not go on, by language."""
    is_demo: Mapped[bool] = mapped_column(default=False, server_default=text("false"))

    organisation: Mapped[Organisation | None] = relationship()


class GatheringParty(Base):
    """One sign-up: a person, a group, or people of a team. Its number is its place in the order."""

    __tablename__ = "gathering_parties"
    __table_args__ = (
        UniqueConstraint("gathering_id", "number"),
        Index("ix_gathering_parties_state_offered_until", "state", "offered_until"),
        *(
            Index(
                f"uq_gathering_parties_one_live_{name}",
                "gathering_id",
                *columns,
                unique=True,
                sqlite_where=_LIVE,
                postgresql_where=_LIVE,
            )
            for name, columns in (
                ("candidate", ("candidate_id",)),
                ("team", ("account_id", "organisation_id")),
                ("visitor", ("contact_hash",)),
            )
        ),
    )

    id: Mapped[UUID] = identifier()
    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("gatherings.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    """A ``PartyKind``."""
    state: Mapped[str] = mapped_column(String(10))
    """A ``SeatState``."""
    size: Mapped[int] = mapped_column(default=1)
    """Seats it takes, companions included."""
    companions: Mapped[int] = mapped_column(default=0)
    """How many of them come along to help the others."""
    candidate_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("candidates.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    """For whom the account signed up: a referrer, or an organisation."""
    name_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """What a visitor without a file is called."""
    channel: Mapped[str | None] = mapped_column(String(16))
    contact_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    contact_hash: Mapped[bytes | None]
    """Of a visitor's name and contact together: two people may share a phone."""
    consent_version: Mapped[str | None] = mapped_column(String(20))
    """The words in which a visitor agreed that we keep name and contact."""
    help_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """JSON list of access codes that they asked for on that day; None once it is over."""
    help_version: Mapped[str | None] = mapped_column(String(20))
    """The words in which they agreed that we keep it."""
    given_how: Mapped[str] = mapped_column(String(12))
    """own_device, kiosk or desk."""
    languages: Mapped[list[str]] = mapped_column(default=list)
    """Of a group."""
    expertise: Mapped[list[str]] = mapped_column(default=list)
    """Task codes, on a company day: what they ask for, or what their people offer."""
    language: Mapped[str] = mapped_column(String(8))
    """In which we write to them."""
    offered_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_up_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_up_by: Mapped[str | None] = mapped_column(String(60))
    """``account:<id>`` of a colleague of the desk who wrote them in."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When they withdrew, or lost an offered seat."""
    attended: Mapped[int | None]
    """How many of them came; None where nobody counted."""
    answer: Mapped[str | None] = mapped_column(String(20))
    """To the one question afterwards."""
    words_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """What they wrote with it."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    gathering: Mapped[Gathering] = relationship()
    candidate: Mapped[Candidate | None] = relationship()
    account: Mapped[Account | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class GatheringHelpReading(Base):
    """The journal of who opened what helps somebody on that day, and why."""

    __tablename__ = "gathering_help_readings"

    id: Mapped[UUID] = identifier()
    party_id: Mapped[UUID] = mapped_column(ForeignKey("gathering_parties.id", ondelete="CASCADE"), index=True)
    candidate_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("candidates.id", ondelete="CASCADE"), index=True
    )
    reader: Mapped[str] = mapped_column(String(60))
    purpose: Mapped[str] = mapped_column(String(60))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
