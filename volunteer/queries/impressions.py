"""Reads of what was shown to people who agreed to learning, and of what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from volunteer.domain.consent import Purpose
from volunteer.domain.introductions import EXPECTED, IntroductionState
from volunteer.models import Consent, Introduction, Opportunity, Suggestion, SuggestionList
from volunteer.queries.candidates import in_force

_MET = or_(
    Introduction.state.in_(EXPECTED | {IntroductionState.STOPPED}),
    # Withdrawn after a yes: a refusal has a reason, and before an answer there is no date of one.
    and_(Introduction.state == IntroductionState.WITHDRAWN, Introduction.answered_at.is_not(None)),
)


ShownRow = Row[UUID, UUID, UUID, UUID, str, int, datetime | None, bytes]
"""candidate_id, opportunity_id, organisation_id, list_id, weights_version, rank, shown_at, detail_sealed"""
OutcomeRow = Row[UUID, UUID, datetime, bool]
"""candidate_id, opportunity_id, asked_at, met"""


def _agreed(now: datetime) -> Select[Any]:
    return select(Consent.candidate_id).where(Consent.purpose == Purpose.STATISTICS, in_force(now))


def shown_suggestions(session: Session, *, before: datetime, now: datetime) -> Sequence[ShownRow]:
    """Suggestions shown before that moment, the first first: of people who agree to learning alone."""
    return session.execute(
        select(
            Suggestion.candidate_id,
            Suggestion.opportunity_id,
            Opportunity.organisation_id,
            Suggestion.list_id,
            SuggestionList.weights_version,
            Suggestion.rank,
            Suggestion.shown_at,
            Suggestion.detail_sealed,
        )
        .join(SuggestionList, SuggestionList.id == Suggestion.list_id)
        .join(Opportunity, Opportunity.id == Suggestion.opportunity_id)
        .where(Suggestion.shown_at < before, Suggestion.candidate_id.in_(_agreed(now)))
        .order_by(Suggestion.shown_at, Suggestion.list_id, Suggestion.rank)
    ).all()


def outcomes(session: Session, *, now: datetime) -> Sequence[OutcomeRow]:
    """Every wish to meet of people who agree."""
    return session.execute(
        select(
            Introduction.candidate_id,
            Introduction.opportunity_id,
            Introduction.asked_at,
            _MET.label("met"),
        ).where(Introduction.candidate_id.in_(_agreed(now)))
    ).all()


def acceptances(session: Session, *, before: datetime, now: datetime) -> int:
    """How many wishes of people who agree got a yes, and came of what they were shown before that moment.

    A role counts once for each person. What was only shown after the first wish, or never, does not count:
    nobody can learn from it.
    """
    of_one = (Introduction.candidate_id, Introduction.opportunity_id)
    wished = (
        select(*of_one, func.min(Introduction.asked_at).label("asked_at"))
        .where(Introduction.candidate_id.in_(_agreed(now)))
        .group_by(*of_one)
        .having(func.max(case((_MET, 1), else_=0)) == 1)
        .subquery()
        .c
    )
    seen = exists().where(
        Suggestion.candidate_id == wished.candidate_id,
        Suggestion.opportunity_id == wished.opportunity_id,
        Suggestion.shown_at < before,
        Suggestion.shown_at <= wished.asked_at,
    )
    return session.scalar(select(func.count(wished.candidate_id)).where(seen)) or 0
