"""What can be done with organisations and their venues."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import func, select

from volunteer.domain.events.opportunities import OpportunityChanged
from volunteer.domain.opportunities import Place
from volunteer.domain.organisations import Approval, has_yes
from volunteer.models import Opportunity, Organisation, Venue
from volunteer.models.base import field_name
from volunteer.services import districts
from volunteer.unit_of_work import UnitOfWork

_EMAIL = field_name("organisations", "email_sealed")
_PHONE = field_name("organisations", "phone_sealed")


def by_name(uow: UnitOfWork, name: str, *, language: str) -> Organisation:
    """The organisation of this name, capitals aside; made when there is none."""
    found = uow.session.scalar(
        select(Organisation).where(func.lower(Organisation.name) == name.lower()).limit(1)
    )
    return found or add(uow, name, language=language)


def add(uow: UnitOfWork, name: str, *, language: str, external_id: str | None = None) -> Organisation:
    """A new organisation, known by its name and the language we write to it in."""
    organisation = Organisation(
        id=uuid4(),
        external_id=external_id,
        name=name,
        language=language,
        sectors=[],
        approval=Approval.APPROVED,
        created_at=uow.now,
    )
    uow.session.add(organisation)
    return organisation


def gets_people(organisation: Organisation) -> bool:
    """Whether people may see what it offers, and go there: it has the desk's yes, and is not suspended."""
    stands = has_yes(Approval(organisation.approval), had_yes=organisation.had_yes)
    return stands and organisation.suspended_at is None


def may_publish(organisation: Organisation) -> bool:
    """Whether what it publishes now may be shown to people; until then it waits.

    Roles that are open already stay open while the desk looks at a change; a suspension holds those back too.
    """
    return organisation.approval == Approval.APPROVED and organisation.suspended_at is None


def set_email(uow: UnitOfWork, organisation: Organisation, email: str | None) -> None:
    """Seal the address we write to, and keep the hash by which it can be found."""
    organisation.email_sealed = uow.keyring.seal(email, field=_EMAIL) if email else None
    organisation.email_hash = email_fingerprint(uow, email) if email else None


def email_fingerprint(uow: UnitOfWork, email: str) -> bytes:
    """The hash by which an organisation's address is found; nobody else's address has the same one."""
    return uow.keyring.fingerprint(email, kind="organisation")


def address_proof(organisation: Organisation) -> str:
    """Changes with the address: an invitation sent to an older one is no longer good."""
    return organisation.email_hash.hex()[:16] if organisation.email_hash else ""


def email_of(uow: UnitOfWork, organisation: Organisation) -> str | None:
    """The address we write to, opened."""
    if organisation.email_sealed is None:
        return None
    return uow.keyring.open(organisation.email_sealed, field=_EMAIL)


def set_phone(uow: UnitOfWork, organisation: Organisation, phone: str | None) -> None:
    """Seal the number at which the desk calls."""
    organisation.phone_sealed = uow.keyring.seal(phone, field=_PHONE) if phone else None


def phone_of(uow: UnitOfWork, organisation: Organisation) -> str | None:
    """The number at which the desk calls, opened."""
    if organisation.phone_sealed is None:
        return None
    return uow.keyring.open(organisation.phone_sealed, field=_PHONE)


def venue_at(uow: UnitOfWork, organisation_id: UUID, place: Place) -> Venue | None:
    """The venue of this organisation at this address, made if need be; ``None`` for no address at all.

    Raises :class:`InvalidValue` for a district that is not there, or not in the municipality.
    """
    if not place.is_known():
        return None
    place = districts.located(uow, place)
    at = [
        Venue.organisation_id == organisation_id,
        Venue.street == place.street,
        Venue.postal_code == place.postal_code,
        Venue.municipality == place.municipality,
    ]
    if place.street is None and place.latitude is not None:
        # Without a street, only the point on the map tells two addresses apart.
        at += [Venue.latitude == place.latitude, Venue.longitude == place.longitude]
    elif place.street is None:
        at.append(Venue.district == place.district)
    venue = uow.session.scalar(select(Venue).where(*at).order_by(Venue.created_at, Venue.id).limit(1))
    if venue is None:
        venue = new_venue(uow, organisation_id, place)
        districts.settle(uow, venue)
    else:
        _move(uow, venue, place)
    return venue


def _move(uow: UnitOfWork, venue: Venue, place: Place) -> None:
    """Put a known venue where it is now said to be; every role there hears of it."""
    before = (venue.latitude, venue.longitude, venue.district)
    if place.latitude is not None:
        venue.latitude, venue.longitude = place.latitude, place.longitude
    venue.district = place.district or venue.district
    districts.settle(uow, venue)
    if (venue.latitude, venue.longitude, venue.district) != before:
        for role_id in uow.session.scalars(select(Opportunity.id).where(Opportunity.venue_id == venue.id)):
            uow.record(OpportunityChanged(role_id))


def new_venue(uow: UnitOfWork, organisation_id: UUID, place: Place) -> Venue:
    """A further venue of this organisation."""
    venue = Venue(
        id=uuid4(),
        organisation_id=organisation_id,
        street=place.street,
        postal_code=place.postal_code,
        municipality=place.municipality,
        district=place.district,
        latitude=place.latitude,
        longitude=place.longitude,
        created_at=uow.now,
    )
    uow.session.add(venue)
    return venue
