"""Reads of introductions: always in order of arrival, never by anything about a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from volunteer.domain.introductions import RUNNING, IntroductionState
from volunteer.models import Introduction, Opportunity, Organisation
from volunteer.queries.organisations import may_be_suggested

WAITS_SINCE = func.coalesce(Introduction.returned_at, Introduction.sent_at)
"""Since when an organisation is waited for: the latest moment that it was its turn."""
_ROLE = joinedload(Introduction.opportunity).joinedload(Opportunity.organisation)


def running_introduction(session: Session, candidate_id: UUID, opportunity_id: UUID) -> Introduction | None:
    """The one that runs between this person and this role."""
    return session.scalar(
        select(Introduction).where(
            Introduction.candidate_id == candidate_id,
            Introduction.opportunity_id == opportunity_id,
            Introduction.state.in_(RUNNING),
        )
    )


def running_with(session: Session, candidate_id: UUID, organisation_id: UUID) -> Sequence[Introduction]:
    """Everything that runs between this person and this organisation."""
    return session.scalars(
        select(Introduction).where(
            Introduction.candidate_id == candidate_id,
            Introduction.organisation_id == organisation_id,
            Introduction.state.in_(RUNNING),
        )
    ).all()


def waiting_introductions(session: Session, organisation_id: UUID) -> Sequence[Introduction]:
    """Those that wait for an answer of this organisation, locked for a step."""
    return session.scalars(
        select(Introduction)
        .where(
            Introduction.organisation_id == organisation_id, Introduction.state == IntroductionState.ASKING
        )
        .order_by(Introduction.asked_at, Introduction.id)
        .with_for_update()
    ).all()


def unanswered_since(session: Session, moment: datetime, *, limit: int) -> Sequence[Introduction]:
    """Sent before then, not answered and not reminded of, the oldest first, locked for a step.

    Not where times are proposed: there the person has to choose.

    Not of organisations that are suspended or refused: those may not answer.
    """
    return session.scalars(
        select(Introduction)
        .join(Organisation, Organisation.id == Introduction.organisation_id)
        .where(
            Introduction.state == IntroductionState.SENT,
            moment > WAITS_SINCE,
            ~Introduction.proposal.has(),
            Introduction.nudged_at.is_(None),
            may_be_suggested(),
        )
        .order_by(WAITS_SINCE, Introduction.id)
        .limit(limit)
        .with_for_update(of=Introduction)
    ).all()


def organisations_waited_for(session: Session, *, candidate_id: UUID | None = None) -> Sequence[UUID]:
    """Organisations for whose answer somebody waits, or this person does; always in the same order."""
    chosen = (
        select(Introduction.organisation_id)
        .where(Introduction.state == IntroductionState.ASKING)
        .distinct()
        .order_by(Introduction.organisation_id)
    )
    if candidate_id is not None:
        chosen = chosen.where(Introduction.candidate_id == candidate_id)
    return session.scalars(chosen).all()


def received_introductions(session: Session, organisation_id: UUID) -> Sequence[Introduction]:
    """What this organisation received, the longest waiting first."""
    return session.scalars(
        select(Introduction)
        .where(Introduction.organisation_id == organisation_id, Introduction.sent_at.is_not(None))
        .options(_ROLE, joinedload(Introduction.candidate), joinedload(Introduction.proposal))
        .order_by(Introduction.sent_at, Introduction.id)
    ).all()


def introductions_of(session: Session, candidate_id: UUID) -> Sequence[Introduction]:
    """Everything this person asked for, the newest first."""
    return session.scalars(
        select(Introduction)
        .where(Introduction.candidate_id == candidate_id)
        .options(_ROLE, joinedload(Introduction.proposal))
        .order_by(Introduction.asked_at.desc(), Introduction.id)
    ).all()


def appointments_between(
    session: Session, start: datetime, end: datetime, *, limit: int
) -> Sequence[Introduction]:
    """Introductions with a yes whose agreed moment lies in there, and that nobody was reminded of; locked.

    Not with organisations that are suspended or refused: there it waits.
    """
    return session.scalars(
        select(Introduction)
        .join(Organisation, Organisation.id == Introduction.organisation_id)
        .where(
            may_be_suggested(),
            Introduction.state == IntroductionState.ACCEPTED,
            Introduction.agreed_at >= start,
            Introduction.agreed_at < end,
            or_(
                Introduction.reminded_of.is_(None),
                Introduction.reminded_of != Introduction.agreed_at,
            ),
        )
        .order_by(Introduction.agreed_at, Introduction.id)
        .limit(limit)
        .with_for_update(of=Introduction, skip_locked=True)
    ).all()
