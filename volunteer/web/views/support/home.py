"""The day of a support worker: what waits, for whom, and what comes next. Nothing about needs."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import NotAllowed
from volunteer.models import Organisation
from volunteer.services import referrers
from volunteer.web.auth import for_support_workers
from volunteer.web.extensions import current_core
from volunteer.web.forms import organisation as forms
from volunteer.web.support_team import CHOSEN, our_referrer, our_referrers
from volunteer.web.views.support.blueprint import blueprint


@blueprint.get("")
@for_support_workers
def home() -> ResponseReturnValue:
    """What comes first, who allows it, what waits for an answer, what to pass on, what to print."""
    referrer = our_referrer()
    with current_core().units.read() as uow:
        lack = referrers.standing(uow, uow.session.get_one(Organisation, referrer.id)).lacks()
    return render_template("support/home.html", team=referrer, teams=our_referrers(), lack=lack)


@blueprint.post("/choose")
@for_support_workers
def choose() -> ResponseReturnValue:
    """Go on with another referrer of the same person."""
    chosen = forms.organisation(request.form)
    if chosen is None or chosen not in {each.id for each in our_referrers()}:
        raise NotAllowed("This page is for others. Ask at the info desk if you need it.")
    session[CHOSEN] = chosen.hex
    return redirect(url_for("support.home"), code=303)
