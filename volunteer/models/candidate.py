"""Candidates, their consents, and the drafts of those who are still signing up."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from volunteer.domain.sound import sound_key
from volunteer.models.base import Base, Sealed, UtcDateTime, identifier


class Candidate(Base):
    """Someone who wants to volunteer. The first name is plain; contact and needs are sealed."""

    __tablename__ = "candidates"
    __table_args__ = (
        Index("ix_candidates_state", "state"),
        Index("ix_candidates_sound", "sound_key", "first_name"),
        Index("ix_candidates_sound_and_place", "sound_key", "postal_code"),
        Index("ix_candidates_created_at", "created_at"),
    )

    id: Mapped[UUID] = identifier()
    external_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(String(10))
    """pending (not confirmed by the person, never matched) or confirmed."""
    origin: Mapped[str] = mapped_column(String(10))
    """page, api, import or demo."""
    first_name: Mapped[str] = mapped_column(String(60))
    sound_key: Mapped[str | None] = mapped_column(String(40))
    """How the first name sounds, for finding it again; None where nobody has listened to it yet."""
    language: Mapped[str] = mapped_column(String(8))
    municipality: Mapped[str | None] = mapped_column(String(40))
    postal_code: Mapped[str | None] = mapped_column(String(10))
    district: Mapped[str | None] = mapped_column(String(40))
    """Code of the district they named, when districts are loaded."""
    travel_minutes: Mapped[int | None]
    """How long they want to be on their way at most."""
    commitments: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    tasks_can: Mapped[list[str]] = mapped_column(default=list)
    tasks_want: Mapped[list[str]] = mapped_column(default=list)
    tasks_learn: Mapped[list[str]] = mapped_column(default=list)
    sectors: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[dict[str, int]] = mapped_column(default=dict)
    times: Mapped[str] = mapped_column(Text, default="")
    channel: Mapped[str] = mapped_column(String(16))
    contact_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    contact_hash: Mapped[bytes | None] = mapped_column(index=True)
    needs_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    """JSON ``{code: "must" | "nice"}``, only with consent for ``needs``; sealed alike when there are none."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a pending file disappears."""
    seen_on: Mapped[date | None]
    """The last day on which its person opened it; only the day, to know when a file is left alone."""
    asked_on: Mapped[date | None]
    """The day on which we asked whether it may stay, if nothing was heard since."""
    session_epoch: Mapped[int] = mapped_column(default=0, server_default="0")
    """Raised to end every session in which this file is open, and every link that would open it."""

    consents: Mapped[list[Consent]] = relationship(back_populates="candidate", cascade="all, delete-orphan")

    @validates("first_name")
    def _listen(self, _field: str, name: str) -> str:
        """Whoever writes the name writes its sound too."""
        self.sound_key = sound_key(name)
        return name


class Consent(Base):
    """What a person agreed to, in which words, how, before whom, and when they took it back."""

    __tablename__ = "consents"

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(60))
    text_version: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    given_how: Mapped[str] = mapped_column(String(12))
    """own_device, kiosk, desk, paper, api or demo."""
    witness: Mapped[str | None] = mapped_column(String(80))
    """The desk worker before whom it was spoken."""
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_how: Mapped[str | None] = mapped_column(String(12))
    """desk, where it was taken back in words; None where the person pressed themselves."""
    withdrawn_witness: Mapped[str | None] = mapped_column(String(80))
    """The desk worker before whom it was taken back."""
    support_link_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("support_links.id", ondelete="CASCADE"), index=True
    )
    """Which support worker it allows something, where it is about one."""

    candidate: Mapped[Candidate] = relationship(back_populates="consents")


class NeedReading(Base):
    """The journal of who opened somebody's needs, and why."""

    __tablename__ = "need_readings"

    id: Mapped[UUID] = identifier()
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    reader: Mapped[str] = mapped_column(String(60))
    purpose: Mapped[str] = mapped_column(String(60))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Draft(Base):
    """Answers between two pages of sign-up: sealed, found by the hash of a random cookie, gone in a day."""

    __tablename__ = "drafts"

    cookie_hash: Mapped[bytes] = mapped_column(primary_key=True)
    answers_sealed: Mapped[bytes] = mapped_column(Sealed)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
