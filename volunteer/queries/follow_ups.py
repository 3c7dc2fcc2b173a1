"""Reads of the questions of how it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from volunteer.domain.follow_ups import Moment, Side
from volunteer.domain.introductions import IntroductionState
from volunteer.models import FollowUp, Introduction


def to_ask(
    session: Session, moment: Moment, *, started_after: datetime, started_by: datetime, limit: int
) -> Sequence[Introduction]:
    """Who started in that time and nobody was asked at this moment, the first one first, locked."""
    asked = exists().where(FollowUp.introduction_id == Introduction.id, FollowUp.moment == moment)
    return session.scalars(
        select(Introduction)
        .where(
            Introduction.state == IntroductionState.STARTED,
            Introduction.started_at > started_after,
            Introduction.started_at <= started_by,
            ~asked,
        )
        .order_by(Introduction.started_at, Introduction.id)
        .limit(limit)
        .with_for_update()
    ).all()


def open_for(session: Session, candidate_id: UUID, *, asked_after: datetime) -> Sequence[FollowUp]:
    """What this person is asked since then, and has not answered."""
    return session.scalars(
        select(FollowUp)
        .where(
            FollowUp.candidate_id == candidate_id,
            FollowUp.side == Side.PERSON,
            FollowUp.answered_at.is_(None),
            FollowUp.asked_at > asked_after,
        )
        .order_by(FollowUp.asked_at, FollowUp.id)
    ).all()
