"""Opening a file in conversation, confirming one that waits, and changing answers: one dense screen."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.candidates import CandidateState, SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.errors import DomainError
from volunteer.models import Candidate
from volunteer.services import candidates, cards, duplicates
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.card_panel import keep_issued
from volunteer.web.enrolment_page import offered, offers
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import enrolment as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.found_people import person_rows
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.views.people.blueprint import blueprint, page_of, person

ORIGIN = "desk"
_INVALID = 422


@blueprint.get("/new")
@for_desk
def enrol() -> ResponseReturnValue:
    """The dense screen, empty."""
    return _screen({forms.LANGUAGE: current_language()})


@blueprint.post("/new")
@for_desk
def enrol_now() -> ResponseReturnValue:
    """Open the file; where perhaps there is one already, name it first."""
    given = forms.answers(request.form)
    wrong = forms.complaints(given, offered())
    if wrong:
        return _screen(given, wrong), _INVALID
    try:
        whole = forms.sign_up(given, offered=offered(), witness=staff().name)
        with current_core().units.write() as uow:
            alike = duplicates.files_like(uow, duplicates.Traits.of(whole))
            if not forms.known_to_be_others(given).issuperset(each.id for each in alike):
                return _screen(given, known=alike, uow=uow), _INVALID
            candidate, token = candidates.enrol(uow, whole, origin=ORIGIN)
            uow.session.flush()
            duplicates.tell_apart(uow, candidate, [each.id for each in alike], account_id=staff().account_id)
            candidate_id = candidate.id
    except DomainError as error:
        return _screen(given, [error]), _INVALID
    keep_issued(candidate_id, token)
    flash(_("The file is there. The suggestions come by themselves."), "success")
    return redirect(page_of(candidate_id), code=303)


@blueprint.post("/known")
@for_desk
@limiter.exempt
def known() -> ResponseReturnValue:
    """While somebody still types: who is perhaps this person. Answers a part of the page."""
    given = forms.answers(request.form)
    traits, others = forms.traits(given), forms.known_to_be_others(given)
    with current_core().units.read() as uow:
        alike = (
            [each for each in duplicates.files_like(uow, traits) if each.id not in others] if traits else []
        )
        return render_template("desk/_known.html", known=person_rows(uow, alike), is_early=True)


@blueprint.get("/<uuid:candidate_id>/answers")
@for_desk
def change(candidate_id: UUID) -> ResponseReturnValue:
    """The same screen, filled with what is in the file; of what helps, nothing is opened for that."""
    with current_core().units.read() as uow:
        candidate = person(uow, candidate_id)
        known_answers = candidates.answers_of(uow, candidate)
        return _change_screen(candidate, known_answers, forms.of_file(known_answers))


@blueprint.post("/<uuid:candidate_id>/answers")
@for_desk
def change_now(candidate_id: UUID) -> ResponseReturnValue:
    """Take over what changed; a file that waited is confirmed by its person, who sits here."""
    typed = forms.answers(request.form)
    with current_core().units.write() as uow:
        candidate = person(uow, candidate_id, hold=True)
        known_answers = candidates.answers_of(uow, candidate)
        given = forms.with_what_holds(typed, known_answers)
        wrong = forms.complaints(given, offered())
        if wrong:
            return _change_screen(candidate, known_answers, typed, wrong), _INVALID
        try:
            with uow.session.begin_nested():
                said = _take_over(uow, candidate, known_answers, given)
        except DomainError as error:
            return _change_screen(candidate, known_answers, typed, [error]), _INVALID
        candidate_id = candidate.id
    flash(said, "success")
    return redirect(page_of(candidate_id), code=303)


def _take_over(uow: UnitOfWork, candidate: Candidate, known_answers: SignUp, given: Answers) -> str:
    whole = forms.changed_file(known_answers, given, offered=offered(), witness=staff().name)
    if candidate.state == CandidateState.PENDING:
        candidates.confirm(uow, candidate, whole)
        keep_issued(candidate.id, cards.issue(uow, candidate))
        return _("Confirmed. The suggestions come by themselves.")
    candidates.change(uow, candidate, whole, with_needs=Purpose.NEEDS not in known_answers.consents)
    return _("Changed.")


def _change_screen(
    candidate: Candidate, known_answers: SignUp, given: Answers, errors: Collection[DomainError] = ()
) -> str:
    is_pending = candidate.state == CandidateState.PENDING
    return render_template(
        "desk/enrol.html",
        title=_("Confirm this file together") if is_pending else _("Change answers"),
        verb=_("Confirm the file") if is_pending else _("Keep the changes"),
        back_url=page_of(candidate.id),
        is_known=not is_pending,
        answers=given,
        errors=form_errors(errors),
        known=[],
        **offers(held=known_answers.consents),
    )


def _screen(
    given: Answers,
    errors: Collection[DomainError] = (),
    *,
    known: Collection[Candidate] = (),
    uow: UnitOfWork | None = None,
) -> str:
    return render_template(
        "desk/enrol.html",
        title=_("New person"),
        verb=_("Open the file"),
        back_url=url_for("desk.today"),
        asks_who=True,
        answers=given,
        errors=form_errors(errors),
        known=person_rows(uow, known) if uow else [],
        **offers(),
    )
