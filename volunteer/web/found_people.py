"""How somebody is named in a list at the desk: enough to tell them apart, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID

from volunteer.domain.candidates import CandidateState
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.places import MUNICIPALITIES
from volunteer.models import Candidate, Organisation
from volunteer.queries.cards import card_in_force
from volunteer.services import organisations
from volunteer.services.contacts import spoken_phone
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_days_ago
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in a list."""

    id: UUID
    name: str
    place: str
    speaks: str
    """The language to speak, by its own name."""
    seen: str
    card: str | None
    """Number of the card in force."""
    is_pending: bool


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation in a list, with how to reach it."""

    name: str
    contact_name: str | None
    phone: str | None
    phone_text: str
    email: str | None


def person_rows(uow: UnitOfWork, people: Iterable[Candidate]) -> list[PersonRow]:
    """These people, in this order."""
    return [person_row(uow, each) for each in people]


def person_row(uow: UnitOfWork, candidate: Candidate) -> PersonRow:
    """One person."""
    card = card_in_force(uow.session, candidate.id, now=uow.now)
    return PersonRow(
        id=candidate.id,
        name=candidate.first_name,
        place=place_of(candidate),
        speaks=LANGUAGES[candidate.language].own,
        seen=_("seen %(when)s", when=spoken_days_ago(last_seen(candidate), uow.now)),
        card=card.number if card else None,
        is_pending=candidate.state == CandidateState.PENDING,
    )


def organisation_rows(uow: UnitOfWork, found: Iterable[Organisation]) -> list[OrganisationRow]:
    """These organisations, in this order."""
    rows = []
    for each in found:
        phone = organisations.phone_of(uow, each)
        text = spoken_phone(phone) if phone else ""
        email = organisations.email_of(uow, each)
        rows.append(OrganisationRow(each.name, each.contact_name, phone, text, email))
    return rows


def place_of(candidate: Candidate) -> str:
    """Postal code and municipality, as far as they were told."""
    town = MUNICIPALITIES.get(candidate.municipality or "")
    name = town.label(current_language()) if town else None
    return " ".join(filter(None, (candidate.postal_code, name))) or _("place not told")


def last_seen(candidate: Candidate) -> datetime:
    """When this person was last here or opened their file; of opening only the day is known."""
    seen = [candidate.created_at, candidate.confirmed_at]
    if candidate.seen_on:
        seen.append(datetime.combine(candidate.seen_on, time.min, tzinfo=UTC))
    return max(moment for moment in seen if moment)
