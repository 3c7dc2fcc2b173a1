"""Who came to a gathering: a list to print before the day, and the same list to fill in afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.documents.attendance import AttendanceLine, attendance_pdf
from volunteer.documents.sheet import PaperSize
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.models import GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.services import gathering_seats, gatherings
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk
from volunteer.web.errors import form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms import gathering_sign_ups as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.gathering_lists import listed
from volunteer.web.gathering_parties import party_row
from volunteer.web.gathering_words import gathering_card, title_of
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.paper_reply import pdf_reply
from volunteer.web.views.gatherings.blueprints import at_desk


@at_desk.get("/<uuid:gathering_id>/attendance")
@for_desk
def attendance(gathering_id: UUID) -> ResponseReturnValue:
    """The list to fill in: a tick for each who came, and how many."""
    with current_core().units.read() as uow:
        parties = _expected(uow, gathering_id)
        answers: Answers = {}
        for each in parties:
            answers |= forms.as_shown(each.id, each.attended)
        return _page(uow, gathering_id, answers)


@at_desk.post("/<uuid:gathering_id>/attendance")
@for_desk
def count(gathering_id: UUID) -> ResponseReturnValue:
    """Write down who came; sent again it says the same. What was left as it stood changes nothing."""
    with current_core().units.read() as uow:
        ids = [each.id for each in _expected(uow, gathering_id)]
    answers = forms.attendance(request.form, ids)
    try:
        with current_core().units.write() as uow:
            for each in _expected(uow, gathering_id):
                party = gathering_seats.held(uow, each.id)
                came = forms.came_of(answers, party.id, party.size)
                if forms.says_anew(answers, party.id, came, party.attended):
                    gathering_seats.attend(uow, party.id, came)
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            return _page(uow, gathering_id, answers, error)
    flash(_("Written down."), "success")
    return redirect(url_for(".show", gathering_id=gathering_id), code=303)


@at_desk.get("/<uuid:gathering_id>/attendance.pdf")
@for_desk
def attendance_list(gathering_id: UUID) -> ResponseReturnValue:
    """The same on paper, for when there is no network in the hall."""
    with current_core().units.read() as uow:
        gathering = gatherings.found(uow, gathering_id)
        card, rows = (
            gathering_card(uow, gathering),
            [party_row(uow, each) for each in _expected(uow, gathering_id)],
        )
        made = attendance_pdf(
            [
                AttendanceLine(
                    number=each.number,
                    name=each.name,
                    size=each.size,
                    about=f"{each.about} – {each.state.text}",
                )
                for each in rows
            ],
            PaperSize.A4,
            title=title_of(gathering),
            facts=[f"{card.day}, {card.hours}", ", ".join(filter(None, (card.venue, card.address)))],
            desk=current_language(),
            made_at=uow.now,
        )
    return pdf_reply("attendance", made)


def _expected(uow: UnitOfWork, gathering_id: UUID) -> Sequence[GatheringParty]:
    """Everyone who may turn up, waiting ones too: somebody else may stay away."""
    return queries.parties_of(uow.session, gatherings.found(uow, gathering_id).id, live=True)


def _page(
    uow: UnitOfWork, gathering_id: UUID, answers: Answers, error: DomainError | None = None
) -> ResponseReturnValue:
    page = render_template(
        "gatherings/attendance.html",
        found=listed(uow, [gatherings.found(uow, gathering_id)])[0],
        parties=[party_row(uow, each) for each in _expected(uow, gathering_id)],
        answers=answers,
        errors=form_errors([error], field="list") if error else [],
    )
    return page, status_of(error) if error else 200
