"""Reads of what the centre wrote about the law."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.models import LawEdition


def newest_editions(session: Session) -> dict[str, LawEdition]:
    """The newest edition of each rule that the centre wrote, by code."""
    oldest_first = select(LawEdition).order_by(LawEdition.written_at, LawEdition.id)
    return {edition.code: edition for edition in session.scalars(oldest_first)}


def editions_of(session: Session, code: str) -> Sequence[LawEdition]:
    """Every edition of one rule, the newest first."""
    newest_first = select(LawEdition).where(LawEdition.code == code).order_by(LawEdition.written_at.desc())
    return session.scalars(newest_first).all()
