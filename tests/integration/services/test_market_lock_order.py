"""A file is held before a market, a market before its plans: the other way round two wait for each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from tests.integration.services import markets
from tests.integration.services.conftest import Town
from tests.integration.services.markets import SmallMarket
from tests.integration.services.test_at_the_same_moment import meanwhile
from volunteer.domain.market_days import TimetableState
from volunteer.models import Candidate, Introduction, MarketVisitor, Visit
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import (
    market_interests,
    market_more_time,
    market_visitors,
    replanning,
    timetables,
    visits,
    walk_ins,
)
from volunteer.services.timetable_solving import solved
from volunteer.unit_of_work import UnitOfWork

Act = Callable[[UnitOfWork, SmallMarket], object]


@pytest.fixture
def hall(town: Town) -> SmallMarket:
    """A market whose first round is on."""
    made = town.do(lambda uow: markets.make_market(uow, ahead=timedelta(minutes=30)))
    town.clock.go_on(minutes=65)
    return made


def _erased_meanwhile(town: Town, hall: SmallMarket, act: Act) -> None:
    """What an erasure, or a merge, of the file of Amina holds, in its order, while somebody does this."""

    def markets_too(uow: UnitOfWork) -> None:
        market_visitors.leave_all(uow, hall.candidate)

    with meanwhile(town, lambda uow: act(uow, hall), then=markets_too) as uow:
        assert confirmed_candidate(uow.session, hall.candidate, hold=True)


def _asks_for_more_time(uow: UnitOfWork, hall: SmallMarket) -> object:
    market_more_time.ask(uow, hall.visitors["Amina"], agrees=True)
    return market_more_time.ask(uow, hall.visitors["Amina"], agrees=True)


def _gets_a_route(uow: UnitOfWork, hall: SmallMarket) -> object:
    return walk_ins.route_now(uow, hall.visitors["Amina"])


@pytest.mark.parametrize("act", [_asks_for_more_time, _gets_a_route])
def test_whoever_writes_in_a_journal_holds_the_file_before_the_market(
    town: Town, hall: SmallMarket, act: Act
) -> None:
    _erased_meanwhile(town, hall, act)


def test_two_are_brought_together_while_the_file_is_held(town: Town, hall: SmallMarket) -> None:
    town.role(hall.organisations["B1"])
    visit_id = _mutual(town, hall, hall.visitors["Amina"])

    _erased_meanwhile(town, hall, lambda uow, _: market_interests.introduce(uow, visit_id))

    with town.core.units.read() as uow:
        made = uow.session.get_one(Visit, visit_id).introduction_id
        assert made is not None
        assert uow.session.get_one(Introduction, made).candidate_id == hall.candidate


def test_a_card_is_given_to_a_file_that_is_held(town: Town, hall: SmallMarket) -> None:
    def gone(uow: UnitOfWork) -> None:
        market_visitors.withdraw(uow, hall.visitors["Amina"])

    town.do(gone)
    bart = hall.visitors["Bart"]

    def give(uow: UnitOfWork, _: SmallMarket) -> None:
        amina = uow.session.get_one(Candidate, hall.candidate)
        assert market_interests.connect(uow, bart, amina)

    _erased_meanwhile(town, hall, give)
    with town.core.units.read() as uow:
        assert uow.session.get_one(MarketVisitor, bart).candidate_id == hall.candidate


def _mutual(town: Town, hall: SmallMarket, visitor_id: UUID) -> UUID:
    """A meeting at B1 after which both want to go on."""
    visit_id = town.do(lambda uow: markets.plan(uow, visitor_id, hall.stands["B1"], 0))
    town.do(lambda uow: visits.meet(uow, visit_id, by="stand:test"))
    town.do(lambda uow: visits.visitor_wants(uow, visit_id, yes=True))
    town.do(lambda uow: visits.stand_wants(uow, visit_id, yes=True))
    return visit_id


def test_a_plan_of_the_day_is_kept_while_somebody_publishes_it_by_hand(town: Town, hall: SmallMarket) -> None:
    asked = town.do(lambda uow: replanning.ask(uow, hall.id, by="account:desk").id)
    found = town.do(lambda uow: timetables.begin(uow, asked))
    assert found is not None
    made = solved(found, lambda _: None)

    def the_plan_too(uow: UnitOfWork) -> None:
        timetables.found(uow, asked, hold=True)

    with meanwhile(town, lambda uow: replanning.keep(uow, asked, made), then=the_plan_too) as uow:
        timetables.held(uow, hall.id)

    with town.core.units.read() as uow:
        assert timetables.found(uow, asked).state == TimetableState.PUBLISHED
