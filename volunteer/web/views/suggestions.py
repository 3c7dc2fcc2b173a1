"""What is suggested to a person: the list, others, the short list, one by one; and asking to meet them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from volunteer.domain.access import FEATURES
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.models import Candidate
from volunteer.queries.suggestions import newest_list
from volunteer.services import introductions, needs, shortlists, suggestions
from volunteer.services.introductions import Choice
from volunteer.services.own_suggestions import own_suggestion
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import kiosk
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.card_panel import own_fresh_card
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms.answers import several, text, typed
from volunteer.web.language import current_language, in_another_language, is_chosen_here
from volunteer.web.language import gettext as _
from volunteer.web.own_pages import answers_url, print_url
from volunteer.web.suggestion_cards import card_of
from volunteer.web.suggestion_detail import detail_of
from volunteer.web.suggestion_page import ListPage, is_still_looked_for, list_page, wait_for

CONTACT = "contact"

blueprint = Blueprint("my_suggestions", __name__)


@blueprint.get("/me/suggestions")
@for_candidates
def show() -> ResponseReturnValue:
    """The newest list, or the promise that it comes."""
    return _page(_found())


@blueprint.get("/me/suggestions/lists/<uuid:list_id>")
@for_candidates
def earlier(list_id: UUID) -> ResponseReturnValue:
    """A list that was there before: nothing that was shown is lost."""
    return _page(_found(list_id))


@blueprint.get("/me/suggestions/list")
@for_candidates
@limiter.exempt
def newest() -> ResponseReturnValue:
    """The live part of the page alone."""
    return render_template("me/_list.html", page=_found())


@blueprint.post("/me/suggestions/lists/<uuid:list_id>/others")
@for_candidates
@limiter.limit("30 per minute")
def others(list_id: UUID) -> ResponseReturnValue:
    """Show others: the next best, which were not on this list nor before it."""
    with current_core().units.write() as uow:
        event_id = suggestions.ask_for_others(uow, own_file(uow), list_id)
    wait_for(session, event_id)
    return redirect(url_for(".show"), code=303)


@blueprint.post("/me/suggestions/again")
@for_candidates
@limiter.limit("30 per minute")
def again() -> ResponseReturnValue:
    """Look again, with what the person said since."""
    with current_core().units.write() as uow:
        event_id = suggestions.ask_again(uow, own_file(uow))
    wait_for(session, event_id)
    return redirect(url_for(".show"), code=303)


@blueprint.get("/me/suggestions/<uuid:suggestion_id>")
@for_candidates
def one(suggestion_id: UUID) -> ResponseReturnValue:
    """One suggestion, with its map, the way, and what becomes of the question."""
    with current_core().units.write() as uow:
        detail = detail_of(uow, own_file(uow), suggestion_id)
    return render_template(
        "me/suggestion.html", detail=detail, back_url=url_for(".show"), wipe_url=url_for("me.leave")
    )


@blueprint.post("/me/suggestions/<uuid:suggestion_id>/save")
@for_candidates
def save(suggestion_id: UUID) -> ResponseReturnValue:
    """Put it in the short list."""
    return _keep(shortlists.save, suggestion_id, _("Saved. You find it in your short list below."))


@blueprint.post("/me/suggestions/<uuid:suggestion_id>/take-out")
@for_candidates
def take_out(suggestion_id: UUID) -> ResponseReturnValue:
    """Take it from the short list."""
    return _keep(shortlists.take_out, suggestion_id, _("It is no longer in your short list."))


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
    if is_chosen_here():
        return in_another_language(lambda: _meet_again(suggestion_id, given))
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
            introductions.request(uow, candidate, suggestion_id, choice, given_how=kiosk.given_how())
    except IntegrityError:
        # Two presses at the same moment: the other one was first, and that is what the person wanted.
        return redirect(url_for("me.file"), code=303)
    except ImpossibleStep as error:
        flash(form_errors([error])[0].message, "warning")
        return redirect(url_for("me.file"), code=303)
    except InvalidValue as error:
        return _meet_again(suggestion_id, given, [error]), 422
    flash(_("Done. You find here what happens next."), "success")
    return redirect(url_for("me.file"), code=303)


def _found(list_id: UUID | None = None) -> ListPage:
    """The list as it is now; who is shown it has seen it. While there is none, nothing is written."""
    units = current_core().units
    with units.read() as uow:
        if newest_list(uow.session, own_file(uow).id) is None:
            return ListPage(busy=True)
        if list_id is None and is_still_looked_for(uow, session):
            return ListPage(busy=True, is_more=True)
    with units.write() as uow:
        candidate = own_file(uow)
        page = list_page(uow, candidate, list_id)
        suggestions.mark_shown(uow, candidate.id, list_id)
        return page


def _page(page: ListPage) -> str:
    return render_template(
        "me/suggestions.html",
        page=page,
        my_card=own_fresh_card(),
        file_url=url_for("me.file"),
        print_url=None if page.busy else print_url(),
        nothing_url=url_for("my_signals.ask"),
        answers_url=answers_url(),
        refused_url=url_for("my_refusals.refused") if page.has_refused else None,
        wipe_url=url_for("me.leave"),
    )


def _keep(
    change: Callable[[UnitOfWork, Candidate, UUID], None], suggestion_id: UUID, done: str
) -> ResponseReturnValue:
    """Change the short list, say so, and go back to where the button stood."""
    with current_core().units.write() as uow:
        change(uow, own_file(uow), suggestion_id)
    flash(done, "success")
    return redirect(_back(), code=303)


def _back() -> str:
    """Where the button stood: on the page of one suggestion, or on a list."""
    to = request.form.get("back", "")
    return url_for(".one", suggestion_id=UUID(to)) if _is_id(to) else url_for(".show")


def _is_id(found: str) -> bool:
    try:
        UUID(found)
    except ValueError:
        return False
    return True


def _meet_again(
    suggestion_id: UUID, given: dict[str, object], errors: list[DomainError] | None = None
) -> str:
    with current_core().units.write() as uow:
        return _meet_page(uow, own_file(uow), suggestion_id, given, errors)


def _meet_page(
    uow: UnitOfWork,
    candidate: Candidate,
    suggestion_id: UUID,
    given: dict[str, object] | None = None,
    errors: list[DomainError] | None = None,
) -> str:
    suggestion = own_suggestion(uow, candidate.id, suggestion_id)
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
