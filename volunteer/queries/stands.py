"""Reads of stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from volunteer.domain.gathering_seats import SeatState
from volunteer.domain.gatherings import PartyKind
from volunteer.domain.market_days import MarketState, StandState, VisitorState, VisitState
from volunteer.domain.stands import LIVE_STANDS, SignUp
from volunteer.models import GatheringParty, Market, MarketVisitor, MarketZone, Stand, Visit


def of_market(session: Session, market_id: UUID) -> Sequence[Stand]:
    """Every stand that was ever asked for, in the order of asking."""
    return session.scalars(
        select(Stand)
        .where(Stand.market_id == market_id)
        .options(selectinload(Stand.organisation), selectinload(Stand.zone))
        .order_by(Stand.applied_at, Stand.id)
    ).all()


def live_of(session: Session, market_id: UUID, organisation_id: UUID) -> Stand | None:
    """The stand of this organisation that is asked for or confirmed."""
    return session.scalar(
        select(Stand).where(
            Stand.market_id == market_id,
            Stand.organisation_id == organisation_id,
            Stand.state.in_(LIVE_STANDS),
        )
    )


def last_of(session: Session, organisation_id: UUID, *, market_id: UUID | None = None) -> Stand | None:
    """What this organisation asked for last, at this market or at any; how it ended does not matter."""
    chosen = select(Stand).where(Stand.organisation_id == organisation_id)
    if market_id is not None:
        chosen = chosen.where(Stand.market_id == market_id)
    return session.scalar(chosen.order_by(Stand.applied_at.desc(), Stand.id).limit(1))


def of_organisation(session: Session, organisation_id: UUID, *, now: datetime) -> Sequence[Stand]:
    """The live stands of this organisation at markets that are not over, the first day first."""
    return session.scalars(
        select(Stand)
        .join(Market, Market.id == Stand.market_id)
        .where(Stand.organisation_id == organisation_id, Stand.state.in_(LIVE_STANDS), Market.ends_at > now)
        .options(selectinload(Stand.market), selectinload(Stand.zone))
        .order_by(Market.starts_at, Stand.id)
    ).all()


def coming_markets(session: Session, *, now: datetime) -> Sequence[Market]:
    """Markets that are announced and not over, the first one first."""
    return session.scalars(
        select(Market)
        .where(Market.opened_at.is_not(None), Market.ends_at > now)
        .order_by(Market.starts_at, Market.id)
    ).all()


def confirmed(session: Session, market_id: UUID) -> int:
    """How many stands have the desk's yes."""
    counted = select(func.count()).where(Stand.market_id == market_id, Stand.state == StandState.CONFIRMED)
    return session.scalar(counted) or 0


def without_spot(session: Session, market_id: UUID) -> int:
    """How many of them stand nowhere yet."""
    nowhere = (Stand.market_id == market_id, Stand.state == StandState.CONFIRMED, Stand.spot.is_(None))
    return session.scalar(select(func.count()).where(*nowhere)) or 0


def spots(session: Session, market_id: UUID) -> int:
    """How many spots the hall has."""
    total = select(func.coalesce(func.sum(MarketZone.spots), 0)).where(MarketZone.market_id == market_id)
    return session.scalar(total) or 0


def at_spot(session: Session, zone_id: UUID, number: int) -> Stand | None:
    """Who stands there."""
    return session.scalar(
        select(Stand).where(Stand.zone_id == zone_id, Stand.spot == number, Stand.state.in_(LIVE_STANDS))
    )


def training_sign_ups(
    session: Session, training_id: UUID, organisation_ids: Collection[UUID]
) -> dict[UUID, list[SignUp]]:
    """What each of these organisations signed up for at this training; one that did not is left out."""
    rows = session.execute(
        select(GatheringParty.organisation_id, GatheringParty.state, GatheringParty.attended)
        .where(
            GatheringParty.gathering_id == training_id,
            GatheringParty.organisation_id.in_(organisation_ids),
            GatheringParty.kind == PartyKind.TEAM,
        )
        .order_by(GatheringParty.number)
    )
    found: dict[UUID, list[SignUp]] = {}
    for organisation_id, state, attended in rows:
        if organisation_id is not None:
            found.setdefault(organisation_id, []).append(SignUp(SeatState(state), attended))
    return found


def waiting_by_market(session: Session, *, now: datetime) -> list[tuple[Market, int]]:
    """Open markets to come of which stands wait for the desk, and how many; the first day first."""
    rows = session.execute(
        select(Market, func.count(Stand.id))
        .join(Stand, Stand.market_id == Market.id)
        .where(Market.state == MarketState.OPEN, Market.ends_at > now, Stand.state == StandState.APPLIED)
        .group_by(Market.id)
        .order_by(Market.starts_at, Market.id)
    )
    return [(market, count) for market, count in rows]


def planned_visits(session: Session, stand_id: UUID) -> Sequence[Visit]:
    """Meetings at this stand that people were told of and that did not happen yet."""
    return session.scalars(
        select(Visit).where(Visit.stand_id == stand_id, Visit.state == VisitState.PLANNED)
    ).all()


def lost_with(session: Session, stand: Stand) -> Sequence[MarketVisitor]:
    """Who was to meet this stand until it ended, and still comes; by card."""
    chosen = select(Visit.visitor_id).where(
        Visit.stand_id == stand.id, Visit.state == VisitState.DROPPED, Visit.settled_at == stand.settled_at
    )
    return session.scalars(
        select(MarketVisitor)
        .where(
            MarketVisitor.id.in_(chosen),
            MarketVisitor.state == VisitorState.REGISTERED,
            MarketVisitor.absent_at.is_(None),
            MarketVisitor.left_at.is_(None),
        )
        .order_by(MarketVisitor.card)
    ).all()
