"""Reads for the figures: whom to count, where roles are, and what is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from volunteer.domain.candidates import CandidateState
from volunteer.domain.consent import Purpose
from volunteer.domain.opportunities import OpportunityState
from volunteer.models import (
    Candidate,
    Figure,
    FigureAnchors,
    FigureRun,
    Opportunity,
    Organisation,
    Suggestion,
    Venue,
)
from volunteer.queries.candidates import agrees_to
from volunteer.queries.organisations import may_be_suggested


@dataclass(frozen=True, slots=True)
class Countable:
    """Somebody who agreed to be matched."""

    id: UUID
    with_needs: bool
    """Whether they still agree that their needs are kept."""


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure with the place it is about."""

    scope: str
    kind: str
    code: str
    people: int
    street: str | None
    """Of the venue."""
    role: str | None
    scope_id: UUID | None = None
    """What it is about; ``None`` for the city."""


def people_to_count(session: Session, *, now: datetime) -> list[Countable]:
    """Everyone with a confirmed file who agreed to be matched."""
    chosen = select(Candidate.id, agrees_to(Purpose.NEEDS, now=now)).where(
        Candidate.state == CandidateState.CONFIRMED, agrees_to(Purpose.MATCH, now=now)
    )
    return [Countable(row[0], bool(row[1])) for row in session.execute(chosen)]


def candidates_with(session: Session, candidate_ids: Collection[UUID]) -> Sequence[Candidate]:
    """These files, as far as they are still there."""
    return session.scalars(select(Candidate).where(Candidate.id.in_(candidate_ids))).all()


def refusals_of(session: Session, candidate_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The roles these people do not want to see again."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    chosen = select(Suggestion.candidate_id, Suggestion.opportunity_id).where(
        Suggestion.candidate_id.in_(candidate_ids), Suggestion.refused_at.is_not(None)
    )
    for candidate_id, opportunity_id in session.execute(chosen):
        found[candidate_id].add(opportunity_id)
    return {candidate_id: frozenset(refused) for candidate_id, refused in found.items()}


def places_of_roles(session: Session) -> dict[UUID, tuple[UUID, UUID | None]]:
    """Organisation and venue, if any, of every open role."""
    chosen = (
        select(Opportunity.id, Opportunity.organisation_id, Opportunity.venue_id)
        .join(Organisation, Opportunity.organisation_id == Organisation.id)
        .where(Opportunity.state == OpportunityState.OPEN, may_be_suggested())
    )
    return {row.id: (row.organisation_id, row.venue_id) for row in session.execute(chosen)}


def anchors_of(session: Session) -> Sequence[FigureAnchors]:
    """What the figures were last made from, sealed."""
    return session.scalars(select(FigureAnchors)).all()


def run_of(session: Session, day: date) -> FigureRun | None:
    """The run of this day."""
    return session.get(FigureRun, day)


def newest_day(session: Session) -> date | None:
    """The last day on which everybody was counted to the end."""
    return session.scalar(select(func.max(FigureRun.day)).where(FigureRun.finished_at.is_not(None)))


def shown_figures(session: Session, organisation_id: UUID | None) -> list[ShownFigure]:
    """What is shown to this organisation, or of the city, the strongest first."""
    mine: ColumnElement[bool] = (
        Figure.organisation_id.is_(None)
        if organisation_id is None
        else Figure.organisation_id == organisation_id
    )
    chosen: Any = (
        select(
            Figure.scope,
            Figure.kind,
            Figure.code,
            Figure.people,
            Venue.street,
            Opportunity.title,
            Figure.scope_id,
        )
        .outerjoin(Venue, Figure.scope_id == Venue.id)
        .outerjoin(Opportunity, Figure.scope_id == Opportunity.id)
        .where(mine)
        .order_by(Figure.rank)
    )
    return [ShownFigure(*row) for row in session.execute(chosen)]
