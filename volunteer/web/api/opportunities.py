"""``/api/v1/opportunities``: the volunteer roles of an organisation, for its own programs."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from werkzeug.exceptions import PreconditionFailed

from volunteer.domain.access import Answer
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.opportunities import OpportunityState
from volunteer.models import Opportunity
from volunteer.queries.opportunities import answers_for_roles, opportunities_of, opportunity_by_external_id
from volunteer.services import opportunities, opportunity_states
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.api import bearer, postings
from volunteer.web.api.cursor import after, cursor_of
from volunteer.web.api.errors import IN_USE
from volunteer.web.extensions import current_core, limiter
from volunteer.web.schemas.opportunity import (
    ChangeOnTheWire,
    OpportunitiesOnTheWire,
    OpportunityOnTheWire,
    PageWanted,
    PostingOnTheWire,
)

RATE = "300 per minute"
_SECURITY: list[dict[str, list[str]]] = [{"organisation_token": []}]

blueprint = Blueprint("opportunities", __name__, description="The volunteer roles of one's own organisation.")
_unauthenticated = blueprint.alt_response(401, schema="Problem", description="No token, or not a valid one.")
_forbidden = blueprint.alt_response(403, schema="Problem", description="The token may only look on.")
_not_found = blueprint.alt_response(404, schema="Problem", description="Not a role of this organisation.")
_conflict = blueprint.alt_response(
    409, schema="Problem", description="The external id is in use, or this state cannot follow."
)


@blueprint.route("/opportunities", methods=["GET"])
@limiter.limit(RATE)
@blueprint.doc(security=_SECURITY)
@blueprint.arguments(PageWanted, location="query")
@blueprint.response(200, OpportunitiesOnTheWire)
@_unauthenticated
def index(wanted: dict[str, Any]) -> dict[str, Any]:
    """The roles of one's own organisation, newest first, a page at a time."""
    limit = wanted["limit"]
    with current_core().units.read() as uow:
        speaker = bearer.reader(uow)
        found = opportunities_of(
            uow.session,
            speaker.organisation_id,
            limit=limit + 1,
            state=OpportunityState(wanted["state"]) if "state" in wanted else None,
            after=after(wanted.get("cursor")),
        )
        shown = found[:limit]
        answers = answers_for_roles(uow.session, [each.id for each in shown])
        page = [postings.shown(each, answers.get(each.id, {})) for each in shown]
    return {"opportunities": page, "next_cursor": cursor_of(shown[-1]) if len(found) > limit else None}


@blueprint.route("/opportunities", methods=["POST"])
@limiter.limit(RATE)
@blueprint.doc(security=_SECURITY)
@blueprint.arguments(PostingOnTheWire)
@blueprint.response(201, OpportunityOnTheWire)
@_unauthenticated
@_forbidden
@_conflict
def post(given: dict[str, Any]) -> tuple[Response, int]:
    """Publish a role: it opens, or waits. What is not said is asked when it matters."""
    with current_core().units.write() as uow:
        speaker = bearer.writer(uow)
        posting = postings.understood(given)
        _refuse_taken(uow, posting.external_id)
        opportunity = opportunities.post(
            uow, posting, organisation_id=speaker.organisation_id, said_by=speaker.said_by
        )
        uow.session.flush()
        response = _answer(_dumped(uow, opportunity))
    return response, 201


@blueprint.route("/opportunities/<uuid:opportunity_id>", methods=["GET"])
@limiter.limit(RATE)
@blueprint.doc(security=_SECURITY)
@blueprint.response(200, OpportunityOnTheWire)
@blueprint.alt_response(304, description="What you have is still right.")
@_unauthenticated
@_not_found
def show(opportunity_id: UUID) -> ResponseReturnValue:
    """One role. Its ETag can be sent back with a change, as If-Match, so that nobody's work is undone."""
    with current_core().units.read() as uow:
        speaker = bearer.reader(uow)
        response = _answer(_dumped(uow, _own(uow, speaker.organisation_id, opportunity_id)))
    return response.make_conditional(request)


@blueprint.route("/opportunities/<uuid:opportunity_id>", methods=["PATCH"])
@limiter.limit(RATE)
@blueprint.doc(security=_SECURITY)
@blueprint.arguments(ChangeOnTheWire(partial=True))
@blueprint.response(200, OpportunityOnTheWire)
@blueprint.alt_response(412, schema="Problem", description="Somebody changed it since this ETag.")
@_unauthenticated
@_forbidden
@_not_found
@_conflict
def change(given: dict[str, Any], opportunity_id: UUID) -> Response:
    """Change a role: what is left out stays. Its state can be set to open, paused or closed."""
    with current_core().units.write() as uow:
        speaker = bearer.writer(uow)
        opportunity = _own(uow, speaker.organisation_id, opportunity_id, to_change=True)
        if request.if_match and not request.if_match.contains(_etag(_dumped(uow, opportunity))):
            raise PreconditionFailed
        _take_over(uow, opportunity, given, said_by=speaker.said_by)
        uow.session.flush()
        uow.session.refresh(opportunity, ["venue"])
        return _answer(_dumped(uow, opportunity))


def _take_over(uow: UnitOfWork, opportunity: Opportunity, given: dict[str, Any], *, said_by: str) -> None:
    answers = given.pop("access", {})
    state = given.pop("state", None)
    if given:
        posting = postings.changed(opportunity, given)
        if posting.external_id != opportunity.external_id:
            _refuse_taken(uow, posting.external_id)
        opportunities.amend(uow, opportunity, posting, said_by=said_by, with_answers=False)
    if answers:
        said = {code: Answer(answer) if answer else None for code, answer in answers.items()}
        opportunities.answer(uow, opportunity, said, said_by=said_by)
    if state is not None:
        opportunity_states.set_state(uow, opportunity, OpportunityState(state))


def _own(
    uow: UnitOfWork, organisation_id: UUID, opportunity_id: UUID, *, to_change: bool = False
) -> Opportunity:
    opportunity = uow.session.get(Opportunity, opportunity_id, with_for_update=to_change or None)
    if opportunity is None or opportunity.organisation_id != organisation_id:
        raise NotFound("There is nothing at this address.")
    return opportunity


def _refuse_taken(uow: UnitOfWork, external_id: str | None) -> None:
    if external_id and opportunity_by_external_id(uow.session, external_id):
        raise ImpossibleStep("This external id is in use already.", field="external_id", code=IN_USE)


def _dumped(uow: UnitOfWork, opportunity: Opportunity) -> dict[str, Any]:
    answers = answers_for_roles(uow.session, [opportunity.id])
    dumped: dict[str, Any] = OpportunityOnTheWire().dump(
        postings.shown(opportunity, answers.get(opportunity.id, {}))
    )
    return dumped


def _answer(dumped: dict[str, Any]) -> Response:
    response = jsonify(dumped)
    response.set_etag(_etag(dumped))
    return response


def _etag(dumped: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(dumped, sort_keys=True).encode()).hexdigest()[:32]
