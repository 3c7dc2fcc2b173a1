"""Reads of questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from volunteer.domain.figures import Kind
from volunteer.domain.introductions import IntroductionState
from volunteer.domain.opportunities import OpportunityState
from volunteer.domain.questions import QuestionState, Stage
from volunteer.models import Figure, Introduction, Opportunity, Question, QuestionMail


def open_questions(
    session: Session, *, organisation_id: UUID | None = None, limit: int = 200
) -> Sequence[Question]:
    """Questions somebody waits for and nobody answered yet, with their organisation and role.

    Those that the mails did not get an answer to come first, then the oldest.
    """
    chosen = (
        select(Question)
        .where(Question.state == QuestionState.OPEN, Question.is_routine.is_(False))
        .options(joinedload(Question.organisation), joinedload(Question.opportunity))
        .order_by(
            Question.stage != Stage.TO_CALL,
            Question.opened_at,
            Question.organisation_id,
            Question.code,
            Question.id,
        )
        .limit(limit)
    )
    if organisation_id is not None:
        chosen = chosen.where(Question.organisation_id == organisation_id)
    return session.scalars(chosen).all()


def asked_questions(session: Session, organisation_id: UUID, *, asked_after: date) -> Sequence[Question]:
    """What this organisation was asked by mail after that day and has not answered.

    Routine ones stand among the others, and leave with them: how far the asking is does not count.
    """
    return session.scalars(
        select(Question)
        .where(
            Question.organisation_id == organisation_id,
            Question.state == QuestionState.OPEN,
            Question.asked_on > asked_after,
        )
        .options(joinedload(Question.opportunity))
        .order_by(Question.code, Question.id)
    ).all()


def last_asked(session: Session, opportunity: Opportunity, codes: Collection[str]) -> dict[str, Question]:
    """The newest question about each of these features of a role or of its venue, by code."""
    places = [opportunity.id, *([opportunity.venue_id] if opportunity.venue_id else [])]
    asked = session.scalars(
        select(Question).where(
            Question.code.in_(codes),
            Question.scope_id.in_(places),
            Question.state != QuestionState.DROPPED,
        )
    )
    in_order = sorted(asked, key=lambda each: (each.opened_at, each.state == QuestionState.OPEN))
    return {question.code: question for question in in_order}


def organisations_to_ask(session: Session, *, opened_before: datetime, everyone: bool) -> Sequence[UUID]:
    """Organisations that may be asked something today.

    Those for whose answer somebody waits since before that moment; with ``everyone`` also those with other
    open questions, and those that could tell something that opens more.
    """
    somebody_waits = (
        select(Question.organisation_id)
        .join(Introduction, Introduction.organisation_id == Question.organisation_id)
        .where(
            Question.state == QuestionState.OPEN,
            Question.stage == Stage.WAITING,
            Question.is_routine.is_(False),
            Question.opened_at < opened_before,
            Introduction.state == IntroductionState.ASKING,
        )
    )
    found = set(session.scalars(somebody_waits))
    if everyone:
        asked = select(Question.organisation_id).where(
            Question.state == QuestionState.OPEN,
            Question.stage.in_([Stage.WAITING, Stage.MAILED]),
            Question.is_routine.is_(False),
        )
        useful = select(Figure.organisation_id).where(
            Figure.kind == Kind.TELL, Figure.organisation_id.is_not(None)
        )
        found |= set(session.scalars(asked))
        found |= {each for each in session.scalars(useful) if each is not None}
    return sorted(found)


def last_mail(session: Session, organisation_id: UUID) -> date | None:
    """The day of the newest mail with questions to this organisation."""
    return session.scalar(
        select(func.max(QuestionMail.sent_on)).where(QuestionMail.organisation_id == organisation_id)
    )


def an_open_role(session: Session, organisation_id: UUID) -> Opportunity | None:
    """The role of this organisation that has been open longest, if any."""
    return session.scalar(
        select(Opportunity)
        .where(Opportunity.organisation_id == organisation_id, Opportunity.state == OpportunityState.OPEN)
        .order_by(Opportunity.created_at, Opportunity.id)
        .limit(1)
    )


def roles_waited_for(session: Session, organisation_ids: Collection[UUID]) -> Sequence[Opportunity]:
    """Open roles of these organisations where somebody waits for an answer, the oldest first."""
    waiting = select(Introduction.opportunity_id).where(
        Introduction.organisation_id.in_(organisation_ids), Introduction.state == IntroductionState.ASKING
    )
    return session.scalars(
        select(Opportunity)
        .where(Opportunity.id.in_(waiting), Opportunity.state == OpportunityState.OPEN)
        .order_by(Opportunity.created_at, Opportunity.id)
    ).all()


def codes_not_to_ask(session: Session, organisation_id: UUID, *, most_mails: int) -> frozenset[str]:
    """What somebody waits for at this organisation, what it does not know, and what was in enough mails."""
    return frozenset(
        session.scalars(
            select(Question.code).where(
                Question.organisation_id == organisation_id,
                Question.state == QuestionState.OPEN,
                Question.is_routine.is_(False)
                | (Question.stage == Stage.TO_CALL)
                | (Question.mails >= most_mails),
            )
        )
    )
