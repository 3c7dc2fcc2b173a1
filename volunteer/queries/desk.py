"""Reads for the desk's today page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, joinedload

from volunteer.domain.candidates import CandidateState
from volunteer.domain.consent import GivenHow
from volunteer.domain.introductions import IntroductionState
from volunteer.domain.messages import MessageKind, MessageState
from volunteer.domain.opportunities import OpportunityState
from volunteer.domain.questions import QuestionState
from volunteer.models import (
    Candidate,
    Consent,
    Introduction,
    Message,
    Opportunity,
    Organisation,
    Question,
)
from volunteer.queries.introductions import WAITS_SINCE
from volunteer.queries.organisations import may_be_suggested


@dataclass(frozen=True, slots=True)
class Counts:
    """The day in figures."""

    enrolled: int
    """People who confirmed their file since the start of the day."""
    pending: int
    """Files that wait for their person."""
    asking: int
    """Introductions that wait for an answer to a question."""
    sent: int
    """Introductions that wait for the organisation's yes."""
    accepted: int
    open_roles: int


def counts(session: Session, *, since: datetime) -> Counts:
    """Count; ``since`` is the start of the day."""
    return Counts(
        enrolled=_count(
            session, Candidate.state == CandidateState.CONFIRMED, Candidate.confirmed_at >= since
        ),
        pending=_count(session, Candidate.state == CandidateState.PENDING),
        asking=_count(session, Introduction.state == IntroductionState.ASKING),
        sent=_count(session, Introduction.state == IntroductionState.SENT),
        accepted=_count(session, Introduction.state == IntroductionState.ACCEPTED),
        open_roles=_count(session, Opportunity.state == OpportunityState.OPEN),
    )


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(*conditions)) or 0


def signed_up_here(session: Session, *, since: datetime, limit: int = 20) -> Sequence[Candidate]:
    """Who gave their yes on a tablet or at the desk since then, the first one first."""
    here = exists().where(
        Consent.candidate_id == Candidate.id,
        Consent.given_how.in_([GivenHow.KIOSK, GivenHow.DESK]),
        Consent.given_at >= since,
    )
    return session.scalars(
        select(Candidate)
        .where(Candidate.state == CandidateState.CONFIRMED, Candidate.confirmed_at >= since, here)
        .order_by(Candidate.confirmed_at, Candidate.id)
        .limit(limit)
    ).all()


def pending_files(session: Session, *, limit: int = 50) -> Sequence[Candidate]:
    """Files that wait for their person; what disappears first comes first."""
    return session.scalars(
        select(Candidate)
        .where(Candidate.state == CandidateState.PENDING, Candidate.expires_at.is_not(None))
        .order_by(Candidate.expires_at, Candidate.id)
        .limit(limit)
    ).all()


def unanswered_introductions(
    session: Session, *, before: datetime, limit: int = 50
) -> Sequence[Introduction]:
    """Sent before then and not answered, the oldest first; only of organisations that may answer."""
    return session.scalars(
        select(Introduction)
        .join(Organisation, Organisation.id == Introduction.organisation_id)
        .where(
            Introduction.state == IntroductionState.SENT,
            before > WAITS_SINCE,
            ~Introduction.proposal.has(),
            may_be_suggested(),
        )
        .options(joinedload(Introduction.candidate), joinedload(Introduction.opportunity))
        .order_by(WAITS_SINCE, Introduction.id)
        .limit(limit)
    ).all()


def answered_questions(session: Session, *, since: datetime, limit: int = 20) -> Sequence[Question]:
    """What organisations answered since then, the newest first."""
    return session.scalars(
        select(Question)
        .where(Question.state == QuestionState.ANSWERED, Question.answered_at >= since)
        .options(joinedload(Question.organisation), joinedload(Question.opportunity))
        .order_by(Question.answered_at.desc(), Question.id)
        .limit(limit)
    ).all()


def count_told_after(session: Session, *, organisation_id: UUID, since: datetime) -> int:
    """How many people are told what came of an answer of this organisation."""
    found = session.scalar(
        select(func.count(Introduction.candidate_id.distinct()))
        .join(
            Message,
            (Message.about_id == Introduction.id) & (Message.recipient_id == Introduction.candidate_id),
        )
        .where(
            Introduction.organisation_id == organisation_id,
            Message.kind.in_([MessageKind.WENT_OUT, MessageKind.FELL_THROUGH]),
            Message.created_at >= since,
            Message.state != MessageState.DROPPED,
        )
    )
    return found or 0
