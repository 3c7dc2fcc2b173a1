"""The roles of a team by state, one role by itself, and how people see it."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import ANSWERING
from volunteer.domain.errors import NotFound
from volunteer.domain.opportunities import OpportunityState
from volunteer.models import Opportunity
from volunteer.queries.opportunities import taken_places
from volunteer.services import opportunity_texts
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import role_pages, role_preview
from volunteer.web.auth import for_members, staff
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language
from volunteer.web.views.organisation.blueprint import our_team
from volunteer.web.views.roles.blueprint import blueprint, role_to_see


@blueprint.get("/organisation/roles")
@for_members
def index() -> ResponseReturnValue:
    """The team's roles by state, with what each waits for."""
    ours = our_team()
    with current_core().units.read() as uow:
        groups = role_pages.groups(uow, ours.id)
    return render_template("roles/index.html", team=ours, groups=groups)


@blueprint.get("/organisation/roles/<uuid:role_id>")
@for_members
def show(role_id: UUID) -> ResponseReturnValue:
    """One role: how it stands, what can be done with it, and how people see it."""
    with current_core().units.read() as uow:
        opportunity = role_to_see(uow, role_id)
        return render_template("roles/show.html", **_shown(uow, opportunity))


def _shown(uow: UnitOfWork, opportunity: Opportunity) -> dict[str, object]:
    taken = taken_places(uow.session, [opportunity.id]).get(opportunity.id, 0)
    said = {text.language for text in opportunity.texts} | {opportunity.language}
    languages = [code for code in opportunity_texts.LANGUAGES if code in said]
    state = OpportunityState(opportunity.state)
    chosen = request.args.get("in", "")
    language = chosen if chosen in opportunity_texts.LANGUAGES else current_language()
    return {
        "role": role_pages.line(uow, opportunity, taken),
        "state_name": role_pages.state_names()[state],
        "may_change": opportunity.organisation_id in staff().organisations(*ANSWERING),
        "team_name": opportunity.organisation.name,
        "steps": role_pages.steps_offered(opportunity),
        "can_discard": state is OpportunityState.DRAFT and opportunity.opened_at is None,
        "said_in": languages,
        "previews": role_preview.languages(),
        "preview_language": language,
        "card": role_preview.card_page(uow, opportunity, language),
        "has_older": any(opportunity_texts.is_older(opportunity, text) for text in opportunity.texts),
    }


@blueprint.get("/organisation/roles/<uuid:role_id>/as-seen/<language>")
@for_members
def as_seen(role_id: UUID, language: str) -> ResponseReturnValue:
    """The page of this role as a person sees it who reads this language."""
    if language not in opportunity_texts.LANGUAGES:
        raise NotFound("There is nothing at this address.")
    with current_core().units.read() as uow:
        opportunity = role_to_see(uow, role_id)
        back = url_for("roles.show", role_id=role_id)
        return role_preview.detail_page(uow, opportunity, language, back_url=back)
