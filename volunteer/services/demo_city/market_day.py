"""The timetables of the demo city's markets, and how far the one that is on has come."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from volunteer.domain.consent import GivenHow
from volunteer.domain.market_days import TimetableState, VisitState
from volunteer.models import Market, MarketVisitor, Timetable, Visit
from volunteer.services import (
    market_facts,
    market_interests,
    timetable_publishing,
    timetable_solving,
    timetables,
)
from volunteer.unit_of_work import UnitOfWork

_SAID_BY = "demo"
_SEED = 2026


def load(uow: UnitOfWork) -> None:
    """Plan every market of the demo city, and let the one that is on go on until now."""
    for market in uow.session.scalars(select(Market).where(Market.is_demo).order_by(Market.starts_at)).all():
        _plan(uow, market)
        if market.starts_at <= uow.now < market.ends_at:
            _go_on(uow, market)


def _plan(uow: UnitOfWork, market: Market) -> None:
    """Give everyone who wants one a route, as if it had been published the day before; nobody is told."""
    before = min(uow.now, market.starts_at - timedelta(days=1))
    # The solver plans from now on: of a market that is on, it has to know nothing of the hours since.
    then = UnitOfWork(uow.session, now=before, zone=uow.zone, keyring=uow.keyring)
    market.last_timetable = 1
    timetable = Timetable(
        id=uuid4(),
        market_id=market.id,
        number=1,
        state=TimetableState.SOLVING,
        rules={},
        figures={},
        asked_by=_SAID_BY,
        asked_at=before,
    )
    uow.session.add(timetable)
    uow.session.flush()
    made = timetable_solving.solved(market_facts.read(then, market, market.rules), lambda _: None)
    timetables.keep(then, timetable.id, made)
    timetable_publishing.put_in_place(then, market, timetable, by=_SAID_BY)


def _go_on(uow: UnitOfWork, market: Market) -> None:
    """Most came and had their meetings so far, and many want to go on."""
    chance = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    uow.session.flush()
    visitors = uow.session.scalars(
        select(MarketVisitor).where(MarketVisitor.market_id == market.id).order_by(MarketVisitor.card)
    ).all()
    for visitor in visitors:
        came = max(visitor.arrives_at or market.starts_at, market.starts_at)
        at = came + timedelta(minutes=chance.randrange(25))
        if at <= uow.now and chance.random() < 0.9:
            visitor.checked_in_at = at
    _settle(uow, market, {each.id: each.checked_in_at for each in visitors}, chance)


def _settle(
    uow: UnitOfWork, market: Market, here: dict[UUID, datetime | None], chance: random.Random
) -> None:
    """Meetings that are over were held by who was here in time; where both want to go on, they are brought
    together.
    """
    for visit in _past(uow, market):
        came = here[visit.visitor_id]
        ended = market.rounds.ends(visit.round + visit.rounds - 1)
        visit.settled_at, visit.settled_by = ended, f"stand:{visit.stand_id}"
        if came is None or came > ended or chance.random() < 0.06:
            visit.state = VisitState.MISSED
            continue
        visit.state = VisitState.MET
        visit.visitor_says = chance.choice((True, True, False, None))
        visit.stand_says = chance.choice((True, True, True, None))
        visit.visitor_said_how = GivenHow.DEMO if visit.visitor_says else None
    uow.session.flush()
    for visit in _past(uow, market):
        market_interests.introduce(uow, visit.id)


def _past(uow: UnitOfWork, market: Market) -> Sequence[Visit]:
    """Meetings whose last round is over, in one order."""
    order = (Visit.round, MarketVisitor.card)
    found = uow.session.scalars(
        select(Visit).join(MarketVisitor).where(Visit.market_id == market.id).order_by(*order)
    )
    return [each for each in found if market.rounds.ends(each.round + each.rounds - 1) <= uow.now]
