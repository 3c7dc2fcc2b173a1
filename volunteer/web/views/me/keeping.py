"""May we keep your file? The link of that message leads here, and only the button counts."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import NotFound
from volunteer.links import Purpose
from volunteer.models import Candidate
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import retention
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.extensions import current_core, limiter
from volunteer.web.views.me.blueprint import blueprint


@blueprint.get("/keep/<token>")
@limiter.limit("60 per minute")
def keep(token: str) -> ResponseReturnValue:
    """Ask once more. Programs that look at mail open links too, and must not decide anything."""
    with current_core().units.read() as uow:
        _asked(uow, token)
    return render_template("me/keep.html", is_kept=False, card_url=url_for("cards.ask"))


@blueprint.post("/keep/<token>")
@limiter.limit("30 per minute")
def keep_now(token: str) -> ResponseReturnValue:
    """The file stays for another year."""
    with current_core().units.write() as uow:
        retention.note_visit(uow, _asked(uow, token))
    return render_template("me/keep.html", is_kept=True, card_url=url_for("cards.ask"))


def _asked(uow: UnitOfWork, token: str) -> Candidate:
    candidate_id, _proof = current_core().links.read(Purpose.KEEP_FILE, token)
    candidate = confirmed_candidate(uow.session, candidate_id)
    if candidate is None:
        raise NotFound("Your file is not there any more. Ask at the info desk.")
    return candidate
