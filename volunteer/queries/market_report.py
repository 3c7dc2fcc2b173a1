"""Reads for the report of a market: what each visitor and each meeting came to, without a name."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.domain.market_days import VisitorState, VisitState
from volunteer.domain.market_report import Came, Meeting
from volunteer.models import MarketVisitor, MarketZone, Stand, Visit


def people(session: Session, market_id: UUID, *, group_id: UUID | None = None) -> Sequence[Came]:
    """Everybody who has a card, also who said that they do not come; of one group alone where it is given."""
    chosen = select(
        MarketVisitor.id,
        MarketVisitor.checked_in_at,
        MarketVisitor.state,
        MarketVisitor.absent_at,
        MarketVisitor.group_id,
        MarketVisitor.wants_route,
        MarketVisitor.language,
        MarketVisitor.answer,
    ).where(MarketVisitor.market_id == market_id)
    found = session.execute(chosen if group_id is None else chosen.where(MarketVisitor.group_id == group_id))
    return [
        Came(
            visitor_id,
            checked_in_at is not None,
            state == VisitorState.WITHDRAWN or absent_at is not None,
            group_id is not None,
            wants_route,
            language,
            answer,
        )
        for visitor_id, checked_in_at, state, absent_at, group_id, wants_route, language, answer in found
    ]


def meetings(
    session: Session, market_id: UUID, *, stand_id: UUID | None = None, group_id: UUID | None = None
) -> Sequence[Meeting]:
    """Meetings that were on a route to the end; of one stand or of one group alone where it is given."""
    chosen = (
        select(Visit, MarketZone.letter)
        .join(Stand, Visit.stand_id == Stand.id)
        .outerjoin(MarketZone, Stand.zone_id == MarketZone.id)
        .where(Visit.market_id == market_id, Visit.state != VisitState.DROPPED)
    )
    if stand_id is not None:
        chosen = chosen.where(Visit.stand_id == stand_id)
    if group_id is not None:
        chosen = chosen.join(MarketVisitor, Visit.visitor_id == MarketVisitor.id).where(
            MarketVisitor.group_id == group_id
        )
    found = session.execute(chosen)
    return [
        Meeting(
            visit.visitor_id,
            letter or "",
            visit.round,
            visit.rounds,
            visit.state,
            visit.interpreter,
            bool(visit.visitor_says),
            bool(visit.stand_says),
            visit.introduction_id is not None,
        )
        for visit, letter in found
    ]
