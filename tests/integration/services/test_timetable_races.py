"""Two who change one market at the same moment: one waits for the other, and what is told is true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest

from tests.integration.services.conftest import Town
from tests.integration.services.markets import SmallMarket, make_market
from tests.integration.services.planned import made, published, routes, wrong
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.market_days import TimetableState
from volunteer.models import MarketVisitor, Stand
from volunteer.queries import timetables as queries
from volunteer.services import (
    market_visitors,
    replanning,
    stands,
    timetable_publishing,
    timetables,
    visits,
    walk_ins,
)
from volunteer.services.timetable_solving import solved
from volunteer.unit_of_work import UnitOfWork

Act = Callable[[UnitOfWork], object]


@pytest.fixture
def market(town: Town) -> SmallMarket:
    return town.do(make_market)


@pytest.fixture
def full(town: Town) -> SmallMarket:
    """One seat at every stand: whoever takes one takes somebody else's."""

    def narrow(uow: UnitOfWork) -> SmallMarket:
        made_now = make_market(uow)
        for stand in made_now.stands.values():
            uow.session.get_one(Stand, stand).seats = 1
        return made_now

    return town.do(narrow)


def _at_once(town: Town, acts: Sequence[Act]) -> list[Exception | None]:
    """Do each in a transaction of its own, all begun in the same moment; what was refused, in their order."""
    begin = Barrier(len(acts))

    def do(act: Act) -> ImpossibleStep | None:
        begin.wait()
        try:
            town.do(act)
        except ImpossibleStep as refused:
            return refused
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def _publish(timetable_id: UUID) -> Act:
    return lambda uow: timetable_publishing.publish(uow, timetable_id, by="account:desk")


def _replan(town: Town, market: SmallMarket) -> Act:
    """A timetable of the day that was worked out, and is kept and published now."""
    asked = town.do(lambda uow: replanning.ask(uow, market.id, by="account:desk").id)
    found = town.do(lambda uow: timetables.begin(uow, asked))
    assert found is not None
    done = solved(found, lambda _: None)
    return lambda uow: replanning.keep(uow, asked, done)


@pytest.mark.parametrize("is_of_the_day", [False, True])
def test_publishing_while_a_stand_withdraws_sends_nobody_there(
    town: Town, market: SmallMarket, is_of_the_day: bool
) -> None:
    publish = _replan(town, market) if is_of_the_day else _publish(made(town, market.id))
    gone = market.stands["B1"]

    refused = _at_once(town, [publish, lambda uow: stands.withdraw(uow, gone, by="account:desk")])

    assert refused[1] is None
    assert refused[0] is None or not is_of_the_day
    found = routes(town, market.id)
    assert gone not in {stand for route in found.values() for _, stand in route}
    assert bool(found) == (refused[0] is None)
    assert wrong(town, market.id) == []


def test_publishing_while_somebody_withdraws_gives_them_nothing(town: Town, market: SmallMarket) -> None:
    bart = market.visitors["Bart"]
    refused = _at_once(
        town,
        [_replan(town, market), lambda uow: market_visitors.withdraw(uow, bart)],
    )
    assert refused == [None, None]
    assert bart not in routes(town, market.id)
    assert wrong(town, market.id) == []


@pytest.mark.parametrize("is_of_the_day", [False, True])
def test_a_walk_in_and_a_plan_published_at_the_same_moment_share_no_seat(
    town: Town, full: SmallMarket, is_of_the_day: bool
) -> None:
    def wants(uow: UnitOfWork, *, route: bool) -> None:
        uow.session.get_one(MarketVisitor, full.visitors["Elif"]).wants_route = route

    town.do(lambda uow: wants(uow, route=False))
    publish = _replan(town, full) if is_of_the_day else _publish(made(town, full.id))
    town.do(lambda uow: wants(uow, route=True))

    refused = _at_once(
        town,
        [
            publish,
            lambda uow: walk_ins.route_now(uow, full.visitors["Elif"]),
            lambda uow: walk_ins.route_now(uow, full.visitors["Bart"]),
        ],
    )

    assert refused[1:] == [None, None]
    assert refused[0] is None or not is_of_the_day
    assert town.events().count("timetable_published") == (refused[0] is None)
    assert wrong(town, full.id) == []


def test_of_two_plans_published_at_the_same_moment_one_is(town: Town, market: SmallMarket) -> None:
    plans = [made(town, market.id), made(town, market.id)]

    refused = _at_once(town, [_publish(each) for each in plans])

    assert sum(each is not None for each in refused) == 1
    assert town.events().count("timetable_published") == 1
    with town.core.units.read() as uow:
        states = sorted(each.state for each in queries.timetables_of(uow.session, market.id))
    assert states == [TimetableState.PUBLISHED, TimetableState.READY]
    assert wrong(town, market.id) == []


def test_of_two_plans_of_the_day_kept_at_the_same_moment_the_second_is_made_again(
    town: Town, market: SmallMarket
) -> None:
    refused = _at_once(town, [_replan(town, market), _replan(town, market)])

    assert refused == [None, None]
    with town.core.units.read() as uow:
        states = sorted(each.state for each in queries.timetables_of(uow.session, market.id))
    assert states == [TimetableState.PUBLISHED, TimetableState.WAITING]
    assert wrong(town, market.id) == []


def test_a_plan_of_the_day_and_a_card_at_a_stand_share_no_seat(town: Town, full: SmallMarket) -> None:
    published(town, full.id)
    with town.core.units.read() as uow:
        rounds = timetables.held(uow, full.id).rounds
    town.clock.turn_to(rounds.starts(0) - timedelta(minutes=5))

    def stays_away(uow: UnitOfWork) -> None:
        for name in ("Bart", "Chloé"):
            uow.session.get_one(MarketVisitor, full.visitors[name]).absent_at = uow.now

    town.do(stays_away)
    replan = _replan(town, full)
    at = full.stands["B1"]
    with town.core.units.read() as uow:
        card = uow.session.get_one(MarketVisitor, full.visitors["Elif"]).card

    refused = _at_once(town, [replan, lambda uow: visits.came_unplanned(uow, at, card, by="account:desk")])

    assert refused[0] is None
    assert wrong(town, full.id) == []
