"""Reads of suggestions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
            .options(
                joinedload(Opportunity.organisation),
                joinedload(Opportunity.venue),
                selectinload(Opportunity.texts),
            )
        )
        .order_by(SuggestionList.made_at.desc(), SuggestionList.id)
        .limit(1)
    )


def list_of(session: Session, candidate_id: UUID, list_id: UUID) -> SuggestionList | None:
    """This list, when it is of this person."""
    made = session.get(SuggestionList, list_id)
    return made if made is not None and made.candidate_id == candidate_id else None


def list_after(session: Session, made: SuggestionList) -> SuggestionList | None:
    """The newest list that goes on from this one."""
    return session.scalar(
        select(SuggestionList)
        .where(SuggestionList.after_id == made.id)
        .order_by(SuggestionList.made_at.desc(), SuggestionList.id)
        .limit(1)
    )


def list_of_event(session: Session, event_id: UUID) -> SuggestionList | None:
    """The list that was made because of this event; ``None`` as long as it is not."""
    return session.scalar(select(SuggestionList).where(SuggestionList.event_id == event_id))


def suggestion_of(session: Session, candidate_id: UUID, suggestion_id: UUID) -> Suggestion | None:
    """This suggestion, when it is of this person."""
    suggestion = session.get(Suggestion, suggestion_id)
    return suggestion if suggestion is not None and suggestion.candidate_id == candidate_id else None


def refused_suggestions(session: Session, candidate_id: UUID) -> Sequence[Suggestion]:
    """What this person said no to, the newest first."""
    return session.scalars(
        select(Suggestion)
        .where(Suggestion.candidate_id == candidate_id, Suggestion.refused_at.is_not(None))
        .options(joinedload(Suggestion.opportunity).joinedload(Opportunity.organisation))
        .order_by(Suggestion.refused_at.desc(), Suggestion.id)
    ).all()


def who_refused(session: Session, candidate_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these people who said no to something."""
    chosen = select(Suggestion.candidate_id).where(
        Suggestion.candidate_id.in_(candidate_ids), Suggestion.refused_at.is_not(None)
    )
    return frozenset(session.scalars(chosen.distinct()))


def saved_suggestions(session: Session, candidate_id: UUID) -> Sequence[Suggestion]:
    """What this person saved and did not refuse, as it was last suggested, in the order of saving."""
    refused = select(Suggestion.opportunity_id).where(
        Suggestion.candidate_id == candidate_id, Suggestion.refused_at.is_not(None)
    )
    return session.scalars(
        select(Suggestion)
        .where(
            Suggestion.candidate_id == candidate_id,
            Suggestion.saved_at.is_not(None),
            Suggestion.opportunity_id.not_in(refused),
        )
        .options(
            joinedload(Suggestion.opportunity).options(
                joinedload(Opportunity.organisation), joinedload(Opportunity.venue)
            )
        )
        .order_by(Suggestion.saved_at, Suggestion.id)
    ).all()


def suggestions_about(session: Session, candidate_id: UUID, opportunity_id: UUID) -> Sequence[Suggestion]:
    """Every time this role was suggested to this person."""
    return session.scalars(
        select(Suggestion).where(
            Suggestion.candidate_id == candidate_id, Suggestion.opportunity_id == opportunity_id
        )
    ).all()


def roles_of(session: Session, organisation_ids: Collection[UUID]) -> frozenset[UUID]:
    """Every role of these organisations."""
    chosen = select(Opportunity.id).where(Opportunity.organisation_id.in_(organisation_ids))
    return frozenset(session.scalars(chosen)) if organisation_ids else frozenset()


def times_shown(session: Session, *, since: datetime) -> dict[UUID, int]:
    """How often each role was displayed, printed or sent since then."""
    shown = (
        select(Suggestion.opportunity_id, func.count())
        .where(Suggestion.shown_at >= since)
        .group_by(Suggestion.opportunity_id)
    )
    return {row[0]: row[1] for row in session.execute(shown)}


def role_names(session: Session, opportunity_ids: Collection[UUID]) -> dict[UUID, tuple[str | None, str]]:
    """External id and title of these roles."""
    wanted = set(opportunity_ids)
    chosen = select(Opportunity.id, Opportunity.external_id, Opportunity.title)
    return {
        role_id: (external_id, title)
        for role_id, external_id, title in session.execute(chosen)
        if role_id in wanted
    }
