"""A candidate's own pages: suggestions, whom they want to meet, their file, and coming back to it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from volunteer.domain.access import FEATURES
from volunteer.domain.consent import Purpose as Agreed
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.links import Purpose
from volunteer.models import Candidate
from volunteer.queries.candidates import confirmed_candidate, consents_in_force
from volunteer.queries.suggestions import newest_list
from volunteer.services import candidates, drafts, introductions, needs, suggestions
from volunteer.services.introductions import Choice
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import draft_cookie
from volunteer.web.auth import for_candidates, open_for_candidate, own_file, token_to_show
from volunteer.web.cards import Suggested, card_of, introduction_cards, suggested
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms.answers import several, text, typed
from volunteer.web.language import COOKIE, current_language, remember
from volunteer.web.language import gettext as _

CONTACT = "contact"

blueprint = Blueprint("me", __name__)


@blueprint.get("/me")
@for_candidates
def file() -> ResponseReturnValue:
    """The person's own file: what became of their questions."""
    with current_core().units.read() as uow:
        candidate = own_file(uow)
        return render_template(
            "me/file.html",
            person=candidate.first_name,
            introductions=introduction_cards(uow, candidate),
            suggestions_url=url_for(".suggestions"),
            answers_url=None,
            export_url=None,
            erase_url=None,
            quiet_url=url_for(".be_quiet") if _hears_from_us(uow, candidate) else None,
            wipe_url=url_for(".leave"),
        )


@blueprint.post("/me/quiet")
@for_candidates
def be_quiet() -> ResponseReturnValue:
    """The person does not want to hear from us unasked any more."""
    with current_core().units.write() as uow:
        candidates.take_back(uow, own_file(uow), Agreed.FOLLOW_UP)
    flash(_("Stopped. We do not contact you unasked any more."), "success")
    return redirect(url_for(".file"), code=303)


@blueprint.get("/me/suggestions", endpoint="suggestions")
@for_candidates
def show_suggestions() -> ResponseReturnValue:
    """The list, or the promise that it comes."""
    found = _found()
    token = token_to_show()
    return render_template(
        "me/suggestions.html",
        **_list(found),
        personal_link=current_core().links.to(url_for(".by_card", token=token)) if token else None,
        file_url=url_for(".file"),
        print_url=None,
        more_url=None,
        answers_url=None,
        wipe_url=url_for(".leave"),
    )


@blueprint.get("/me/suggestions/list")
@for_candidates
@limiter.exempt
def suggestion_list() -> ResponseReturnValue:
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
                back_url=url_for(".suggestions"),
                wipe_url=url_for(".leave"),
            )
        suggestions.refuse(uow, candidate.id, suggestion_id)
    flash(_("You do not see this role again."), "success")
    return redirect(url_for(".suggestions"), code=303)


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
        return redirect(url_for(".file"), code=303)
    except ImpossibleStep as error:
        flash(form_errors([error])[0].message, "warning")
        return redirect(url_for(".file"), code=303)
    except InvalidValue as error:
        with current_core().units.write() as uow:
            return _meet_page(uow, own_file(uow), suggestion_id, given, [error]), 422
    flash(_("Done. You find here what happens next."), "success")
    return redirect(url_for(".file"), code=303)


@blueprint.post("/me/introductions/<uuid:introduction_id>/withdraw")
@for_candidates
def withdraw(introduction_id: UUID) -> ResponseReturnValue:
    """The person changed their mind."""
    with current_core().units.write() as uow:
        introductions.withdraw(uow, own_file(uow), introduction_id)
    flash(_("Stopped. That is all right."), "success")
    return redirect(url_for(".file"), code=303)


@blueprint.get("/open/<token>")
@limiter.limit("60 per minute")
def by_link(token: str) -> ResponseReturnValue:
    """A link from a message opens the file; the redirect takes the token out of the address."""
    core = current_core()
    candidate_id, _proof = core.links.read(Purpose.OPEN_FILE, token)
    with core.units.read() as uow:
        candidate = confirmed_candidate(uow.session, candidate_id)
        if candidate is None:
            raise NotFound("Your file is not there any more. Ask at the info desk.")
        return _enter(candidate)


@blueprint.get("/card/<token>")
@limiter.limit("60 per minute")
def by_card(token: str) -> ResponseReturnValue:
    """The link on a card opens the file; the redirect takes the token out of the address."""
    with current_core().units.read() as uow:
        candidate = candidates.by_token(uow, token)
        if candidate is None:
            raise NotFound("This card does not work any more. Ask for a new one at the info desk.")
        return _enter(candidate)


@blueprint.get("/card")
def card() -> ResponseReturnValue:
    """Coming back: paste the link, or type what the card says."""
    return render_template("me/card.html", errors=[], answers={})


@blueprint.post("/card")
@limiter.limit("30 per minute")
def enter_card() -> ResponseReturnValue:
    """Open the file with what was typed: a whole link, or the end of it."""
    given = typed(request.form, texts=("card",))
    token = given.get("card", "").rstrip("/").rpartition("/")[2]
    with current_core().units.read() as uow:
        candidate = candidates.by_token(uow, token) if token else None
        if candidate is not None:
            return _enter(candidate)
    error = InvalidValue(
        "This does not open a file. Look at your card once more, or ask at the info desk.", field="card"
    )
    return render_template("me/card.html", errors=form_errors([error]), answers=given), 422


@blueprint.post("/me/leave")
def leave() -> ResponseReturnValue:
    """Ready, wipe everything: the draft on the server, the session, and what the browser kept."""
    cookie = draft_cookie.read()
    if cookie:
        with current_core().units.write() as uow:
            drafts.forget(uow, cookie)
    session.clear()
    reply = redirect(url_for("start.home"), code=303)
    draft_cookie.remove(reply)
    reply.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return reply


def _hears_from_us(uow: UnitOfWork, candidate: Candidate) -> bool:
    return bool(consents_in_force(uow.session, candidate.id, Agreed.FOLLOW_UP))


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
        back_url=url_for(".suggestions"),
        wipe_url=url_for(".leave"),
    )


def _enter(candidate: Candidate) -> Response:
    open_for_candidate(candidate.id)
    reply = redirect(url_for(".file"), code=303)
    if COOKIE not in request.cookies:
        remember(reply, candidate.language)
    return reply
