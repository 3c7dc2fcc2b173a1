"""Reads of organisations."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from volunteer.domain.introductions import RUNNING
from volunteer.domain.organisations import KEEPS_ITS_YES, Approval
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
    """Tell of a row of organisations whether people may go there: not suspended, and with the desk's yes.

    It says of many what :func:`volunteer.domain.organisations.has_yes` says of one.
    """
    keeps_its_yes = and_(Organisation.approval.in_(KEEPS_ITS_YES), Organisation.had_yes)
    return and_(
        Organisation.suspended_at.is_(None), or_(Organisation.approval == Approval.APPROVED, keeps_its_yes)
    )


def gets_people(session: Session, organisation_id: UUID) -> bool:
    """Whether people may go there now."""
    found = select(Organisation.id).where(Organisation.id == organisation_id, may_be_suggested())
    return session.scalar(found) is not None


def suspended_organisations(session: Session) -> list[tuple[Organisation, int]]:
    """Those that are suspended, the longest first, with how many introductions wait for it."""
    chosen = (
        select(Organisation, _running())
        .where(Organisation.suspended_at.is_not(None))
        .order_by(Organisation.suspended_at, Organisation.id)
    )
    return [(organisation, count) for organisation, count in session.execute(chosen)]


def refused_with_people(session: Session) -> list[tuple[Organisation, int]]:
    """Those without a yes that people were to meet, the longest first, with how many introductions wait."""
    chosen = (
        select(Organisation, _running())
        .where(Organisation.suspended_at.is_(None), ~may_be_suggested(), _running() > 0)
        .order_by(Organisation.approval_since, Organisation.id)
    )
    return [(organisation, count) for organisation, count in session.execute(chosen)]


def _running() -> ScalarSelect[int]:
    """How many introductions run with a row of organisations."""
    counted = select(func.count()).where(
        Introduction.organisation_id == Organisation.id, Introduction.state.in_(RUNNING)
    )
    return counted.correlate(Organisation).scalar_subquery()


def running_at(session: Session, organisation_id: UUID) -> Sequence[Introduction]:
    """Everything that runs with this organisation, the oldest first."""
    return session.scalars(
        select(Introduction)
        .where(Introduction.organisation_id == organisation_id, Introduction.state.in_(RUNNING))
        .options(joinedload(Introduction.candidate))
        .order_by(Introduction.asked_at, Introduction.id)
    ).all()


def approved_organisations(session: Session) -> list[tuple[UUID, str]]:
    """Those to which people may go and which look for volunteers, by name."""
    chosen = (
        select(Organisation.id, Organisation.name)
        .where(may_be_suggested(), Organisation.seeks_volunteers)
        .order_by(func.lower(Organisation.name), Organisation.id)
    )
    return [(row.id, row.name) for row in session.execute(chosen)]
