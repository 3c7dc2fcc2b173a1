"""Reads of suggestions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
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


def times_shown(session: Session, *, since: datetime) -> dict[UUID, int]:
    """How often each role was displayed, printed or sent since then."""
    shown = (
        select(Suggestion.opportunity_id, func.count())
        .where(Suggestion.shown_at >= since)
        .group_by(Suggestion.opportunity_id)
    )
    return {opportunity_id: count for opportunity_id, count in session.execute(shown).all()}  # noqa: C416 - a Row is no pair to mypy


def role_names(session: Session, opportunity_ids: Collection[UUID]) -> dict[UUID, tuple[str | None, str]]:
    """External id and title of these roles."""
    wanted = set(opportunity_ids)
    chosen = select(Opportunity.id, Opportunity.external_id, Opportunity.title)
    return {
        role_id: (external_id, title)
        for role_id, external_id, title in session.execute(chosen)
        if role_id in wanted
    }
