"""Notes and onward referrals, from a person's page at the desk."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, InvalidValue, NotFound
from volunteer.models import Candidate
from volunteer.services import notes, referrals, spent_forms
from volunteer.translation import translations
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import person_work as forms
from volunteer.web.forms.answers import Answers, text
from volunteer.web.language import gettext as _
from volunteer.web.language import said_to_reader
from volunteer.web.once import form_id
from volunteer.web.person_work import person_work, service_name, service_of, services
from volunteer.web.referral_paper import paper_words

blueprint = Blueprint("person_work", __name__, url_prefix="/desk/people/<uuid:candidate_id>")

_INVALID = 422


@blueprint.post("/notes")
@for_desk
def write_note(candidate_id: UUID) -> ResponseReturnValue:
    """Keep a note for a while."""
    answers = forms.note(request.form)
    try:
        with current_core().units.write() as uow:
            candidate = _file(uow, candidate_id)
            if spent_forms.spend(uow, form_id()):
                notes.write(
                    uow,
                    candidate,
                    text(answers, "note"),
                    days=forms.days(answers),
                    account_id=staff().account_id,
                )
    except InvalidValue as error:
        return _again(candidate_id, answers, error)
    return _back(candidate_id, _("Written down."))


@blueprint.post("/notes/<uuid:note_id>")
@for_desk
def throw_away(candidate_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """A note is not needed any more."""
    try:
        with current_core().units.write() as uow:
            notes.throw_away(uow, candidate_id, note_id)
    except NotFound as error:
        return _back(candidate_id, said_to_reader(error), kind="warning")
    return _back(candidate_id, _("The note is gone."))


@blueprint.post("/referrals")
@for_desk
def refer(candidate_id: UUID) -> ResponseReturnValue:
    """Keep where this person was shown the way to."""
    answers = forms.referral(request.form)
    try:
        with current_core().units.write() as uow:
            candidate = _file(uow, candidate_id)
            if spent_forms.spend(uow, form_id()):
                referrals.refer(
                    uow,
                    candidate,
                    service=text(answers, "service"),
                    known=frozenset(each.code for each in services()),
                    reason=text(answers, "reason"),
                    words=text(answers, "words"),
                    account_id=staff().account_id,
                )
    except InvalidValue as error:
        return _again(candidate_id, answers, error)
    return _back(candidate_id, _("Written down. You can print it for them."))


@blueprint.get("/referrals/<uuid:referral_id>")
@for_desk
def show_referral(candidate_id: UUID, referral_id: UUID) -> ResponseReturnValue:
    """One referral to print and take along, in the person's language."""
    with current_core().units.read() as uow:
        candidate = _file(uow, candidate_id)
        found = next((each for each in referrals.read(uow, candidate.id) if each.id == referral_id), None)
        if found is None:
            raise NotFound("This referral is not there any more.")
        language = candidate.language
        return render_template(
            "desk/referral.html",
            candidate_id=candidate.id,
            person=candidate.first_name,
            theirs=language,
            said=paper_words(translations(language).gettext),
            service=service_of(found.service),
            name=service_name(found.service, language),
            referral=found,
        )


def _file(uow: UnitOfWork, candidate_id: UUID) -> Candidate:
    candidate = uow.session.get(Candidate, candidate_id)
    if candidate is None:
        raise NotFound("This file is not there any more.")
    return candidate


def _again(candidate_id: UUID, answers: Answers, error: DomainError) -> ResponseReturnValue:
    """The same forms with what was typed and what is wrong with it."""
    with current_core().units.read() as uow:
        candidate = _file(uow, candidate_id)
        errors = form_errors([error])
        work = person_work(uow, candidate, answers=answers, errors=errors)
        page = render_template("desk/person_work.html", work=work, person=candidate.first_name, errors=errors)
    return page, _INVALID


def _back(candidate_id: UUID, said: str, *, kind: str = "success") -> ResponseReturnValue:
    flash(said, kind)
    return redirect(url_for("people.show", candidate_id=candidate_id) + "#work", code=303)
