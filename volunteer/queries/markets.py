"""Reads of markets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from volunteer.domain.gatherings import GatheringKind, GatheringState
from volunteer.domain.market_days import STANDING, MarketState, StandState, VisitorState, VisitState
from volunteer.domain.stands import LIVE_STANDS
from volunteer.models import (
    Gathering,
    Market,
    MarketGroup,
    MarketHelper,
    MarketVisitor,
    MarketZone,
    Stand,
    Visit,
)


def held(session: Session, market_id: UUID) -> Market | None:
    """The market; nobody else gives out cards, spots or meetings of it before this transaction ends.

    Who needs a person's file too holds that one first (``kept_for_now``).
    """
    return session.get(Market, market_id, with_for_update=True, populate_existing=True)


def every(session: Session) -> Sequence[Market]:
    """All of them, the latest day first."""
    return session.scalars(select(Market).order_by(Market.starts_at.desc(), Market.id)).all()


def coming(session: Session, *, now: datetime, until: datetime) -> Sequence[Market]:
    """Open ones that begin until then, or go on now; the first one first."""
    return session.scalars(
        select(Market)
        .where(Market.state == MarketState.OPEN, Market.ends_at > now, Market.starts_at <= until)
        .order_by(Market.starts_at, Market.id)
    ).all()


def due(
    session: Session, at: InstrumentedAttribute[datetime | None], now: datetime, *, limit: int
) -> Sequence[Market]:
    """Open ones of which this moment has come, locked; what is busy comes next time."""
    return session.scalars(
        select(Market)
        .where(at <= now, Market.state == MarketState.OPEN)
        .order_by(at, Market.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def last_planned_round(session: Session, market_id: UUID) -> int | None:
    """The last round in which somebody was told of a meeting, from 0; ``None`` where nobody was."""
    ends = Visit.round + Visit.rounds - 1
    return session.scalar(
        select(func.max(ends)).where(Visit.market_id == market_id, Visit.state == VisitState.PLANNED)
    )


def with_windows(session: Session, market_id: UUID) -> list[MarketVisitor | MarketGroup]:
    """Everyone who said from when or until when they are there."""
    visitors = select(MarketVisitor).where(MarketVisitor.market_id == market_id, _has_window(MarketVisitor))
    groups = select(MarketGroup).where(MarketGroup.market_id == market_id, _has_window(MarketGroup))
    return [*session.scalars(visitors), *session.scalars(groups)]


def _has_window(who: type[MarketVisitor] | type[MarketGroup]) -> ColumnElement[bool]:
    return or_(who.arrives_at.is_not(None), who.leaves_at.is_not(None))


def zones_of(session: Session, market_id: UUID) -> Sequence[MarketZone]:
    """The zones of the hall, by letter."""
    return session.scalars(
        select(MarketZone).where(MarketZone.market_id == market_id).order_by(MarketZone.letter)
    ).all()


def stands_in_zones(session: Session, zone_ids: Collection[UUID]) -> Sequence[Stand]:
    """Live stands with a spot in one of these zones, with their organisations; by spot."""
    return session.scalars(
        select(Stand)
        .where(Stand.zone_id.in_(zone_ids), Stand.state.in_(LIVE_STANDS), Stand.spot.is_not(None))
        .options(selectinload(Stand.organisation))
        .order_by(Stand.zone_id, Stand.spot)
    ).all()


def helpers_of(session: Session, market_id: UUID) -> Sequence[MarketHelper]:
    """Everyone who helps there and did not stop, by role."""
    return session.scalars(
        select(MarketHelper)
        .where(MarketHelper.market_id == market_id, MarketHelper.ended_at.is_(None))
        .order_by(MarketHelper.role, MarketHelper.id)
    ).all()


def trainings(session: Session, *, after: datetime, chosen: UUID | None) -> Sequence[Gathering]:
    """Trainings of organisations that can prepare for a market: from ``after`` on, and the one chosen."""
    stands = (Gathering.starts_at >= after) & (Gathering.state != GatheringState.CANCELLED)
    wanted = or_(stands, Gathering.id == chosen) if chosen else stands
    return session.scalars(
        select(Gathering)
        .where(Gathering.kind == GatheringKind.ORGANISATION_TRAINING, wanted)
        .order_by(Gathering.starts_at, Gathering.id)
    ).all()


@dataclass(frozen=True, slots=True)
class MarketCounts:
    """How far a market is, in numbers."""

    stands: Counter[str] = field(default_factory=Counter)
    """By ``StandState``."""
    without_spot: int = 0
    """Confirmed stands that stand nowhere yet."""
    spots: int = 0
    visitors: int = 0
    """Everyone who comes, groups too."""
    groups: int = 0
    helpers: Counter[str] = field(default_factory=Counter)
    """By ``HelperRole``."""
    visits: int = 0
    """Meetings that were planned or held."""
    here: int = 0
    """Who checked in."""
    without_route: int = 0
    """Who comes, wants a route and has no meeting that stands."""


def counts_of(session: Session, market_id: UUID) -> MarketCounts:
    """The numbers of one market."""

    def count(*conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).where(*conditions)) or 0

    def by(column: InstrumentedAttribute[str], *conditions: ColumnElement[bool]) -> Counter[str]:
        rows = session.execute(select(column, func.count()).where(*conditions).group_by(column))
        return Counter({row[0]: row[1] for row in rows})

    comes = (MarketVisitor.market_id == market_id, MarketVisitor.state == VisitorState.REGISTERED)
    confirmed = (Stand.market_id == market_id, Stand.state == StandState.CONFIRMED)
    spots = select(func.sum(MarketZone.spots)).where(MarketZone.market_id == market_id)
    met = select(Visit.visitor_id).where(Visit.market_id == market_id, Visit.state.in_(STANDING))
    return MarketCounts(
        stands=by(Stand.state, Stand.market_id == market_id),
        without_spot=count(*confirmed, Stand.spot.is_(None)),
        spots=session.scalar(spots) or 0,
        visitors=count(*comes),
        groups=count(MarketGroup.market_id == market_id, MarketGroup.state == VisitorState.REGISTERED),
        helpers=by(MarketHelper.role, MarketHelper.market_id == market_id, MarketHelper.ended_at.is_(None)),
        visits=count(Visit.market_id == market_id, Visit.state.in_(STANDING)),
        here=count(*comes, MarketVisitor.checked_in_at.is_not(None)),
        without_route=count(*comes, MarketVisitor.wants_route.is_(True), MarketVisitor.id.not_in(met)),
    )
