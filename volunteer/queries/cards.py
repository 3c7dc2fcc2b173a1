"""Reads of personal cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.domain.candidates import CandidateState
from volunteer.models import Candidate, Card


def card_that_opens(session: Session, token_hash: bytes, *, now: datetime) -> tuple[Card, Candidate] | None:
    """The card with this hash and the confirmed file it opens; none when it is revoked or over."""
    found = session.execute(
        select(Card, Candidate)
        .join(Candidate, Candidate.id == Card.candidate_id)
        .where(
            Card.token_hash == token_hash,
            Card.revoked_at.is_(None),
            Card.expires_at > now,
            Candidate.state == CandidateState.CONFIRMED,
        )
    ).one_or_none()
    return (found[0], found[1]) if found else None


def pending_behind(session: Session, token_hash: bytes, *, now: datetime) -> UUID | None:
    """The file that was not confirmed yet behind a card that is neither revoked nor over."""
    return session.scalar(
        select(Card.candidate_id)
        .join(Candidate, Candidate.id == Card.candidate_id)
        .where(
            Card.token_hash == token_hash,
            Card.revoked_at.is_(None),
            Card.expires_at > now,
            Candidate.state == CandidateState.PENDING,
        )
    )


def card_in_force(session: Session, candidate_id: UUID, *, now: datetime) -> Card | None:
    """The newest card of this file that still opens it."""
    return session.scalar(
        select(Card)
        .where(Card.candidate_id == candidate_id, Card.revoked_at.is_(None), Card.expires_at > now)
        .order_by(Card.issued_at.desc(), Card.id)
        .limit(1)
    )


def newest_card(session: Session, candidate_id: UUID) -> Card | None:
    """The newest card of this file, whether it still opens it or not."""
    return session.scalar(
        select(Card)
        .where(Card.candidate_id == candidate_id)
        .order_by(Card.revoked_at.is_not(None), Card.issued_at.desc(), Card.id)
        .limit(1)
    )


def files_with_number(session: Session, number: str) -> Sequence[UUID]:
    """The files to which a card with this number belongs or belonged: one, and once in a while two."""
    return session.scalars(select(Card.candidate_id).where(Card.number == number).distinct()).all()
