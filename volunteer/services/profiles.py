"""What an organisation tells about itself; a change that matters brings it before the desk again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from volunteer.domain.candidates import clean_name as clean_person
from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.organisations import (
    LONGEST_NOTE,
    LegalForm,
    Profile,
    Turn,
    clean_activity,
    clean_name,
)
from volunteer.models import Organisation
from volunteer.queries import joining as queries
from volunteer.services import contacts, information_notes, organisation_talk, organisations
from volunteer.services.enterprise_numbers import clean_enterprise_number
from volunteer.unit_of_work import UnitOfWork

MATTERS = ("name", "legal_form", "enterprise_number", "activity", "aim")
"""What the desk looked at when it said yes."""
_LONGEST_CONTACT = 80
_TOLD = ("aim", "insurance", "expenses", "discretion")


def checked(profile: Profile) -> Profile:
    """The same, cleaned. Raises :class:`InvalidValue`."""
    told = {name: clean_words(getattr(profile, name), longest=LONGEST_NOTE, field=name) for name in _TOLD}
    responsible = profile.responsible_person.strip()
    is_de_facto = profile.legal_form is LegalForm.DE_FACTO
    return Profile(
        name=clean_name(profile.name),
        legal_form=profile.legal_form,
        enterprise_number=clean_enterprise_number(profile.enterprise_number or ""),
        activity=clean_activity(profile.activity),
        # Only an association without legal personality has somebody who answers for it in person.
        responsible_person=clean_person(responsible, field="responsible_person")
        if responsible and is_de_facto
        else "",
        is_volunteer_liable=profile.is_volunteer_liable and is_de_facto,
        needs_agreement=profile.needs_agreement,
        **told,
    )


def change(uow: UnitOfWork, organisation_id: UUID, profile: Profile, *, account_id: UUID) -> bool:
    """Write it down; returns whether the desk looks at it again before new roles are shown.

    What volunteers are told is kept as it was and as it is now. Raises :class:`InvalidValue`, and
    :class:`ImpossibleStep` for the number of another organisation.
    """
    organisation = organisation_talk.held(uow, organisation_id)
    new = checked(profile)
    _check_number(uow, organisation, new.enterprise_number)
    fields = asdict(new)
    matters = any((getattr(organisation, name) or "") != (fields[name] or "") for name in MATTERS)
    information_notes.keep(uow, organisation)
    for name, value in fields.items():
        setattr(organisation, name, None if value == "" else value)
    information_notes.keep(uow, organisation)
    if not matters:
        return False
    before = organisation.approval
    organisation_talk.take(uow, organisation_id, Turn.CHANGE, account_id=account_id)
    return organisation.approval != before


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How we reach an organisation, as it was typed."""

    contact_name: str
    email: str
    phone: str
    language: str | None
    """None leaves the language as it is."""


def reach(uow: UnitOfWork, organisation: Organisation, told: Reach) -> None:
    """Write down whom to reach, and how. Raises :class:`InvalidValue`."""
    email = contacts.clean_email(told.email) if told.email else None
    organisations.set_email(uow, organisation, email)
    # A number that nobody touched stays as it is: it may come from an import.
    if told.phone != contacts.spoken_phone(organisations.phone_of(uow, organisation) or ""):
        organisations.set_phone(uow, organisation, contacts.clean_phone(told.phone) if told.phone else None)
    organisation.contact_name = told.contact_name[:_LONGEST_CONTACT] or None
    organisation.language = told.language or organisation.language


def _check_number(uow: UnitOfWork, organisation: Organisation, number: str | None) -> None:
    if not number or number == organisation.enterprise_number:
        return
    if queries.has_number(uow.session, number, but_not=organisation.id):
        raise ImpossibleStep(
            "Another organisation here has this number. Call us, and we sort it out.",
            field="enterprise_number",
        )
