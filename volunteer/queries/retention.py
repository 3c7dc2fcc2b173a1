"""Reads of what may be kept no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from volunteer.domain.candidates import CandidateState, Channel
from volunteer.domain.introductions import RUNNING
from volunteer.domain.messages import MessageKind, MessageState
from volunteer.models import Candidate, Deed, FormerContact, Introduction, Message, NeedReading
from volunteer.queries.gatherings import over_before

_ENDED_AT = func.coalesce(
    Introduction.ended_at, Introduction.answered_at, Introduction.sent_at, Introduction.asked_at
)
"""Of introductions that ended before their end was written down, the last thing that is known."""


def silent_people(
    session: Session, *, seen_by: date, opened_before: datetime, limit: int, hold: bool = True
) -> Sequence[Candidate]:
    """People who were last seen by that day, and were not asked about it yet. Nobody of the demo.

    Where no day of seeing was written down, the file counts as seen when it was opened.
    """
    seen = or_(
        Candidate.seen_on <= seen_by, and_(Candidate.seen_on.is_(None), Candidate.created_at < opened_before)
    )
    return _people(session, and_(seen, Candidate.asked_on.is_(None)), limit, hold=hold)


def who_did_not_react(
    session: Session, *, asked_by: date, limit: int, hold: bool = True
) -> Sequence[Candidate]:
    """People who were asked by that day whether their file may stay, and were not seen since.

    Who waits for our call or our letter was not asked yet; who only ever comes by themselves cannot be.
    """
    not_told = (
        exists()
        .where(
            Message.recipient_id == Candidate.id,
            Message.kind == MessageKind.KEEP_FILE,
            Message.state.in_((MessageState.QUEUED, MessageState.TO_DO)),
        )
        .where(Candidate.channel != Channel.DESK)
    )
    return _people(session, and_(Candidate.asked_on <= asked_by, ~not_told), limit, hold=hold)


def ended_before(moment: datetime) -> ColumnElement[bool]:
    """Tell of a row of introductions whether it ended before then."""
    return and_(Introduction.state.not_in(RUNNING), moment > _ENDED_AT)


def replaced_by(moment: datetime) -> ColumnElement[bool]:
    """Tell of a row of former contacts whether it was replaced then or before."""
    return FormerContact.replaced_at <= moment


def anything_ended(session: Session, *, before: datetime, replaced: datetime) -> bool:
    """Whether an introduction, sign-up, reading, message, deed or old contact is kept no longer."""
    found = select(
        or_(
            exists().where(ended_before(before)),
            exists().where(over_before(before)),
            exists().where(NeedReading.read_at < before),
            exists().where(Message.finished_at < before),
            exists().where(Deed.done_at < before),
            exists().where(replaced_by(replaced)),
        )
    )
    return bool(session.scalar(found))


def _people(session: Session, chosen: ColumnElement[bool], limit: int, *, hold: bool) -> Sequence[Candidate]:
    real = Candidate.state == CandidateState.CONFIRMED, Candidate.origin != "demo"
    found = select(Candidate).where(*real, chosen).order_by(Candidate.id).limit(limit)
    return session.scalars(found.with_for_update(skip_locked=True) if hold else found).all()
