"""Reads of what is held on one person, for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from volunteer.domain.messages import Recipient
from volunteer.models import (
    Card,
    Device,
    Incident,
    Message,
    Opportunity,
    Organisation,
    Signal,
    Suggestion,
    SuggestionList,
)

RoleShown = Row[str, str, datetime, datetime | None, datetime | None]
"""title, organisation, made_at, saved_at, refused_at"""


def roles_shown(session: Session, candidate_id: UUID) -> Sequence[RoleShown]:
    """Every role on any list of this person, once, with when it first was; the newest first."""
    made_at = func.min(SuggestionList.made_at).label("made_at")
    return session.execute(
        select(
            Opportunity.title,
            Organisation.name.label("organisation"),
            made_at,
            func.max(Suggestion.saved_at).label("saved_at"),
            func.max(Suggestion.refused_at).label("refused_at"),
        )
        .join(SuggestionList, SuggestionList.id == Suggestion.list_id)
        .join(Opportunity, Opportunity.id == Suggestion.opportunity_id)
        .join(Organisation, Organisation.id == Opportunity.organisation_id)
        .where(Suggestion.candidate_id == candidate_id)
        .group_by(Opportunity.id, Opportunity.title, Organisation.name)
        .order_by(made_at.desc(), Opportunity.title)
    ).all()


def messages_to(session: Session, candidate_id: UUID) -> Sequence[Message]:
    """Everything this person was told or is to be told, the newest first."""
    return session.scalars(
        select(Message)
        .where(Message.recipient == Recipient.CANDIDATE, Message.recipient_id == candidate_id)
        .order_by(Message.created_at.desc(), Message.id)
    ).all()


def cards_of(session: Session, candidate_id: UUID) -> Sequence[Card]:
    """Every card of this file, the newest first."""
    chosen = select(Card).where(Card.candidate_id == candidate_id)
    return session.scalars(chosen.order_by(Card.issued_at.desc(), Card.id)).all()


def devices_of(session: Session, candidate_id: UUID) -> Sequence[Device]:
    """Every device that asked for this file, the newest first."""
    chosen = select(Device).where(Device.candidate_id == candidate_id)
    return session.scalars(chosen.order_by(Device.asked_at.desc(), Device.id)).all()


def signals_of(session: Session, candidate_id: UUID) -> Sequence[Signal]:
    """Every time this person said that nothing fits, the newest first."""
    chosen = select(Signal).where(Signal.candidate_id == candidate_id)
    return session.scalars(chosen.order_by(Signal.raised_at.desc(), Signal.id)).all()


def incidents_from(session: Session, candidate_id: UUID) -> Sequence[Incident]:
    """What this person reported from their file, the newest first."""
    chosen = select(Incident).where(Incident.candidate_id == candidate_id)
    return session.scalars(chosen.order_by(Incident.opened_at.desc(), Incident.id)).all()
