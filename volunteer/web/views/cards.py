"""Coming back to one's own file: with a card, or with the link of a message."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from volunteer.domain.errors import InvalidValue, NotFound
from volunteer.links import Purpose
from volunteer.models import Candidate
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import cards
from volunteer.web.auth import open_for_candidate
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms.answers import typed
from volunteer.web.language import COOKIE, remember

blueprint = Blueprint("cards", __name__)


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
        candidate = cards.file_of(uow, token)
        if candidate is None:
            raise NotFound("This card does not work any more. Ask for a new one at the info desk.")
        return _enter(candidate)


@blueprint.get("/card")
def ask() -> ResponseReturnValue:
    """Coming back: paste the link, or type what the card says."""
    return render_template("me/card.html", errors=[], answers={})


@blueprint.post("/card")
@limiter.limit("30 per minute")
def enter() -> ResponseReturnValue:
    """Open the file with what was typed: a whole link, or the end of it."""
    given = typed(request.form, texts=("card",))
    token = given.get("card", "").rstrip("/").rpartition("/")[2]
    with current_core().units.read() as uow:
        candidate = cards.file_of(uow, token) if token else None
        if candidate is not None:
            return _enter(candidate)
    error = InvalidValue(
        "This does not open a file. Look at your card once more, or ask at the info desk.", field="card"
    )
    return render_template("me/card.html", errors=form_errors([error]), answers=given), 422


def _enter(candidate: Candidate) -> Response:
    open_for_candidate(candidate.id)
    reply = redirect(url_for("me.file"), code=303)
    if COOKIE not in request.cookies:
        remember(reply, candidate.language)
    return reply
