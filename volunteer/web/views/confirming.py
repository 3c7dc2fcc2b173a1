"""A person says yes or no to a file that a support worker began together with them."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, NotAllowed
from volunteer.domain.support import SCOPE_LASTS
from volunteer.links import Purpose
from volunteer.services import candidates, cards, pending_files
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import card_panel, confirming, kiosk, this_device
from volunteer.web.auth import open_for_candidate
from volunteer.web.confirming import Way, for_who_confirms
from volunteer.web.dates import spoken_day
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.file_summary import own_rows
from volunteer.web.forms import confirming as forms
from volunteer.web.forms.answers import Answers, typed
from volunteer.web.language import current_language, in_another_language, is_chosen_here
from volunteer.web.language import gettext as _
from volunteer.web.support_words import asked

blueprint = Blueprint("confirming", __name__)

_INVALID = 422


@blueprint.get("/yes/<token>")
@limiter.limit("60 per minute")
def by_link(token: str) -> ResponseReturnValue:
    """The link of a message leads to the question; opening it answers nothing."""
    core = current_core()
    candidate_id, proof = core.links.read(Purpose.CONFIRM_FILE, token)
    with core.units.read() as uow:
        candidate = pending_files.waiting(uow, candidate_id)
        if proof != candidates.address_proof(candidate):
            raise NotAllowed("This link is too old. Ask for a new one.", code="link_expired")
        return confirming.lead_to_question(candidate_id, candidate.language, Way.LINK)


@blueprint.get("/together")
@for_who_confirms
def show() -> ResponseReturnValue:
    """Who began it, what they wrote down, and every yes apart; none is ticked beforehand."""
    with current_core().units.read() as uow:
        return _page(uow, {})


@blueprint.post("/together")
@for_who_confirms
@limiter.limit("30 per minute")
def say_yes() -> ResponseReturnValue:
    """The person says yes: the file is theirs, and the support worker may what was ticked."""
    given = typed(request.form, texts=forms.FIELDS)
    way = confirming.way()
    with current_core().units.write() as uow:
        if is_chosen_here():
            return in_another_language(lambda: _page(uow, given))
        candidate = confirming.waits_here(uow, hold=True)
        complaints = forms.complaints(given)
        if complaints:
            return _page(uow, given, complaints), _INVALID
        whole = forms.confirmed(
            candidates.answers_of(uow, candidate),
            given,
            language=current_language(),
            given_how=kiosk.given_how(),
        )
        pending_files.confirm(uow, candidate, whole, forms.scopes(given))
        # A card that was made before may be in the hand of whoever printed it: it stops with this yes.
        had_card = cards.of(uow, candidate.id) is not None
        token = cards.renew(uow, candidate)
        # On whose device somebody looks who came by a card is not known, so it is not remembered.
        device, known_by = this_device.welcome(uow, candidate.id) if way is Way.LINK else (None, None)
        candidate_id = candidate.id
    open_for_candidate(candidate_id, token=token, device=device)
    flash(_("This is your file now. Nobody changes it without you."), "success")
    if had_card:
        flash(card_panel.replaced(), "warning")
    reply = redirect(url_for("my_suggestions.show"), code=303)
    this_device.keep(reply, known_by)
    return reply


@blueprint.post("/together/not-mine")
@for_who_confirms
@limiter.limit("30 per minute")
def contest() -> ResponseReturnValue:
    """One press: the file and the link end, and the desk hears of it."""
    with current_core().units.write() as uow:
        candidate = confirming.waits_here(uow, hold=True)
        pending_files.contest(uow, candidate, language=current_language())
    session.clear()
    return redirect(url_for(".gone"), code=303)


@blueprint.get("/together/gone")
def gone() -> ResponseReturnValue:
    """Everything is erased; knows nothing of whoever reads it."""
    return render_template("confirming/gone.html", wipe_url=url_for("me.leave"))


def _page(uow: UnitOfWork, given: Answers, errors: Collection[DomainError] = ()) -> str:
    candidate = confirming.waits_here(uow)
    link = pending_files.link_of(uow, candidate.id)
    file = candidates.answers_of(uow, candidate)
    ends = uow.now + SCOPE_LASTS
    return render_template(
        "confirming/show.html",
        name=candidate.first_name,
        who=link.account.name if link else "",
        organisation=link.organisation.name if link else "",
        day=spoken_day(candidate.created_at),
        rows=own_rows(file, uow.today),
        scopes=asked() if link else [],
        until=f"{spoken_day(ends)} {ends.year}",
        answers=given,
        errors=form_errors(errors),
        form_id="yes-form",
        contest_url=url_for(".contest"),
        wipe_url=url_for("me.leave"),
    )
