"""Somebody takes a yes back, gives one, or says what helps now: spoken at the desk, before its witness."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.candidates import CandidateState
from volunteer.domain.consent import NECESSARY, GivenHow, Purpose, shared_with
from volunteer.domain.deeds import DeedKind
from volunteer.domain.errors import ConsentMissing, DomainError, ImpossibleStep
from volunteer.models import Candidate
from volunteer.services import agreements, candidates, deeds, support_links
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import typed_at_desk
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import enrolment as forms
from volunteer.web.forms import signup as reading
from volunteer.web.language import gettext as _
from volunteer.web.views.people.blueprint import blueprint, page_of, person
from volunteer.web.views.people.person import needs_opened, whole_page

_INVALID = 422


@blueprint.post("/<uuid:candidate_id>/consents/<purpose>/take-back")
@for_desk
def take_consent_back(candidate_id: UUID, purpose: str) -> ResponseReturnValue:
    """The person, who is here or on the phone, takes this yes back; what hangs on it goes at once."""
    if not _can_be_agreed_to(purpose):
        abort(404)
    if purpose in NECESSARY:
        return redirect(url_for(".erase", candidate_id=candidate_id), code=303)
    with current_core().units.write() as uow:
        candidate = _confirmed(uow, candidate_id)
        support_links.check_witness(uow, candidate.id, staff().account_id)
        if agreements.agrees(uow, candidate, purpose):
            agreements.take_back(uow, candidate, purpose, how=GivenHow.DESK, witness=staff().name)
            deeds.note(uow, candidate.id, DeedKind.TAKEN_BACK, account_id=staff().account_id)
    flash(_("Taken back, as they asked."), "success")
    return redirect(page_of(candidate_id, "agreed"), code=303)


@blueprint.post("/<uuid:candidate_id>/consents/<purpose>/give")
@for_desk
def give_consent(candidate_id: UUID, purpose: str) -> ResponseReturnValue:
    """The words were read aloud, and the person said yes; to what helps, the questions follow at once."""
    if purpose not in set(Purpose):
        abort(404)
    with current_core().units.write() as uow:
        candidate = _confirmed(uow, candidate_id)
        support_links.check_witness(uow, candidate.id, staff().account_id)
        agreements.give(
            uow,
            candidate,
            Purpose(purpose),
            language=candidate.language,
            given_how=GivenHow.DESK,
            witness=staff().name,
        )
        uow.session.flush()
        if purpose == Purpose.NEEDS:
            return whole_page(uow, candidate, opened=needs_opened(uow, candidate))
    flash(_("Written down. They can take it back at any time."), "success")
    return redirect(page_of(candidate_id, "agreed"), code=303)


@blueprint.post("/<uuid:candidate_id>/needs/change")
@for_desk
def change_needs(candidate_id: UUID) -> ResponseReturnValue:
    """What helps is something else now; suggestions are made again, and whoever waits is looked at again."""
    given = {**forms.answers(request.form), "consent_needs": "yes"}
    with current_core().units.write() as uow:
        candidate = _confirmed(uow, candidate_id)
        try:
            with uow.session.begin_nested():
                file = candidates.answers_of(uow, candidate)
                if Purpose.NEEDS not in file.consents:
                    raise ConsentMissing("We need your yes before we keep what helps you.", field="helps")
                candidates.change(uow, candidate, replace(file, needs=reading.needs(given)))
                deeds.note(uow, candidate.id, DeedKind.NEEDS, account_id=staff().account_id)
            if typed_at_desk.kept_for(uow, candidate.id):
                typed_at_desk.forget(uow)
        except DomainError as error:
            return whole_page(uow, candidate, typed=given, errors=form_errors([error])), _INVALID
    flash(_("Kept. The suggestions are made again."), "success")
    return redirect(page_of(candidate_id, "helps"), code=303)


def _confirmed(uow: UnitOfWork, candidate_id: UUID) -> Candidate:
    candidate = person(uow, candidate_id, hold=True)
    if candidate.state != CandidateState.CONFIRMED:
        raise ImpossibleStep("This person has not confirmed the file yet.")
    return candidate


def _can_be_agreed_to(purpose: str) -> bool:
    try:
        return purpose in set(Purpose) or shared_with(purpose) is not None
    except ValueError:
        return False
