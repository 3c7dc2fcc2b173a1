"""Reads for looking again: who waits, what they were shown, and what they know of already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer.domain.candidates import CandidateState
from volunteer.domain.consent import Purpose
from volunteer.domain.introductions import EXPECTED, RUNNING
from volunteer.domain.messages import MessageKind
from volunteer.models import Candidate, Introduction, Message, Morning, Suggestion, SuggestionList
from volunteer.queries.candidates import agrees_to

_EXPECTED = exists().where(Introduction.candidate_id == Candidate.id, Introduction.state.in_(EXPECTED))
"""Somebody said yes to this person: they look no more."""


def morning_of(session: Session, day: date, *, hold: bool = False) -> Morning | None:
    """How far looking again came on this day; with ``hold`` nobody else goes on with it meanwhile."""
    chosen = select(Morning).where(Morning.day == day)
    return session.scalar(chosen.with_for_update() if hold else chosen)


def last_finished(session: Session) -> Morning | None:
    """The last morning on which everybody was looked at."""
    finished = select(Morning).where(Morning.finished_at.is_not(None))
    return session.scalar(finished.order_by(Morning.day.desc()).limit(1))


def who_waits(session: Session, *, after: UUID | None, limit: int, now: datetime) -> Sequence[Candidate]:
    """The next people who agreed to be matched and are still looking, in the order of ids; held."""
    chosen = select(Candidate).where(
        Candidate.state == CandidateState.CONFIRMED, agrees_to(Purpose.MATCH, now=now), ~_EXPECTED
    )
    if after is not None:
        chosen = chosen.where(Candidate.id > after)
    return session.scalars(chosen.order_by(Candidate.id).limit(limit).with_for_update(of=Candidate)).all()


def is_expected(session: Session, candidate_id: UUID) -> bool:
    """Whether somebody said yes to this person."""
    return session.scalar(select(Candidate.id).where(Candidate.id == candidate_id, _EXPECTED)) is not None


def newest_lists(session: Session, candidate_ids: Collection[UUID]) -> dict[UUID, SuggestionList]:
    """The newest list of each of these people, as far as there is one."""
    other = aliased(SuggestionList)
    newest = (
        select(other.id)
        .where(other.candidate_id == SuggestionList.candidate_id)
        .order_by(other.made_at.desc(), other.id)
        .limit(1)
        .scalar_subquery()
    )
    chosen = select(SuggestionList).where(
        SuggestionList.candidate_id.in_(candidate_ids), SuggestionList.id == newest
    )
    return {each.candidate_id: each for each in session.scalars(chosen)}


def suggestions_before(
    session: Session, candidate_ids: Collection[UUID], *, since: datetime, newest: Collection[UUID]
) -> dict[UUID, list[Suggestion]]:
    """What stood on each person's ``newest`` list, and on any since then."""
    chosen = (
        select(Suggestion)
        .join(SuggestionList, Suggestion.list_id == SuggestionList.id)
        .where(
            Suggestion.candidate_id.in_(candidate_ids),
            or_(SuggestionList.made_at >= since, SuggestionList.id.in_(newest)),
        )
    )
    found: dict[UUID, list[Suggestion]] = {each: [] for each in candidate_ids}
    for suggestion in session.scalars(chosen):
        found[suggestion.candidate_id].append(suggestion)
    return found


def roles_wished(session: Session, candidate_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The roles each person asked to meet, where that still runs."""
    chosen = select(Introduction.candidate_id, Introduction.opportunity_id).where(
        Introduction.candidate_id.in_(candidate_ids), Introduction.state.in_(RUNNING)
    )
    found: dict[UUID, set[UUID]] = {each: set() for each in candidate_ids}
    for candidate_id, opportunity_id in session.execute(chosen):
        found[candidate_id].add(opportunity_id)
    return found


def is_news(session: Session, candidate_id: UUID, list_id: UUID) -> bool:
    """Whether this is the newest list of this person, was not seen yet, and no message told of it."""
    newest = newest_lists(session, [candidate_id]).get(candidate_id)
    if newest is None or newest.id != list_id:
        return False
    seen = select(Suggestion.id).where(Suggestion.list_id == list_id, Suggestion.shown_at.is_not(None))
    told = select(Message.id).where(
        Message.about_id == list_id,
        Message.kind == MessageKind.NEW_SUGGESTIONS,
        Message.recipient_id == candidate_id,
    )
    return session.scalar(seen.limit(1)) is None and session.scalar(told.limit(1)) is None
