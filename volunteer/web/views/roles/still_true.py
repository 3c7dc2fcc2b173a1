"""Is this role still true? The link of that mail leads here without a log-in, and only the button counts."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.opportunities import OpportunityState
from volunteer.links import Purpose
from volunteer.models import Opportunity
from volunteer.services import opportunity_links, opportunity_states
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.extensions import current_core, limiter
from volunteer.web.role_words import role_words
from volunteer.web.views.roles.blueprint import blueprint


@blueprint.get("/still-true/<token>")
@limiter.limit("60 per minute")
def still_true(token: str) -> ResponseReturnValue:
    """Ask. Programs that look at mail open links too, and must not decide anything."""
    with current_core().units.write() as uow:
        return _page(_role(uow, token), is_confirmed=False)


@blueprint.post("/still-true/<token>")
@limiter.limit("30 per minute")
def confirm_now(token: str) -> ResponseReturnValue:
    """It is: people go on being looked for."""
    with current_core().units.write() as uow:
        opportunity = _role(uow, token)
        try:
            opportunity_states.confirm(uow, opportunity)
        except ImpossibleStep:
            return _page(opportunity, is_confirmed=False)
        return _page(opportunity, is_confirmed=True)


def _role(uow: UnitOfWork, token: str) -> Opportunity:
    role_id, proof = current_core().links.read(Purpose.CONFIRM_ROLE, token)
    return opportunity_links.role_of(uow, role_id, proof)


def _page(opportunity: Opportunity, *, is_confirmed: bool) -> str:
    is_open = opportunity.state == OpportunityState.OPEN
    return render_template(
        "roles/still_true.html",
        words=role_words(opportunity),
        organisation=opportunity.organisation.name,
        is_open=is_open,
        is_confirmed=is_confirmed or (is_open and opportunity.asked_at is None),
        role_url=url_for("roles.show", role_id=opportunity.id),
    )
