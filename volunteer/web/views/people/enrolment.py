"""Opening a file in conversation, confirming one that waits, and changing answers: one dense screen."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.candidates import CandidateState, SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.deeds import DeedKind
from volunteer.domain.errors import DomainError
from volunteer.models import Candidate
from volunteer.services import candidates, cards, deeds, duplicates, pending_files, support_links
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import blank_card, desk_card, typed_at_desk
from volunteer.web.auth import for_desk, staff
from volunteer.web.card_panel import keep_issued, replaced_at_desk
from volunteer.web.enrolment_page import offered, offers
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import confirming
from volunteer.web.forms import enrolment as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.found_people import person_rows
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.support_words import helper_of
from volunteer.web.views.people.blueprint import blueprint, page_of, person

ORIGIN = "desk"
_INVALID = 422


@blueprint.get("/new")
@for_desk
def enrol() -> ResponseReturnValue:
    """The dense screen, empty, but for the blank card that was scanned just before."""
    return _screen({forms.LANGUAGE: current_language()}, card=blank_card.forget())


@blueprint.post("/new")
@for_desk
def enrol_now() -> ResponseReturnValue:
    """Open the file; where perhaps there is one already, name it first."""
    given = forms.answers(request.form)
    if desk_card.is_about_card(request.form):
        card, wrong = desk_card.take_or_leave(request.form)
        return _screen(given, wrong, card=card), _INVALID if wrong else 200
    wrong, card = forms.complaints(given, offered()), desk_card.named(request.form)
    if wrong:
        return _screen(given, wrong, card=card), _INVALID
    try:
        whole = forms.sign_up(given, offered=offered(), witness=staff().name)
        with current_core().units.write() as uow:
            alike = duplicates.files_like(uow, duplicates.Traits.of(whole))
            if not forms.known_to_be_others(given).issuperset(each.id for each in alike):
                return _screen(given, known=alike, uow=uow, card=card), _INVALID
            candidate, token = candidates.enrol(uow, whole, origin=ORIGIN)
            uow.session.flush()
            duplicates.tell_apart(uow, candidate, [each.id for each in alike], account_id=staff().account_id)
            candidate_id = candidate.id
            desk_card.spend(uow, card, candidate, whole, confirming.scopes(request.form))
            typed_at_desk.forget(uow)
    except DomainError as error:
        return _screen(given, [error], card=card), _INVALID
    keep_issued(candidate_id, token)
    flash(_("The file is there. The suggestions come by themselves."), "success")
    return redirect(page_of(candidate_id), code=303)


@blueprint.post("/new/known/<uuid:candidate_id>")
@for_desk
def it_is(candidate_id: UUID) -> ResponseReturnValue:
    """There is a file already: go there, and keep what was typed so far."""
    given = forms.answers(request.form)
    with current_core().units.write() as uow:
        found = person(uow, candidate_id).id
        typed_at_desk.keep(uow, given, found)
    return redirect(page_of(found), code=303)


@blueprint.get("/new/kept")
@for_desk
def back_to_typed() -> ResponseReturnValue:
    """The dense screen with what was typed before a file was found."""
    with current_core().units.read() as uow:
        found = typed_at_desk.kept(uow)
    return _screen(found.answers) if found else redirect(url_for(".enrol"), code=303)


@blueprint.post("/new/kept/forget")
@for_desk
def forget_typed() -> ResponseReturnValue:
    """What was typed is not needed."""
    with current_core().units.write() as uow:
        found = typed_at_desk.kept(uow)
        typed_at_desk.forget(uow)
    flash(_("Thrown away. Nothing of it was kept."), "success")
    return redirect(page_of(found.candidate_id) if found else url_for("desk.today"), code=303)


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
    """The same screen, filled with what is in the file; of what helps, nothing is opened for that.

    With ``?with=typed``, what was typed before the file was found is filled in as well.
    """
    with current_core().units.read() as uow:
        candidate = person(uow, candidate_id)
        known_answers = candidates.answers_of(uow, candidate)
        answers = forms.of_file(known_answers)
        carried = typed_at_desk.kept_for(uow, candidate.id) if request.args.get("with") == "typed" else None
        if carried:
            answers = forms.carried_over(answers, carried.answers)
        return _change_screen(uow, candidate, known_answers, answers, has_carried=carried is not None)


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
            return _change_screen(uow, candidate, known_answers, typed, wrong), _INVALID
        try:
            with uow.session.begin_nested():
                said = _take_over(uow, candidate, known_answers, given)
        except DomainError as error:
            return _change_screen(uow, candidate, known_answers, typed, [error]), _INVALID
        candidate_id = candidate.id
        if typed_at_desk.kept_for(uow, candidate_id):
            typed_at_desk.keep_needs_alone(uow, candidate_id)
    flash(said, "success")
    return redirect(page_of(candidate_id), code=303)


def _take_over(uow: UnitOfWork, candidate: Candidate, known_answers: SignUp, given: Answers) -> str:
    whole = forms.changed_file(known_answers, given, offered=offered(), witness=staff().name)
    if candidate.state == CandidateState.PENDING:
        support_links.check_witness(uow, candidate.id, staff().account_id)
        pending_files.confirm(uow, candidate, whole, confirming.scopes(request.form))
        keep_issued(candidate.id, cards.renew(uow, candidate))
        return f"{_('Confirmed. The suggestions come by themselves.')} {replaced_at_desk()}"
    if whole.consents - known_answers.consents:
        support_links.check_witness(uow, candidate.id, staff().account_id)
    candidates.change(uow, candidate, whole, with_needs=Purpose.NEEDS not in known_answers.consents)
    deeds.note(uow, candidate.id, DeedKind.ANSWERS, account_id=staff().account_id)
    return _("Changed.")


def _change_screen(
    uow: UnitOfWork,
    candidate: Candidate,
    known_answers: SignUp,
    given: Answers,
    errors: Collection[DomainError] = (),
    *,
    has_carried: bool = False,
) -> str:
    is_pending = candidate.state == CandidateState.PENDING
    return render_template(
        "desk/enrol.html",
        title=_("Confirm this file together") if is_pending else _("Change answers"),
        verb=_("Confirm the file") if is_pending else _("Keep the changes"),
        back_url=page_of(candidate.id),
        is_known=not is_pending,
        has_carried=has_carried,
        answers=given,
        errors=form_errors(errors),
        known=[],
        helper=helper_of(uow, candidate) if is_pending else None,
        allowed=confirming.scopes(request.form),
        **offers(held=known_answers.consents),
    )


def _screen(
    given: Answers,
    errors: Collection[DomainError] = (),
    *,
    known: Collection[Candidate] = (),
    uow: UnitOfWork | None = None,
    card: str = "",
) -> str:
    return render_template(
        "desk/enrol.html",
        title=_("New person"),
        verb=_("Open the file"),
        back_url=url_for("desk.today"),
        asks_who=True,
        by_card=desk_card.helper(card, given.get(forms.LANGUAGE)),
        held_card=card,
        typed_card=desk_card.typed_code(request.form),
        allowed=confirming.scopes(request.form),
        is_empty=not errors and not known,
        answers=given,
        errors=form_errors(errors),
        known=person_rows(uow, known) if uow else [],
        **offers(),
    )
