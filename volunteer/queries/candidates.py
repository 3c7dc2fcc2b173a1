"""Reads of candidates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from volunteer.domain.candidates import CandidateState
from volunteer.models import Candidate, Consent, MergedFile


def confirmed_candidate(session: Session, candidate_id: UUID, *, hold: bool = False) -> Candidate | None:
    """The file, when its person confirmed it; with ``hold`` nobody else changes it meanwhile.

    The id of a file that went into another leads to that one, for links and events that are on their way.
    """
    went_into = select(MergedFile.candidate_id).where(MergedFile.old_id == candidate_id).scalar_subquery()
    chosen = select(Candidate).where(
        Candidate.id == func.coalesce(went_into, candidate_id), Candidate.state == CandidateState.CONFIRMED
    )
    return session.scalar(chosen.with_for_update() if hold else chosen)


def kept_for_now(session: Session, candidate_id: UUID) -> UUID | None:
    """The id of this file, which nobody erases or merges before this transaction ends; None when it is gone.

    The id of a file that went into another leads to that one. Who wrote it down without a foreign key, and
    did not ask here first, may leave it behind after an erasure that happens at the same moment.
    """
    went_into = select(MergedFile.candidate_id).where(MergedFile.old_id == candidate_id).scalar_subquery()
    # As weak as the lock of a foreign key: people may change their answers meanwhile.
    held = (
        select(Candidate.id)
        .where(Candidate.id == func.coalesce(went_into, candidate_id))
        .with_for_update(read=True, key_share=True)
    )
    # Who had to wait for a merge finds the row gone, and by a second look where it went.
    return session.scalar(held) or session.scalar(held)


def candidate_by_external_id(session: Session, external_id: str) -> Candidate | None:
    """The file that an import knows by this id, also where that one went into another."""
    went_into = select(MergedFile.candidate_id).where(MergedFile.external_id == external_id)
    return session.scalar(
        select(Candidate).where(or_(Candidate.external_id == external_id, Candidate.id.in_(went_into)))
    )


def confirmed_candidates(session: Session) -> Sequence[Candidate]:
    """Every confirmed file, in the order of enrolment."""
    return session.scalars(
        select(Candidate)
        .where(Candidate.state == CandidateState.CONFIRMED)
        .order_by(Candidate.created_at, Candidate.external_id, Candidate.id)
    ).all()


def in_force(now: datetime) -> ColumnElement[bool]:
    """Tell of a row of consents whether it holds: not taken back, and not over at this moment."""
    return and_(Consent.withdrawn_at.is_(None), or_(Consent.until.is_(None), Consent.until > now))


def consents_in_force(
    session: Session, candidate_id: UUID, purpose: str | None = None, *, now: datetime
) -> Sequence[Consent]:
    """What this person agrees to, for one purpose or for any; the oldest first."""
    chosen = select(Consent).where(Consent.candidate_id == candidate_id, in_force(now))
    if purpose is not None:
        chosen = chosen.where(Consent.purpose == purpose)
    return session.scalars(chosen.order_by(Consent.given_at, Consent.id)).all()


def consents_of(session: Session, candidate_id: UUID) -> Sequence[Consent]:
    """Everything this person ever agreed to, taken back or not; the oldest first."""
    chosen = select(Consent).where(Consent.candidate_id == candidate_id)
    return session.scalars(chosen.order_by(Consent.given_at, Consent.id)).all()


def agrees_to(purpose: str, *, now: datetime) -> ColumnElement[bool]:
    """Tell of a row of candidates whether its person agrees to this purpose now."""
    return exists().where(Consent.candidate_id == Candidate.id, Consent.purpose == purpose, in_force(now))
