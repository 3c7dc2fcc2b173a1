"""The note that an organisation owes its volunteers before they start (law of 3 July 2005): five matters.

Each time what it says has changed, a new version is kept, with its day; a receipt names the version.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import select

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.introductions import EXPECTED
from volunteer.domain.organisations import LegalForm
from volunteer.models import InformationNote, Introduction, Organisation
from volunteer.services import introductions
from volunteer.unit_of_work import UnitOfWork

FIELDS = ("aim", "insurance", "expenses", "discretion")
"""What is told beside the legal form."""


def missing(organisation: Organisation) -> list[str]:
    """What the organisation has not told yet, by the name of its field; with nothing missing it is whole."""
    asked = [name for name in FIELDS if not getattr(organisation, name)]
    if organisation.legal_form is None:
        asked.insert(1 if "aim" in asked else 0, "legal_form")
    if organisation.legal_form == LegalForm.DE_FACTO and not organisation.responsible_person:
        asked.append("responsible_person")
    return asked


def current(uow: UnitOfWork, organisation_id: UUID) -> InformationNote:
    """The note as it stands now, a new version where something changed since the last.

    Raises :class:`ImpossibleStep` while something is missing.
    """
    # Held, so that two who print at once make one version.
    organisation = uow.session.get_one(Organisation, organisation_id, with_for_update=True)
    if missing(organisation):
        raise ImpossibleStep("Something is missing for this note. Fill it in on the page about you.")
    newest = uow.session.scalar(
        select(InformationNote)
        .where(InformationNote.organisation_id == organisation_id)
        .order_by(InformationNote.version.desc())
        .limit(1)
    )
    content = _content(organisation)
    if newest is not None and newest.content == content:
        return newest
    note = InformationNote(
        id=uuid4(),
        organisation_id=organisation_id,
        version=newest.version + 1 if newest else 1,
        content=content,
        made_at=uow.now,
    )
    uow.session.add(note)
    return note


def record_receipt(uow: UnitOfWork, organisation_id: UUID, introduction_id: UUID) -> Introduction:
    """The organisation says that it gave this person the note, as it stands now.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` before a yes or while the note is not whole.
    """
    introduction = introductions.own_of(uow, organisation_id, introduction_id)
    if introduction.state not in EXPECTED:
        raise ImpossibleStep("This cannot be done any more: something changed in the meantime.")
    introduction.informed_of = current(uow, organisation_id).version
    introduction.informed_at = uow.now
    return introduction


def _content(organisation: Organisation) -> dict[str, str]:
    told = {name: getattr(organisation, name) or "" for name in (*FIELDS, "responsible_person")}
    return {
        **told,
        "name": organisation.name,
        "legal_form": organisation.legal_form or "",
        "enterprise_number": organisation.enterprise_number or "",
        "is_volunteer_liable": "yes" if organisation.is_volunteer_liable else "",
        "language": organisation.language,
    }
