"""Reads for the board in the hall: counts of seats, never who sits there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer.domain.market_days import STANDING, StandState
from volunteer.models import MarketZone, Stand, Timetable, Visit

StandsThere = Sequence[tuple[Stand, str]]
"""A stand, and the letter of its zone."""


def stands_there(session: Session, market_id: UUID) -> StandsThere:
    """Stands that are confirmed and have a place, in the order of the hall."""
    found = session.execute(
        select(Stand, MarketZone.letter)
        .join(MarketZone, Stand.zone_id == MarketZone.id)
        .where(Stand.market_id == market_id, Stand.state == StandState.CONFIRMED)
        .order_by(MarketZone.letter, Stand.spot)
    )
    return [(stand, letter) for stand, letter in found]


def taken(session: Session, market_id: UUID) -> Sequence[tuple[UUID, int, int, int]]:
    """How many meetings stand, by stand, first round and how many rounds they take."""
    found = session.execute(
        select(Visit.stand_id, Visit.round, Visit.rounds, func.count())
        .where(Visit.market_id == market_id, Visit.state.in_(STANDING))
        .group_by(Visit.stand_id, Visit.round, Visit.rounds)
    )
    return [(stand_id, first, rounds, people) for stand_id, first, rounds, people in found]


def interpreted(session: Session, market_id: UUID, number: int) -> Sequence[tuple[str, str]]:
    """Letter of a zone and language of an interpreter who is there in this round."""
    found = session.execute(
        select(MarketZone.letter, Visit.interpreter)
        .join(Stand, Visit.stand_id == Stand.id)
        .join(MarketZone, Stand.zone_id == MarketZone.id)
        .where(
            Visit.market_id == market_id,
            Visit.state.in_(STANDING),
            Visit.interpreter.is_not(None),
            Visit.round <= number,
            Visit.round + Visit.rounds > number,
        )
        .distinct()
        .order_by(MarketZone.letter, Visit.interpreter)
    )
    return [(letter, language) for letter, language in found if language is not None]


def replanned_at(session: Session, market_id: UUID) -> datetime | None:
    """When routes were last changed on the day."""
    return session.scalar(
        select(func.max(Timetable.published_at)).where(
            Timetable.market_id == market_id, Timetable.is_replan.is_(True)
        )
    )
