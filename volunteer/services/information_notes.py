"""The note that an organisation owes its volunteers before they start (law of 3 July 2005): five matters.

Each time an organisation changes what it says, a new version is kept, with its day; a receipt names the
version. Looking at the note keeps nothing.
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
    """The note as it stands now, to look at: nothing is written, also where no version was kept of it yet.

    Raises :class:`ImpossibleStep` while something is missing.
    """
    organisation = uow.session.get_one(Organisation, organisation_id)
    _check_whole(organisation)
    shown, kept = _next(uow, organisation), _newest_that_says(uow, organisation)
    if kept is not None:
        shown.version, shown.made_at = kept.version, kept.made_at
    return shown


def keep(uow: UnitOfWork, organisation: Organisation) -> InformationNote | None:
    """Keep a version of what the organisation tells, where it is whole and differs from the last one.

    To be called with the organisation held, before and after something of it changes: what somebody printed
    has the number under which it is kept. Returns the version, or None while something is missing.
    """
    if missing(organisation):
        return None
    note = _newest_that_says(uow, organisation)
    if note is None:
        note = _next(uow, organisation)
        uow.session.add(note)
        uow.session.flush()
    return note


def record_receipt(uow: UnitOfWork, organisation_id: UUID, introduction_id: UUID) -> Introduction:
    """The organisation says that it gave this person the note, as it stands now.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` before a yes or while the note is not whole.
    """
    introduction = introductions.own_of(uow, organisation_id, introduction_id)
    if introduction.state not in EXPECTED:
        raise ImpossibleStep("This cannot be done any more: something changed in the meantime.")
    # Held, so that two who save at once make one version.
    organisation = uow.session.get_one(Organisation, organisation_id, with_for_update=True)
    _check_whole(organisation)
    kept = keep(uow, organisation)
    introduction.informed_of = kept.version if kept else None
    introduction.informed_at = uow.now
    return introduction


def _check_whole(organisation: Organisation) -> None:
    if missing(organisation):
        raise ImpossibleStep("Something is missing for this note. Fill it in on the page about you.")


def _newest(uow: UnitOfWork, organisation: Organisation) -> InformationNote | None:
    return uow.session.scalar(
        select(InformationNote)
        .where(InformationNote.organisation_id == organisation.id)
        .order_by(InformationNote.version.desc())
        .limit(1)
    )


def _newest_that_says(uow: UnitOfWork, organisation: Organisation) -> InformationNote | None:
    """The last version, where nothing it says changed since; in which language it is said does not count."""
    newest, language = _newest(uow, organisation), {"language": organisation.language}
    is_same = newest is not None and newest.content | language == _content(organisation)
    return newest if is_same else None


def _next(uow: UnitOfWork, organisation: Organisation) -> InformationNote:
    """What the next version would be; it is not kept."""
    newest = _newest(uow, organisation)
    return InformationNote(
        id=uuid4(),
        organisation_id=organisation.id,
        version=newest.version + 1 if newest else 1,
        content=_content(organisation),
        made_at=uow.now,
    )


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
