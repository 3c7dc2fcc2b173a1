"""Reads of notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.models import Note


def notes_of(session: Session, candidate_id: UUID, *, now: datetime) -> Sequence[Note]:
    """What stands about this person and is not over yet, the newest first."""
    return session.scalars(
        select(Note)
        .where(Note.candidate_id == candidate_id, Note.expires_at > now)
        .order_by(Note.written_at.desc(), Note.id)
    ).all()
