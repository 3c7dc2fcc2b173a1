"""Something is not right: a short form for everyone, with or without a name."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import OF_THE_CENTRE, SUPPORTING
from volunteer.domain.errors import InvalidValue
from volunteer.domain.incidents import LONGEST_PLACE, LONGEST_STORY, SaidAs
from volunteer.models import Opportunity, Organisation
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import incidents
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import candidate_in_session, staff_if_any
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import incidents as forms
from volunteer.web.forms.answers import Answers, text
from volunteer.web.language import current_language, in_another_language, is_chosen_here
from volunteer.web.once import form_id
from volunteer.web.seats import Staff

blueprint = Blueprint("incidents", __name__, url_prefix="/not-right")

Thing = TypeVar("Thing", Opportunity, Organisation)

_NUMBER = "report_number"
_INVALID = 422


@blueprint.get("")
def tell() -> ResponseReturnValue:
    """The form; what it is about is filled in when somebody comes from a card."""
    return _form({name: request.args[name] for name in ("role", "organisation") if name in request.args})


@blueprint.post("")
@limiter.limit("20 per hour", exempt_when=is_chosen_here)
def send() -> ResponseReturnValue:
    """Keep it, and say under which number."""
    answers = forms.report(request.form)
    if is_chosen_here():
        return in_another_language(lambda: _form(answers))
    by = answers.get("answer_by", "")
    wants_answer = by == "own"
    staff = staff_if_any()
    try:
        with current_core().units.write() as uow:
            told = incidents.report(
                uow,
                incidents.Report(
                    story=text(answers, "story"),
                    place=text(answers, "place"),
                    urgent=text(answers, "urgent") == "yes",
                    said_as=_said_as(staff),
                    language=current_language(),
                    opportunity_id=forms.identifier(answers, "role"),
                    organisation_id=_organisation_id(uow, forms.identifier(answers, "organisation")),
                    candidate_id=_own_file_id(uow) if wants_answer else None,
                    account_id=staff.account_id if staff and wants_answer else None,
                    channel=by,
                    contact=forms.contact(answers),
                    form_id=form_id(),
                ),
            )
            session[_NUMBER] = told.number
    except InvalidValue as error:
        return _form(answers, error)
    return redirect(url_for(".sent"), code=303)


@blueprint.get("/sent")
def sent() -> ResponseReturnValue:
    """Thank you, and what happens now."""
    number = session.pop(_NUMBER, None)
    return render_template("incidents/sent.html", number=number)


def _form(answers: Answers, error: InvalidValue | None = None) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        role = _found(uow, Opportunity, forms.identifier(answers, "role"))
        organisation = _found(uow, Organisation, forms.identifier(answers, "organisation"))
        page = render_template(
            "incidents/tell.html",
            answers=answers,
            errors=form_errors([error]) if error else [],
            role=role.title if role else None,
            organisation=role.organisation.name if role else organisation.name if organisation else None,
            knows_them=staff_if_any() is not None or candidate_in_session() is not None,
            longest_story=LONGEST_STORY,
            longest_place=LONGEST_PLACE,
        )
    return page, _INVALID if error else 200


def _found(uow: UnitOfWork, kind: type[Thing], identifier: UUID | None) -> Thing | None:
    return uow.session.get(kind, identifier) if identifier else None


def _organisation_id(uow: UnitOfWork, identifier: UUID | None) -> UUID | None:
    found = _found(uow, Organisation, identifier)
    return found.id if found else None


def _own_file_id(uow: UnitOfWork) -> UUID | None:
    """The file that is open here; none when it was erased meanwhile, the other when it went into one."""
    open_here = candidate_in_session()
    found = confirmed_candidate(uow.session, open_here) if open_here else None
    return found.id if found else None


def _said_as(staff: Staff | None) -> SaidAs:
    if staff is None:
        return SaidAs.VISITOR if candidate_in_session() is None else SaidAs.CANDIDATE
    if staff.holds(*OF_THE_CENTRE):
        return SaidAs.DESK
    return SaidAs.SUPPORT_WORKER if staff.holds(*SUPPORTING) else SaidAs.ORGANISATION
