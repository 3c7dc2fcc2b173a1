"""What is suggested to a person, and asking to meet somebody."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from volunteer.domain.access import FEATURES
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.models import Candidate
from volunteer.queries.suggestions import newest_list
from volunteer.services import introductions, needs, refusals, suggestions
from volunteer.services.introductions import Choice
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.card_panel import own_fresh_card
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms.answers import several, text, typed
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.suggestion_cards import Suggested, card_of, suggested

CONTACT = "contact"

blueprint = Blueprint("my_suggestions", __name__)


@blueprint.get("/me/suggestions")
@for_candidates
def show() -> ResponseReturnValue:
    """The list, or the promise that it comes."""
    found = _found()
    return render_template(
        "me/suggestions.html",
        **_list(found),
        my_card=own_fresh_card(),
        file_url=url_for("me.file"),
        print_url=None,
        more_url=None,
        answers_url=None,
        wipe_url=url_for("me.leave"),
    )


@blueprint.get("/me/suggestions/list")
@for_candidates
@limiter.exempt
def newest() -> ResponseReturnValue:
    """The live part of the page alone."""
    return render_template("me/_list.html", **_list(_found()))


@blueprint.route("/me/suggestions/<uuid:suggestion_id>/refuse", methods=["GET", "POST"])
@for_candidates
def refuse(suggestion_id: UUID) -> ResponseReturnValue:
    """Ask whether a role may go, then take it off the list."""
    with current_core().units.write() as uow:
        candidate = own_file(uow)
        suggestion = suggestions.own(uow, candidate.id, suggestion_id)
        if request.method == "GET":
            return render_template(
                "me/refuse.html",
                title=suggestion.opportunity.title,
                organisation=suggestion.opportunity.organisation.name,
                back_url=url_for(".show"),
                wipe_url=url_for("me.leave"),
            )
        refusals.refuse(uow, candidate, suggestion_id)
    flash(_("You do not see this role again."), "success")
    return redirect(url_for(".show"), code=303)


@blueprint.get("/me/suggestions/<uuid:suggestion_id>/meet")
@for_candidates
def meet(suggestion_id: UUID) -> ResponseReturnValue:
    """What may this organisation know?"""
    with current_core().units.write() as uow:
        return _meet_page(uow, own_file(uow), suggestion_id)


@blueprint.post("/me/suggestions/<uuid:suggestion_id>/meet")
@for_candidates
def ask_to_meet(suggestion_id: UUID) -> ResponseReturnValue:
    """The person wants to meet them, and says what may be shared."""
    given = typed(request.form, texts=("message",), lists=("share",))
    try:
        with current_core().units.write() as uow:
            candidate = own_file(uow)
            own_needs = needs.read(uow, candidate, reader="candidate", purpose="sharing")
            shared = set(several(given, "share"))
            choice = Choice(
                contact=CONTACT in shared,
                needs=frozenset(shared & own_needs.keys()),
                words=text(given, "message"),
            )
            introductions.request(uow, candidate, suggestion_id, choice)
    except IntegrityError:
        # Two presses at the same moment: the other one was first, and that is what the person wanted.
        return redirect(url_for("me.file"), code=303)
    except ImpossibleStep as error:
        flash(form_errors([error])[0].message, "warning")
        return redirect(url_for("me.file"), code=303)
    except InvalidValue as error:
        with current_core().units.write() as uow:
            return _meet_page(uow, own_file(uow), suggestion_id, given, [error]), 422
    flash(_("Done. You find here what happens next."), "success")
    return redirect(url_for("me.file"), code=303)


def _found() -> Suggested | None:
    """The list as it is now; who is shown it has seen it. While there is none, nothing is written."""
    units = current_core().units
    with units.read() as uow:
        if newest_list(uow.session, own_file(uow).id) is None:
            return None
    with units.write() as uow:
        candidate = own_file(uow)
        found = suggested(uow, candidate)
        suggestions.mark_shown(uow, candidate.id)
        return found


def _list(found: Suggested | None) -> dict[str, object]:
    return {
        "busy": found is None,
        "fits": found.fits if found else [],
        "ask_first": found.ask_first if found else [],
    }


def _meet_page(
    uow: UnitOfWork,
    candidate: Candidate,
    suggestion_id: UUID,
    given: dict[str, object] | None = None,
    errors: list[DomainError] | None = None,
) -> str:
    suggestion = suggestions.own(uow, candidate.id, suggestion_id)
    own_needs = needs.read(uow, candidate, reader="candidate", purpose="sharing")
    shares = [(CONTACT, _("How they can reach me"))] if candidate.contact_sealed else []
    shares += [(code, each.label(current_language())) for code, each in FEATURES.items() if code in own_needs]
    return render_template(
        "me/meet.html",
        card=card_of(uow, candidate, suggestion_id),
        organisation=suggestion.opportunity.organisation.name,
        shares=shares,
        answers=given or {},
        errors=form_errors(errors or []),
        back_url=url_for(".show"),
        wipe_url=url_for("me.leave"),
    )
