"""Reads for the desk's today page: how much there is, never who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from volunteer.domain.candidates import CandidateState
from volunteer.domain.introductions import IntroductionState
from volunteer.domain.opportunities import OpportunityState
from volunteer.models import Candidate, Introduction, Opportunity


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
