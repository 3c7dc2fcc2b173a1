"""What is left of an erased file: a proof without a name, and a mark that lets a restored copy go again."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from volunteer.models.base import Base, UtcDateTime, identifier


class ConsentProof(Base):
    """That somebody agreed, in which words, and until when. Days only, and nothing that leads to a person."""

    __tablename__ = "consent_proofs"

    id: Mapped[UUID] = identifier()
    purpose: Mapped[str] = mapped_column(String(60))
    """As in ``consents``; of a support worker or an organisation only the kind, without which one."""
    text_version: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    given_how: Mapped[str] = mapped_column(String(12))
    given_on: Mapped[date]
    ended_on: Mapped[date]
    """The day on which it was taken back or ran out, or the file was erased."""


class Erasure(Base):
    """One erasure, found again by a keyed hash alone: a back-up that is restored brings people back."""

    __tablename__ = "erasures"

    fingerprint: Mapped[bytes] = mapped_column(primary_key=True)
    """Keyed hash of what was erased and of whose file it was."""
    what: Mapped[str] = mapped_column(String(10))
    """file or needs."""
    asked_by: Mapped[str] = mapped_column(String(12))
    """candidate, desk, support (a support worker), silence or restore: for counting."""
    done_by: Mapped[str | None] = mapped_column(String(60))
    """``account:<id>`` of who did it at the desk; whom it was about is named nowhere."""
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime)
