"""Whom a row is about, and how they are reached: what opens first."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.candidates import Channel
from volunteer.domain.languages import LANGUAGES
from volunteer.models import Candidate, Organisation
from volunteer.services import candidates, organisations
from volunteer.services.contacts import spoken_phone
from volunteer.unit_of_work import UnitOfWork

_BY_NUMBER = frozenset({Channel.PHONE, Channel.SMS})


@dataclass(frozen=True, slots=True)
class Reached:
    """A phone number to press and to read, or another address; either may be missing."""

    phone: str | None = None
    phone_text: str = ""
    other: str | None = None
    email: str | None = None
    ask_for: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a file."""

    id: UUID
    name: str
    speaks: str
    reached: Reached


def person(uow: UnitOfWork, candidate: Candidate) -> Person:
    """Somebody, with the language to speak and the way they chose."""
    contact = candidates.contact_of(uow, candidate)
    by_number = candidate.channel in _BY_NUMBER
    return Person(
        id=candidate.id,
        name=candidate.first_name,
        speaks=LANGUAGES[candidate.language].own,
        reached=Reached(
            phone=contact if by_number else None,
            phone_text=spoken_phone(contact) if contact and by_number else "",
            other=None if by_number else contact,
        ),
    )


def team(uow: UnitOfWork, organisation: Organisation, *, ask_for: str | None = None) -> Reached:
    """How an organisation is reached, and for whom to ask."""
    phone = organisations.phone_of(uow, organisation)
    return Reached(
        phone=phone,
        phone_text=spoken_phone(phone) if phone else "",
        email=organisations.email_of(uow, organisation),
        ask_for=ask_for or organisation.contact_name,
    )
