"""Reads of the questions of how it goes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from volunteer.domain.consent import Purpose
from volunteer.domain.follow_ups import Moment, Side
from volunteer.domain.introductions import IntroductionState
from volunteer.models import Consent, FollowUp, Introduction, Organisation
from volunteer.queries.candidates import in_force
from volunteer.queries.organisations import may_be_suggested


def to_ask(
    session: Session,
    moment: Moment,
    *,
    started_after: datetime,
    started_by: datetime,
    now: datetime,
    limit: int,
) -> Sequence[Introduction]:
    """Who started in that time and nobody was asked at this moment, the first one first, locked.

    Not about who did not agree to hear from us later, and not at organisations that are suspended or refused:
    there it waits.
    """
    asked = exists().where(FollowUp.introduction_id == Introduction.id, FollowUp.moment == moment)
    agrees = exists().where(
        Consent.candidate_id == Introduction.candidate_id,
        Consent.purpose == Purpose.FOLLOW_UP,
        in_force(now),
    )
    return session.scalars(
        select(Introduction)
        .join(Organisation, Organisation.id == Introduction.organisation_id)
        .where(
            may_be_suggested(),
            Introduction.state == IntroductionState.STARTED,
            Introduction.started_at > started_after,
            Introduction.started_at <= started_by,
            ~asked,
            agrees,
        )
        .order_by(Introduction.started_at, Introduction.id)
        .limit(limit)
        .with_for_update(of=Introduction)
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


def people_asked(
    session: Session, candidate_ids: Collection[UUID], *, asked_after: datetime, now: datetime
) -> Sequence[UUID]:
    """Which of these people were asked since then how it goes, and can still say it; the first asked first.

    Nobody about what stopped meanwhile, and nobody who agrees no longer to be asked.
    """
    agrees = exists().where(
        Consent.candidate_id == FollowUp.candidate_id,
        Consent.purpose == Purpose.FOLLOW_UP,
        in_force(now),
    )
    return session.scalars(
        select(FollowUp.candidate_id)
        .join(Introduction, Introduction.id == FollowUp.introduction_id)
        .where(
            FollowUp.candidate_id.in_(candidate_ids),
            FollowUp.side == Side.PERSON,
            FollowUp.answered_at.is_(None),
            FollowUp.asked_at > asked_after,
            Introduction.state == IntroductionState.STARTED,
            agrees,
        )
        .order_by(FollowUp.asked_at, FollowUp.id)
    ).all()
