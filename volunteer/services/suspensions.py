"""Suspending an organisation: what it offers is not suggested, and whoever was to meet it waits."""

from __future__ import annotations

from uuid import UUID

from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.events.organisations import OrganisationReinstated, OrganisationSuspended
from volunteer.models import Organisation
from volunteer.unit_of_work import UnitOfWork


def suspend(uow: UnitOfWork, organisation_id: UUID) -> Organisation:
    """From now on nothing goes there; whoever is concerned is told by a worker.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` when it is suspended already.
    """
    organisation = _held(uow, organisation_id)
    if organisation.suspended_at is not None:
        raise ImpossibleStep("This organisation is suspended already.")
    organisation.suspended_at = uow.now
    uow.record(OrganisationSuspended(organisation.id))
    return organisation


def reinstate(uow: UnitOfWork, organisation_id: UUID) -> Organisation:
    """Everything goes on. Raises :class:`NotFound`, and :class:`ImpossibleStep` when it is not suspended."""
    organisation = _held(uow, organisation_id)
    if organisation.suspended_at is None:
        raise ImpossibleStep("This organisation is not suspended any more.")
    organisation.suspended_at = None
    uow.record(OrganisationReinstated(organisation.id))
    return organisation


def _held(uow: UnitOfWork, organisation_id: UUID) -> Organisation:
    organisation = uow.session.get(
        Organisation, organisation_id, with_for_update=True, populate_existing=True
    )
    if organisation is None:
        raise NotFound("This organisation is not there any more.")
    return organisation
