"""What is kept of a suggestion to explain it later: sealed, because tier and reasons would tell of needs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from volunteer.domain.access import NeedState
from volunteer.domain.matching_facts import RoleFacts
from volunteer.matching.suggesting import Match
from volunteer.matching.tiers import Tier
from volunteer.models import Suggestion, SuggestionList
from volunteer.models.base import field_name
from volunteer.unit_of_work import UnitOfWork

_DETAIL = field_name("suggestions", "detail_sealed")


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """A stored suggestion, opened, with what is needed to explain it."""

    suggestion: Suggestion
    match: Match
    role: RoleFacts
    is_new: bool = False
    """It came up when we looked again, and was on no list of theirs for long."""


def sealed(uow: UnitOfWork, made: SuggestionList, match: Match, *, rank: int, is_new: bool) -> Suggestion:
    """The row of one match on a list, at place ``rank`` counted over the lists it goes on from."""
    detail = {
        "tier": match.tier,
        "score": match.score,
        "parts": dict(match.parts),
        "values": dict(match.values),
        "travel_minutes": match.travel_minutes,
        "explored": match.explored,
        "is_new": is_new,
        "needs": dict(match.needs),
        "questions": match.questions,
        "language_questions": match.language_questions,
    }
    return Suggestion(
        list_id=made.id,
        candidate_id=made.candidate_id,
        opportunity_id=match.opportunity_id,
        rank=rank,
        detail_sealed=uow.keyring.seal(json.dumps(detail), field=_DETAIL),
    )


def shown(uow: UnitOfWork, suggestion: Suggestion, role: RoleFacts) -> ShownSuggestion:
    """A suggestion with what explains it."""
    detail = opened(uow, suggestion)
    return ShownSuggestion(suggestion, _match(suggestion, detail), role, is_new=detail.get("is_new", False))


def opened(uow: UnitOfWork, suggestion: Suggestion) -> Mapping[str, Any]:
    """Everything that was kept of one suggestion; see the model for what it holds."""
    found: dict[str, Any] = json.loads(uow.keyring.open(suggestion.detail_sealed, field=_DETAIL))
    return found


def forget_needs(uow: UnitOfWork, suggestion: Suggestion) -> None:
    """Take out whatever would tell of a need: what was weighed for it, asked for it, and how sure it made it.

    Without values nothing is learned from it any more either.
    """
    without = {"tier": Tier.A, "score": 0.0, "parts": {}, "values": {}, "needs": {}, "questions": ()}
    detail = {**opened(uow, suggestion), **without}
    suggestion.detail_sealed = uow.keyring.seal(json.dumps(detail), field=_DETAIL)


def _match(suggestion: Suggestion, detail: Mapping[str, Any]) -> Match:
    return Match(
        opportunity_id=suggestion.opportunity_id,
        rank=suggestion.rank,
        tier=Tier(detail["tier"]),
        score=detail["score"],
        parts=detail["parts"],
        values=detail.get("values", {}),
        travel_minutes=detail.get("travel_minutes"),
        explored=detail.get("explored", False),
        needs={code: NeedState(state) for code, state in detail["needs"].items()},
        questions=tuple(detail["questions"]),
        language_questions=tuple(detail["language_questions"]),
    )
