"""Reads of organisations."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from volunteer.domain.introductions import RUNNING
from volunteer.domain.organisations import Approval
from volunteer.models import Introduction, Organisation


def names_of_organisations(session: Session) -> list[tuple[UUID, str]]:
    """Every organisation by name, to choose one from."""
    chosen = select(Organisation.id, Organisation.name).order_by(
        func.lower(Organisation.name), Organisation.id
    )
    return [(row.id, row.name) for row in session.execute(chosen)]


def is_suspended(session: Session, organisation_id: UUID) -> bool:
    """Whether the desk suspended it: nothing goes there until that is lifted."""
    suspended = select(Organisation.id).where(
        Organisation.id == organisation_id, Organisation.suspended_at.is_not(None)
    )
    return session.scalar(suspended) is not None


def may_be_suggested() -> ColumnElement[bool]:
    """Tell of a row of organisations whether people may go there: neither suspended nor refused."""
    return and_(Organisation.suspended_at.is_(None), Organisation.approval != Approval.REFUSED)


def gets_people(session: Session, organisation_id: UUID) -> bool:
    """Whether people may go there now."""
    found = select(Organisation.id).where(Organisation.id == organisation_id, may_be_suggested())
    return session.scalar(found) is not None


def suspended_organisations(session: Session) -> list[tuple[Organisation, int]]:
    """Those that are suspended, the longest first, with how many introductions wait for it."""
    waiting = (
        select(func.count())
        .where(Introduction.organisation_id == Organisation.id, Introduction.state.in_(RUNNING))
        .correlate(Organisation)
        .scalar_subquery()
    )
    chosen = (
        select(Organisation, waiting)
        .where(Organisation.suspended_at.is_not(None))
        .order_by(Organisation.suspended_at, Organisation.id)
    )
    return [(organisation, count) for organisation, count in session.execute(chosen)]


def running_at(session: Session, organisation_id: UUID) -> Sequence[Introduction]:
    """Everything that runs with this organisation, the oldest first."""
    return session.scalars(
        select(Introduction)
        .where(Introduction.organisation_id == organisation_id, Introduction.state.in_(RUNNING))
        .order_by(Introduction.asked_at, Introduction.id)
    ).all()
