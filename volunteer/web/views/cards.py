"""Coming back to one's own file: with a card, or with the link of a message."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from volunteer.domain.accounts import OF_THE_CENTRE, Role
from volunteer.domain.errors import InvalidValue, NotAllowed, NotFound
from volunteer.links import Purpose
from volunteer.models import Candidate, Card
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import candidates, cards, devices, pending_files
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import blank_card, this_device
from volunteer.web.auth import (
    candidate_in_session,
    open_first_page,
    open_for_candidate,
    staff,
    still_holds,
    wait_with,
)
from volunteer.web.confirming import Way, lead_to_question
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms.answers import typed
from volunteer.web.language import COOKIE, in_another_language, is_chosen_here, remember

blueprint = Blueprint("cards", __name__)


@blueprint.get("/open/<token>")
@limiter.limit("60 per minute")
def by_link(token: str) -> ResponseReturnValue:
    """A link from a message opens the whole file: it came to the person themselves."""
    core = current_core()
    candidate_id, proof = core.links.read(Purpose.OPEN_FILE, token)
    with core.units.read() as uow:
        candidate = confirmed_candidate(uow.session, candidate_id)
        if candidate is None:
            raise NotFound("Your file is not there any more. Ask at the info desk.")
        if candidate.id != candidate_id or proof != candidates.address_proof(candidate):
            # Whoever reads the old address may be somebody else by now, the phone was lost, or the file went
            # into another one, of which this link proves nothing.
            raise NotAllowed("This link is too old. Ask for a new one.", code="link_expired")
        open_for_candidate(candidate.id)
        return _to("me.file", candidate)


@blueprint.get("/c/<token>")
@limiter.limit("60 per minute")
def by_card(token: str) -> ResponseReturnValue:
    """The link on a card opens the first page; the redirect takes the token out of the address."""
    with current_core().units.write() as uow:
        found = cards.use(uow, token)
        if found is not None:
            return _enter(uow, *found)
        waiting = _waiting(uow, token)
    return waiting or _opens_nothing()


@blueprint.get("/p/<token>")
@limiter.limit("60 per minute")
def by_paper(token: str) -> ResponseReturnValue:
    """The code on a slip, which is shown to others too: it opens no more than the card, nor for longer."""
    core = current_core()
    card_id, _proof = core.links.read(Purpose.PAPER, token)
    with core.units.write() as uow:
        found = cards.behind_paper(uow, card_id)
        if found is not None:
            return _enter(uow, *found)
    return _opens_nothing()


@blueprint.get("/card")
def ask() -> ResponseReturnValue:
    """Coming back: paste the link, or type what the card says."""
    return render_template("me/card.html", errors=[], answers={})


@blueprint.post("/card")
@limiter.limit("30 per minute")
def enter() -> ResponseReturnValue:
    """Open the first page with what was typed: a whole link, or the end of it; or begin with a blank card."""
    given = typed(request.form, texts=("card",))
    if is_chosen_here():
        return in_another_language(lambda: render_template("me/card.html", errors=[], answers=given))
    token = given.get("card", "").rstrip("/").rpartition("/")[2]
    with current_core().units.write() as uow:
        found = cards.use(uow, token) if token else None
        if found is not None:
            return _enter(uow, *found)
        if token and (elsewhere := _waiting(uow, token) or blank_card.lead_on(uow, token)):
            return elsewhere
    if token and _is_of_a_market(token):
        return redirect(url_for("markets.card", token=token), code=303)
    return render_template("me/card.html", errors=form_errors([_refusal()]), answers=given), 422


def _is_of_a_market(token: str) -> bool:
    """Whether this is the code or the link of a card of a market: its own page says what it opens."""
    try:
        current_core().links.read(Purpose.MARKET_CARD, token)
    except NotAllowed:
        return False
    return True


def _waiting(uow: UnitOfWork, token: str) -> Response | None:
    """Where the card of a file leads that waits for its person's yes; the desk sees who it is."""
    candidate = pending_files.behind_card(uow, token)
    if candidate is None:
        return None
    if current_user.is_authenticated and staff().holds(*OF_THE_CENTRE):
        return _to_desk(candidate.id)
    return lead_to_question(candidate.id, candidate.language, Way.CARD)


def _enter(uow: UnitOfWork, card: Card, candidate: Candidate) -> Response:
    """Where this card leads on this device: everything where its person is known, else the first page."""
    if current_user.is_authenticated:
        return _to_desk(candidate.id)
    if candidate_in_session() == candidate.id and still_holds(candidate.id):
        return _to("me.file", candidate)
    cookie = this_device.cookie()
    device = devices.recognised(uow, candidate, cookie)
    if device is not None:
        open_for_candidate(candidate.id, device=device.id)
        reply = _to("me.file", candidate)
        this_device.keep(reply, cookie)
        return reply
    open_first_page(candidate.id, card=card.id)
    if waiting := devices.waiting_here(uow, candidate, cookie):
        wait_with(waiting.id)
    return _to("devices.first", candidate)


def _to_desk(candidate_id: UUID) -> Response:
    """Staff who scan somebody's card keep their own session: the desk sees the person's page."""
    if staff().holds(Role.DESK_WORKER, Role.ADMIN):
        return redirect(url_for("people.show", candidate_id=candidate_id), code=303)
    return redirect(url_for("start.home"), code=303)


def _opens_nothing() -> Response:
    """Ask for the card. Even a token that opens nothing leaves the address, and the links of the page."""
    flash(form_errors([_refusal()])[0].message, "warning")
    return redirect(url_for(".ask"), code=303)


def _refusal() -> InvalidValue:
    """The same words for a card that never was, was stopped, or is over: a guess learns nothing from them."""
    return InvalidValue(
        "This does not open a file. Look at your card once more, or ask at the info desk.", field="card"
    )


def _to(endpoint: str, candidate: Candidate) -> Response:
    reply = redirect(url_for(endpoint), code=303)
    if COOKIE not in request.cookies:
        remember(reply, candidate.language)
    return reply
