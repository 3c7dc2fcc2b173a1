"""Tokens for programs that speak for an organisation."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import NotAllowed
from volunteer.services import accounts
from volunteer.web.auth import for_members, staff
from volunteer.web.extensions import current_core, limiter
from volunteer.web.views.organisation.blueprint import blueprint, our_team, team_of_form


@blueprint.get("/token")
@for_members
def token() -> ResponseReturnValue:
    """What a token is for."""
    return render_template("organisation/token.html", team=our_team(), token=None)


@blueprint.post("/token")
@for_members
@limiter.limit("10 per hour")
def make_token() -> ResponseReturnValue:
    """Make a token for programs of this organisation, and show it this once."""
    team = team_of_form()
    if not team.may_answer:
        raise NotAllowed("A colleague who answers for your team can make a token.")
    with current_core().units.write() as uow:
        made = accounts.issue_token(uow, staff().account_id, team.id)
    return render_template("organisation/token.html", team=team, token=made)
