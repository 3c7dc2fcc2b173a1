"""Suspending an organisation: what it offers is not suggested, and whoever was to meet it waits."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import select

from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.events.organisations import OrganisationReinstated, OrganisationSuspended
from volunteer.models import Organisation, Suspension
from volunteer.unit_of_work import UnitOfWork


def suspend(uow: UnitOfWork, organisation_id: UUID, *, account_id: UUID | None = None) -> Organisation:
    """From now on nothing goes there; whoever is concerned is told by a worker.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` when it is suspended already.
    """
    organisation = _held(uow, organisation_id)
    if organisation.suspended_at is not None:
        raise ImpossibleStep("This organisation is suspended already.")
    organisation.suspended_at = uow.now
    uow.session.add(
        Suspension(
            id=uuid4(),
            organisation_id=organisation.id,
            suspended_at=uow.now,
            suspended_by=_account(account_id),
        )
    )
    uow.record(OrganisationSuspended(organisation.id))
    return organisation


def reinstate(uow: UnitOfWork, organisation_id: UUID, *, account_id: UUID | None = None) -> Organisation:
    """Everything goes on. Raises :class:`NotFound`, and :class:`ImpossibleStep` when it is not suspended."""
    organisation = _held(uow, organisation_id)
    if organisation.suspended_at is None:
        raise ImpossibleStep("This organisation is not suspended any more.")
    organisation.suspended_at = None
    for each in uow.session.scalars(
        select(Suspension).where(
            Suspension.organisation_id == organisation_id, Suspension.lifted_at.is_(None)
        )
    ):
        each.lifted_at, each.lifted_by = uow.now, _account(account_id)
    uow.record(OrganisationReinstated(organisation.id))
    return organisation


def _account(account_id: UUID | None) -> str | None:
    return f"account:{account_id}" if account_id else None


def _held(uow: UnitOfWork, organisation_id: UUID) -> Organisation:
    organisation = uow.session.get(
        Organisation, organisation_id, with_for_update=True, populate_existing=True
    )
    if organisation is None:
        raise NotFound("This organisation is not there any more.")
    return organisation
