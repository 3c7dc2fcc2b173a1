"""``/api/v1/candidates/<id>/suggestions``: what was found for a person, for that person alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from volunteer.domain.access import FEATURES
from volunteer.domain.matching_facts import PersonFacts
from volunteer.matching.explanation import explain
from volunteer.matching.sentences import sentence
from volunteer.models import Opportunity, SuggestionList
from volunteer.queries.suggestions import newest_list
from volunteer.services import suggestions
from volunteer.services.opportunity_texts import said_in
from volunteer.services.suggestion_details import ShownSuggestion
from volunteer.translation import translations
from volunteer.web.api import bearer
from volunteer.web.extensions import current_core, limiter
from volunteer.web.language import current_language
from volunteer.web.schemas.suggestion import FITS, LOOKING, READY, WE_ASK_FIRST, SuggestionsOnTheWire

READER, PURPOSE = "person", "suggestions"

blueprint = Blueprint("suggestions", __name__, description="What was found for a person.")


@blueprint.route("/candidates/<uuid:candidate_id>/suggestions")
@limiter.limit("240 per minute")
@blueprint.doc(security=[{"personal_token": []}])
@blueprint.response(200, SuggestionsOnTheWire)
@blueprint.alt_response(401, schema="Problem", description="No personal token, or not a valid one.")
@blueprint.alt_response(403, schema="Problem", description="The token of a card, which shows no suggestions.")
def show(candidate_id: UUID) -> Mapping[str, Any]:
    """The suggestions of the person whose token is sent; from this answer on they count as shown.

    The state is `looking` until the first list is made. Sentences come in the language of Accept-Language,
    and so does the title of a role that somebody wrote in it.
    """
    units = current_core().units
    with units.read() as uow:
        bearer.person(uow, candidate_id)
        if newest_list(uow.session, candidate_id) is None:
            return {"candidate_id": candidate_id, "state": LOOKING, "made_by": None, "suggestions": []}
    with units.write() as uow:
        candidate = bearer.person(uow, candidate_id, is_use=True)
        facts = suggestions.facts_of(uow, candidate, reader=READER, purpose=PURPOSE)
        shown = suggestions.current(uow, candidate_id) or []
        suggestions.mark_shown(uow, candidate_id)
        found = [_on_the_wire(each, facts, uow.today) for each in shown]
        made_by = _made_by(newest_list(uow.session, candidate_id))
    return {"candidate_id": candidate_id, "state": READY, "made_by": made_by, "suggestions": found}


def _made_by(made: SuggestionList | None) -> Mapping[str, Any] | None:
    if made is None:
        return None
    return {"made_at": made.made_at, "weights": made.weights_version, "snapshot": made.snapshot_version}


def _on_the_wire(shown: ShownSuggestion, facts: PersonFacts, today: date) -> Mapping[str, Any]:
    match = shown.match
    return {
        "id": shown.suggestion.id,
        "rank": match.rank,
        "group": WE_ASK_FIRST if match.questions else FITS,
        "opportunity": _role(shown.suggestion.opportunity),
        "reasons": _reasons(shown, facts, today),
        "needs": _needs(shown, facts),
        "score": match.score,
        "parts": match.parts,
        "explored": match.explored,
    }


def _role(opportunity: Opportunity) -> Mapping[str, Any]:
    said = said_in(opportunity, current_language())
    return {
        "id": opportunity.id,
        "external_id": opportunity.external_id,
        "title": said.title,
        "language": said.language,
        "organisation": opportunity.organisation.name,
        "municipality": opportunity.venue.municipality if opportunity.venue else None,
    }


def _reasons(shown: ShownSuggestion, facts: PersonFacts, today: date) -> list[Mapping[str, str]]:
    language = current_language()
    translate = translations(language).gettext
    return [
        {"kind": reason.kind, "about": reason.about, "sentence": sentence(reason, translate, language)}
        for reason in explain(shown.match, facts, shown.role, today)
    ]


def _needs(shown: ShownSuggestion, facts: PersonFacts) -> list[Mapping[str, str]]:
    language = current_language()
    return [
        {
            "code": code,
            "label": FEATURES[code].label(language),
            "strength": facts.needs[code],
            "state": state,
        }
        for code, state in shown.match.needs.items()
        if code in facts.needs
    ]
