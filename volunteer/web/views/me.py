"""A candidate's own file: what became of their wishes, and leaving without a trace."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.consent import Purpose as Agreed
from volunteer.models import Candidate
from volunteer.queries.candidates import consents_in_force
from volunteer.services import candidates, introductions
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import draft_cookie, kiosk
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.extensions import csrf, current_core
from volunteer.web.language import gettext as _
from volunteer.web.suggestion_cards import introduction_cards

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
            suggestions_url=url_for("my_suggestions.show"),
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


@blueprint.post("/me/introductions/<uuid:introduction_id>/withdraw")
@for_candidates
def withdraw(introduction_id: UUID) -> ResponseReturnValue:
    """The person changed their mind."""
    with current_core().units.write() as uow:
        introductions.withdraw(uow, own_file(uow), introduction_id)
    flash(_("Stopped. That is all right."), "success")
    return redirect(url_for(".file"), code=303)


@blueprint.post("/me/leave")
@csrf.exempt
def leave() -> ResponseReturnValue:
    """Ready, wipe everything: the draft on the server, the session, and what the browser kept."""
    draft_cookie.forget()
    reply = redirect(url_for("start.home"), code=303)
    kiosk.wipe(reply)
    return reply


def _hears_from_us(uow: UnitOfWork, candidate: Candidate) -> bool:
    return bool(consents_in_force(uow.session, candidate.id, Agreed.FOLLOW_UP, now=uow.now))
