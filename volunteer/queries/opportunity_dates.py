"""Reads of roles for which something is due by the clock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from volunteer.domain.accounts import ANSWERING
from volunteer.domain.events.opportunities import OpportunityGrewStale
from volunteer.domain.opportunities import OpportunityState
from volunteer.domain.organisations import Approval
from volunteer.models import Membership, Opportunity, Organisation, OutboxEvent
from volunteer.queries.organisations import may_be_suggested

_RUNNING = (
    OpportunityState.OPEN,
    OpportunityState.PAUSED,
    OpportunityState.FULL,
    OpportunityState.WAITING,
)
_IS_RUNNING = Opportunity.state.in_(_RUNNING)
_FIRST_YEAR, _LAST_YEAR = "1", "a"
"""What is written of times begins with a year only where there are single dates alone."""


def due_to_open(session: Session, *, today: date, limit: int) -> Sequence[Opportunity]:
    """Roles that wait, whose day has come, and whose organisation may publish; held."""
    chosen = (
        select(Opportunity)
        .join(Organisation, Opportunity.organisation_id == Organisation.id)
        .where(
            Opportunity.state == OpportunityState.WAITING,
            or_(Opportunity.opens_on.is_(None), Opportunity.opens_on <= today),
            Organisation.approval == Approval.APPROVED,
            Organisation.suspended_at.is_(None),
        )
    )
    return _held(session, chosen.limit(limit))


def past_their_end(session: Session, *, today: date, limit: int) -> Sequence[Opportunity]:
    """Running roles whose last day is past; held."""
    return _held(session, select(Opportunity).where(_IS_RUNNING, Opportunity.ends_on < today).limit(limit))


def on_single_dates(session: Session) -> list[tuple[UUID, str]]:
    """Running roles that happen on single dates alone, with their times as they are written."""
    chosen = select(Opportunity.id, Opportunity.times).where(
        _IS_RUNNING, Opportunity.times >= _FIRST_YEAR, Opportunity.times < _LAST_YEAR
    )
    return [(row.id, row.times) for row in session.execute(chosen)]


def held_running(session: Session, opportunity_ids: Collection[UUID]) -> Sequence[Opportunity]:
    """These roles, those that still run; held."""
    if not opportunity_ids:
        return ()
    return _held(session, select(Opportunity).where(_IS_RUNNING, Opportunity.id.in_(opportunity_ids)))


def unconfirmed_since(
    session: Session, moment: datetime, *, by_mail: bool, limit: int
) -> Sequence[Opportunity]:
    """Open roles that nobody changed or confirmed since then, and nobody was asked about yet; held.

    Those of organisations that get mail, or those of all others.
    """
    chosen = (
        select(Opportunity)
        .join(Organisation, Opportunity.organisation_id == Organisation.id)
        .where(
            Opportunity.state == OpportunityState.OPEN,
            Opportunity.asked_at.is_(None),
            Opportunity.updated_at <= moment,
            or_(Opportunity.confirmed_at.is_(None), Opportunity.confirmed_at <= moment),
            may_be_suggested(),
            _gets_mail() if by_mail else ~_gets_mail(),
        )
        .limit(limit)
    )
    return _held(session, chosen)


def count_asked_without_mail(session: Session, *, since: datetime) -> int:
    """Of how many roles of organisations that get no mail it was asked since then whether they stand."""
    asked = select(OutboxEvent.payload).where(
        OutboxEvent.type == OpportunityGrewStale.type, OutboxEvent.occurred_at >= since
    )
    ids = {UUID(payload["opportunity_id"]) for payload in session.scalars(asked)}
    counted = (
        select(func.count())
        .select_from(Opportunity)
        .join(Organisation, Opportunity.organisation_id == Organisation.id)
        .where(Opportunity.id.in_(ids), ~_gets_mail())
    )
    return session.scalar(counted) or 0


def unanswered_since(session: Session, moment: datetime, *, limit: int) -> Sequence[Opportunity]:
    """Open roles whose team was asked before then and did not answer; held.

    Not of organisations that are suspended or refused: their teams have other things to settle first.
    """
    chosen = (
        select(Opportunity)
        .join(Organisation, Opportunity.organisation_id == Organisation.id)
        .where(
            Opportunity.state == OpportunityState.OPEN,
            Opportunity.asked_at <= moment,
            may_be_suggested(),
        )
    )
    return _held(session, chosen.limit(limit))


def _gets_mail() -> ColumnElement[bool]:
    """Tell of a row of organisations whether somebody answers for it with an account, or has an address."""
    answering = exists().where(Membership.organisation_id == Organisation.id, Membership.role.in_(ANSWERING))
    return or_(Organisation.email_sealed.is_not(None), answering)


def _held(session: Session, chosen: Select[Opportunity]) -> Sequence[Opportunity]:
    ordered = chosen.order_by(Opportunity.created_at, Opportunity.id)
    return session.scalars(
        ordered.with_for_update(of=Opportunity, skip_locked=True).execution_options(populate_existing=True)
    ).all()
