"""The legal papers of an organisation as PDF, and the word that a volunteer received them."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.documents.formal import (
    Note,
    Placement,
    agreement_pdf,
    certificate_pdf,
    information_note_pdf,
)
from volunteer.documents.sheet import PaperSize
from volunteer.domain.accounts import ANSWERING
from volunteer.domain.errors import ImpossibleStep, NotAllowed, NotFound
from volunteer.domain.introductions import EXPECTED, IntroductionState
from volunteer.models import Introduction
from volunteer.services import information_notes, introductions
from volunteer.services.opportunity_texts import said_in
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_members, staff
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.paper_reply import pdf_reply
from volunteer.web.views.organisation.blueprint import MEMBERS, blueprint, our_team

LANGUAGES = ("nl", "fr", "en")
"""In these the headings are there; what the organisation wrote stays in its own."""
_MOST_HOURS = 20_000


@blueprint.get("/information")
@blueprint.get("/introductions/<uuid:introduction_id>/information")
@for_members
def information(introduction_id: UUID | None = None) -> ResponseReturnValue:
    """The note as it stands now: of the team of this introduction, or of the one that was chosen."""
    with current_core().units.read() as uow:
        team_id = _placed(uow, introduction_id).organisation_id if introduction_id else our_team().id
        note = _note(uow, team_id)
    return pdf_reply("information", information_note_pdf(note, PaperSize.A4))


@blueprint.get("/introductions/<uuid:introduction_id>/agreement")
@for_members
def agreement(introduction_id: UUID) -> ResponseReturnValue:
    """The agreement note for one volunteer."""
    with current_core().units.read() as uow:
        found = _placed(uow, introduction_id)
        made = agreement_pdf(_note(uow, found.organisation_id), _placement(found), PaperSize.A4)
    return pdf_reply("agreement", made)


@blueprint.get("/introductions/<uuid:introduction_id>/certificate")
@for_members
def certificate(introduction_id: UUID) -> ResponseReturnValue:
    """A certificate for one volunteer; ``?hours=`` where the organisation counts them."""
    with current_core().units.read() as uow:
        found = _placed(uow, introduction_id)
        if found.started_at is None:
            raise NotFound("This is not there any more.")
        made = certificate_pdf(_note(uow, found.organisation_id), _placement(found), PaperSize.A4)
    return pdf_reply("certificate", made)


@blueprint.post("/introductions/<uuid:introduction_id>/informed")
@for_members
def informed(introduction_id: UUID) -> ResponseReturnValue:
    """The volunteer received the note."""
    try:
        with current_core().units.write() as uow:
            found = introductions.visible_to(uow, staff().organisations(*MEMBERS), introduction_id)
            if found.organisation_id not in staff().organisations(*ANSWERING):
                raise NotAllowed("You can look at this introduction. A colleague of your team answers it.")
            information_notes.record_receipt(uow, found.organisation_id, found.id)
    except ImpossibleStep:
        flash(_("Something is missing for this note. Fill it in on the page about you."), "warning")
    else:
        flash(_("Thank you. It is written down."), "success")
    return redirect(url_for("organisation.introduction", introduction_id=introduction_id), code=303)


def _note(uow: UnitOfWork, organisation_id: UUID) -> Note:
    found = information_notes.current(uow, organisation_id)
    return Note(
        content=found.content,
        version=found.version,
        made_on=found.made_at,
        language=_language(),
        time_zone=current_core().settings.centre.time_zone,
    )


def _placed(uow: UnitOfWork, introduction_id: UUID) -> Introduction:
    found = introductions.visible_to(uow, staff().organisations(*MEMBERS), introduction_id)
    if found.state not in EXPECTED | {IntroductionState.STOPPED}:
        raise NotFound("This is not there any more.")
    return found


def _placement(found: Introduction) -> Placement:
    said = said_in(found.opportunity, _language())
    return Placement(
        first_name=found.candidate.first_name,
        role=said.title,
        role_language=said.language,
        started_at=found.started_at,
        ended_at=found.ended_at if found.started_at else None,
        hours=_hours(),
    )


def _language() -> str:
    """``?language=``: who gets the paper may read another one than who prints it."""
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else current_language()


def _hours() -> int | None:
    asked = request.args.get("hours", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 and 0 < int(asked) <= _MOST_HOURS else None
