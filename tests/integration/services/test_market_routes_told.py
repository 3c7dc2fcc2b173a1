"""Telling of routes: each hears once of each timetable, and what is newer overtakes what was not sent yet."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.integration.services.conftest import Town
from tests.integration.services.markets import SmallMarket, make_market, plan
from volunteer.domain.events.stands import StandWithdrew
from volunteer.domain.market_days import TimetableState
from volunteer.domain.messages import MessageKind
from volunteer.handlers import stands as handlers
from volunteer.handlers.reaction import Cause
from volunteer.messages.standing import is_still_true
from volunteer.models import Message, Timetable
from volunteer.services import market_telling, stands
from volunteer.unit_of_work import UnitOfWork

NO_PORTS: Any = None
"""These handlers reach nothing but the database."""


def _publish(uow: UnitOfWork, market: SmallMarket, number: int, name: str, spot: str, turn: int) -> UUID:
    """A timetable that gives this visitor one meeting."""
    made = Timetable(
        id=uuid4(), market_id=market.id, number=number, state=TimetableState.PUBLISHED, asked_at=uow.now
    )
    uow.session.add(made)
    uow.session.flush()
    plan(uow, market.visitors[name], market.stands[spot], turn, timetable_id=made.id)
    return made.id


def _told(uow: UnitOfWork, kind: MessageKind) -> list[Message]:
    return uow.session.query(Message).filter_by(kind=kind).order_by(Message.created_at).all()


def test_each_hears_once_of_each_timetable_and_only_whom_it_concerns(town: Town) -> None:
    market = town.do(make_market)
    first = town.do(lambda uow: _publish(uow, market, 1, "Bart", "B1", 0))
    for _ in range(2):
        town.do(lambda uow: market_telling.tell_routes(uow, first, cause_id=uuid4()))
    town.clock.go_on(minutes=5)
    second = town.do(lambda uow: _publish(uow, market, 2, "Bart", "B2", 1))
    town.do(lambda uow: market_telling.tell_routes(uow, second, cause_id=uuid4()))

    def look(uow: UnitOfWork) -> None:
        (route,) = _told(uow, MessageKind.MARKET_ROUTE)
        (changed,) = _told(uow, MessageKind.MARKET_ROUTE_CHANGED)
        assert {route.about_id, changed.about_id} == {market.visitors["Bart"]}
        assert (is_still_true(uow, route), is_still_true(uow, changed)) == (False, True)

    town.do(look)
    town.do(lambda uow: market_telling.tell_routes(uow, first, cause_id=uuid4()))
    town.do(look)


@pytest.mark.parametrize("ahead", [timedelta(days=10), timedelta()])
def test_a_stand_that_withdraws_is_told_to_who_was_to_meet_it(town: Town, ahead: timedelta) -> None:
    market = town.do(lambda uow: make_market(uow, ahead=ahead))
    gone = market.stands["B1"]
    for visitor_id in (market.visitors["Bart"], *market.members[:2]):
        town.do(partial(plan, visitor_id=visitor_id, stand_id=gone, number=0))
    town.do(lambda uow: plan(uow, market.visitors["Elif"], market.stands["B2"], 0))
    town.do(lambda uow: stands.withdraw(uow, gone, by="account:desk"))
    cause = Cause(uuid4(), StandWithdrew(gone))
    town.do(lambda uow: handlers.of_withdrawal(cause, uow, NO_PORTS))
    with town.core.units.read() as uow:
        told = [each.recipient_id for each in _told(uow, MessageKind.MARKET_ROUTE_CHANGED)]
        assert sorted(told) == sorted([market.visitors["Bart"], market.veerle])
        asked = [each.is_replan for each in uow.session.query(Timetable)]
        assert asked == ([] if ahead else [True])
