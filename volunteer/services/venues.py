"""The addresses of an organisation: added, changed, taken away while no role is done there."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.events.opportunities import OpportunityChanged
from volunteer.domain.opportunities import Place, Scope
from volunteer.domain.organisations import LONGEST_STREET, LONGEST_WAY_IN
from volunteer.models import Opportunity, Venue
from volunteer.queries import joining as queries
from volunteer.services import access_check, districts, organisations
from volunteer.unit_of_work import UnitOfWork


def venue_in(uow: UnitOfWork, organisation_id: UUID, venue_id: UUID) -> Venue:
    """A venue of this organisation. Raises :class:`NotFound`, also for somebody else's."""
    venue = uow.session.get(Venue, venue_id, with_for_update=True, populate_existing=True)
    if venue is None or venue.organisation_id != organisation_id:
        raise NotFound("This venue is not there any more.")
    return venue


def clean_street(text: str) -> str | None:
    """Street and number, on one line. Raises :class:`InvalidValue`."""
    return clean_words(" ".join(text.split()), longest=LONGEST_STREET, field="street") or None


def clean_way_in(text: str) -> str | None:
    """How to get there: the stop, the line, the door. Raises :class:`InvalidValue`."""
    return clean_words(text, longest=LONGEST_WAY_IN, field="getting_there") or None


def add(uow: UnitOfWork, organisation_id: UUID, place: Place, *, getting_there: str | None) -> Venue:
    """A further address. Raises :class:`InvalidValue`."""
    venue = organisations.new_venue(uow, organisation_id, districts.located(uow, place))
    venue.getting_there = getting_there
    districts.settle(uow, venue)
    return venue


def change(
    uow: UnitOfWork, organisation_id: UUID, venue_id: UUID, place: Place, *, getting_there: str | None
) -> Venue:
    """Write an address again; every role there hears of it. Raises :class:`NotFound`, :class:`InvalidValue`.

    Where the address itself changes, the point on the map of the old one goes.
    """
    venue = venue_in(uow, organisation_id, venue_id)
    place = districts.located(uow, place)
    moved = (venue.street, venue.postal_code, venue.municipality) != (
        place.street,
        place.postal_code,
        place.municipality,
    )
    if moved:
        venue.street, venue.postal_code = place.street, place.postal_code
        venue.municipality, venue.district = place.municipality, place.district
        venue.latitude, venue.longitude = place.latitude, place.longitude
        districts.settle(uow, venue)
    if moved or venue.getting_there != getting_there:
        venue.getting_there = getting_there
        for role_id in uow.session.scalars(select(Opportunity.id).where(Opportunity.venue_id == venue.id)):
            uow.record(OpportunityChanged(role_id))
    return venue


def remove(uow: UnitOfWork, organisation_id: UUID, venue_id: UUID) -> None:
    """Take an address away. Raises :class:`NotFound`, :class:`ImpossibleStep` while a role is done there."""
    venue = venue_in(uow, organisation_id, venue_id)
    if queries.roles_at(uow.session, venue.id):
        raise ImpossibleStep("A role is done at this address. Give that role another address first.")
    access_check.clear(uow, Scope.VENUE, venue.id)
    uow.session.delete(venue)
