"""Reads of suggestions."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from volunteer.models import Opportunity, Suggestion, SuggestionList


def newest_list(session: Session, candidate_id: UUID) -> SuggestionList | None:
    """The last list made for this person, with its suggestions and their roles."""
    return session.scalar(
        select(SuggestionList)
        .where(SuggestionList.candidate_id == candidate_id)
        .options(
            selectinload(SuggestionList.suggestions)
            .joinedload(Suggestion.opportunity)
            .options(joinedload(Opportunity.organisation), joinedload(Opportunity.venue))
        )
        .order_by(SuggestionList.made_at.desc(), SuggestionList.id)
        .limit(1)
    )
