"""Somebody says at the desk whom they want to meet: the desk worker presses, and is the witness."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from volunteer.domain.access import FEATURES
from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotAllowed
from volunteer.services import introductions, needs, support_links
from volunteer.services.introductions import Choice
from volunteer.services.own_suggestions import own_suggestion
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms.answers import Answers, several, text, ticked, typed
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.views.people.blueprint import blueprint, page_of, person

CONTACT = "contact"
OPEN_NEEDS = "open_needs"
SAID_YES = "said_yes"


@blueprint.get("/<uuid:candidate_id>/meet/<uuid:suggestion_id>")
@for_desk
def meet(candidate_id: UUID, suggestion_id: UUID) -> ResponseReturnValue:
    """What may this organisation know? Nothing but the first name, unless the person says so."""
    with current_core().units.read() as uow:
        return _page(uow, candidate_id, suggestion_id)


@blueprint.post("/<uuid:candidate_id>/meet/<uuid:suggestion_id>")
@for_desk
def meet_now(candidate_id: UUID, suggestion_id: UUID) -> ResponseReturnValue:
    """The person said yes. What helps is only opened when they want to share some of it."""
    given = typed(request.form, texts=("message", SAID_YES, OPEN_NEEDS), lists=("share",))
    if given.get(OPEN_NEEDS) == "now":
        with current_core().units.write() as uow:
            return _page(uow, candidate_id, suggestion_id, given={**given, OPEN_NEEDS: "yes"})
    try:
        with current_core().units.write() as uow:
            _ask(uow, candidate_id, suggestion_id, given)
    except (IntegrityError, ImpossibleStep) as error:
        said = form_errors([error])[0].message if isinstance(error, DomainError) else _("That runs already.")
        flash(said, "warning")
        return redirect(page_of(candidate_id), code=303)
    except (InvalidValue, NotAllowed) as error:
        with current_core().units.write() as uow:
            return _page(uow, candidate_id, suggestion_id, given=given, errors=[error]), 422
    flash(_("Done. Here you see what happens next."), "success")
    return redirect(page_of(candidate_id), code=303)


def _ask(uow: UnitOfWork, candidate_id: UUID, suggestion_id: UUID, given: Answers) -> None:
    if not ticked(given, SAID_YES):
        raise InvalidValue("Read it aloud, and tick that they said yes.", field=SAID_YES)
    candidate = person(uow, candidate_id)
    support_links.check_witness(uow, candidate.id, staff().account_id)
    chosen = set(several(given, "share"))
    choice = Choice(
        contact=CONTACT in chosen,
        needs=frozenset(chosen & FEATURES.keys()) if ticked(given, OPEN_NEEDS) else frozenset(),
        words=text(given, "message"),
    )
    introductions.request(
        uow, candidate, suggestion_id, choice, given_how=GivenHow.DESK, witness=staff().name
    )


def _page(
    uow: UnitOfWork,
    candidate_id: UUID,
    suggestion_id: UUID,
    *,
    given: Mapping[str, object] | None = None,
    errors: Collection[DomainError] = (),
) -> str:
    candidate, answers = person(uow, candidate_id), dict(given or {})
    suggestion = own_suggestion(uow, candidate.id, suggestion_id)
    helps: list[tuple[str, str]] = []
    if ticked(answers, OPEN_NEEDS):
        opened = needs.read(uow, candidate, reader=f"account:{staff().account_id}", purpose="sharing")
        helps = [(code, FEATURES[code].label(current_language())) for code in FEATURES if code in opened]
    return render_template(
        "desk/meet.html",
        name=candidate.first_name,
        role=suggestion.opportunity.title,
        organisation=suggestion.opportunity.organisation.name,
        has_contact=candidate.contact_sealed is not None,
        helps=helps,
        answers=answers,
        errors=form_errors(errors),
        back_url=page_of(candidate_id),
    )
