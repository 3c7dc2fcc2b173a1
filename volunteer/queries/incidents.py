"""Reads of incidents."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from volunteer.domain.incidents import IncidentState
from volunteer.models import Incident

_OPEN = (IncidentState.NEW, IncidentState.LOOKING)


def open_incidents(session: Session, *, limit: int = 200) -> Sequence[Incident]:
    """What is not closed: urgent ones first, then what is due first."""
    return session.scalars(
        select(Incident)
        .where(Incident.state.in_(_OPEN))
        .options(
            joinedload(Incident.organisation), joinedload(Incident.opportunity), joinedload(Incident.taken_by)
        )
        .order_by(Incident.is_urgent.desc(), Incident.due_at, Incident.id)
        .limit(limit)
    ).all()


def incidents_of(session: Session, candidate_id: UUID) -> Sequence[Incident]:
    """What this person reported from their own file, the newest first."""
    return session.scalars(
        select(Incident)
        .where(Incident.candidate_id == candidate_id)
        .options(joinedload(Incident.organisation))
        .order_by(Incident.opened_at.desc(), Incident.id)
    ).all()


def is_number_taken(session: Session, number: int) -> bool:
    """Whether some incident has this number."""
    return session.scalar(select(Incident.id).where(Incident.number == number)) is not None
