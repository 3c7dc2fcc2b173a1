"""Meetings at a market: who came, who did not, who wants to go on, who came without being planned."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from tests.integration.services import markets
from tests.integration.services.conftest import Town
from tests.integration.services.markets import SmallMarket
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.market_days import VisitState
from volunteer.models import MarketVisitor, Stand, Visit
from volunteer.services import stand_guests, visits
from volunteer.unit_of_work import UnitOfWork

BY = "stand:test"
MUTUAL = "interest_mutual"


@pytest.fixture
def hall(town: Town) -> SmallMarket:
    """A market whose first round began five minutes ago."""
    made = town.do(lambda uow: markets.make_market(uow, ahead=timedelta(minutes=30)))
    town.clock.go_on(minutes=65)
    return made


def _planned(town: Town, hall: SmallMarket, name: str, spot: str, number: int = 0, **given: int) -> UUID:
    return town.do(lambda uow: markets.plan(uow, hall.visitors[name], hall.stands[spot], number, **given))


def _state(town: Town, visit_id: UUID) -> str:
    return town.do(lambda uow: uow.session.get_one(Visit, visit_id).state)


def test_who_came_is_written_once_however_often_it_is_said(town: Town, hall: SmallMarket) -> None:
    visit_id = _planned(town, hall, "Bart", "B1")
    first = town.do(lambda uow: visits.meet(uow, visit_id, by=BY)).settled_at
    town.clock.go_on(minutes=5)
    again = town.do(lambda uow: visits.meet(uow, visit_id, by="stand:another"))
    assert (again.state, again.settled_at, again.settled_by) == (VisitState.MET, first, BY)
    came = town.do(lambda uow: uow.session.get_one(MarketVisitor, hall.visitors["Bart"]))
    assert came.checked_in_at is not None


def test_who_is_at_a_stand_is_neither_late_nor_gone(town: Town, hall: SmallMarket) -> None:
    before, next_one = _planned(town, hall, "Bart", "B1"), _planned(town, hall, "Bart", "B2", 1)

    def door(uow: UnitOfWork) -> MarketVisitor:
        bart = uow.session.get_one(MarketVisitor, hall.visitors["Bart"])
        bart.late_until, bart.left_at = uow.now + timedelta(hours=1), uow.now
        return bart

    town.do(door)
    town.do(lambda uow: visits.meet(uow, before, by=BY))
    bart = town.do(lambda uow: uow.session.get_one(MarketVisitor, hall.visitors["Bart"]))
    assert bart.late_until is None
    assert bart.left_at is not None, "that meeting was before they left"
    town.clock.go_on(minutes=30)
    town.do(lambda uow: visits.meet(uow, next_one, by=BY))
    bart = town.do(lambda uow: uow.session.get_one(MarketVisitor, hall.visitors["Bart"]))
    assert bart.left_at is None


def test_nothing_is_marked_before_the_day(town: Town) -> None:
    hall = town.do(lambda uow: markets.make_market(uow, ahead=timedelta(days=1)))
    visit_id = _planned(town, hall, "Bart", "B1")
    for say in (visits.meet, visits.miss):
        with pytest.raises(ImpossibleStep):
            town.do(partial(say, visit_id=visit_id, by=BY))
    assert _state(town, visit_id) == VisitState.PLANNED


def test_a_seat_that_was_given_up_comes_back_only_while_it_is_free(town: Town, hall: SmallMarket) -> None:
    visit_id = _planned(town, hall, "Bart", "A2")
    town.do(lambda uow: visits.miss(uow, visit_id, by=BY))
    town.do(lambda uow: visits.unsettle(uow, visit_id, by=BY))
    assert _state(town, visit_id) == VisitState.PLANNED
    town.do(lambda uow: visits.miss(uow, visit_id, by=BY))
    _planned(town, hall, "Elif", "A2")
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: visits.meet(uow, visit_id, by=BY))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: visits.unsettle(uow, visit_id, by=BY))
    assert _state(town, visit_id) == VisitState.MISSED


def test_a_meeting_of_two_rounds_holds_both_seats(town: Town, hall: SmallMarket) -> None:
    _planned(town, hall, "Bart", "A2", 0, rounds=2)
    town.clock.go_on(minutes=20)
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: visits.came_unplanned(uow, hall.stands["A2"], 5, by=BY))


@pytest.mark.parametrize("visitor_first", [True, False])
def test_both_want_to_go_on_whoever_says_so_first(town: Town, hall: SmallMarket, visitor_first: bool) -> None:
    visit_id = _planned(town, hall, "Bart", "B1")
    town.do(lambda uow: visits.meet(uow, visit_id, by=BY))
    says: list[Callable[[UnitOfWork], Visit]] = [
        lambda uow: visits.visitor_wants(uow, visit_id, yes=True),
        lambda uow: visits.stand_wants(uow, visit_id, yes=True),
    ]
    first, second = says if visitor_first else reversed(says)
    town.do(first)
    assert MUTUAL not in town.events()
    town.do(second)
    assert town.events().count(MUTUAL) == 1


def test_one_side_alone_is_not_mutual(town: Town, hall: SmallMarket) -> None:
    visit_id = _planned(town, hall, "Bart", "B1")
    town.do(lambda uow: visits.meet(uow, visit_id, by=BY))
    town.do(lambda uow: visits.visitor_wants(uow, visit_id, yes=True))
    town.do(lambda uow: visits.stand_wants(uow, visit_id, yes=False))
    town.do(lambda uow: visits.visitor_wants(uow, visit_id, yes=False))
    town.do(lambda uow: visits.stand_wants(uow, visit_id, yes=True))
    assert MUTUAL not in town.events()


def test_a_stand_goes_on_only_with_whom_it_met_and_a_visitor_from_their_round_on(
    town: Town, hall: SmallMarket
) -> None:
    now, later = _planned(town, hall, "Bart", "B1"), _planned(town, hall, "Bart", "B2", 2)
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: visits.stand_wants(uow, now, yes=True))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: visits.visitor_wants(uow, later, yes=True))
    assert town.do(lambda uow: visits.visitor_wants(uow, now, yes=True)).visitor_says


def test_paper_says_everything_at_once_and_again(town: Town, hall: SmallMarket) -> None:
    visit_id = _planned(town, hall, "Bart", "B1")
    town.clock.go_on(days=1)
    for _ in range(2):
        town.do(lambda uow: visits.settle(uow, visit_id, met=True, visitor_says=True, stand_says=True, by=BY))
    visit = town.do(
        lambda uow: visits.settle(uow, visit_id, met=False, visitor_says=None, stand_says=True, by=BY)
    )
    assert (visit.state, visit.visitor_says, visit.stand_says) == (VisitState.MISSED, None, None)


def test_paper_keeps_how_a_phone_said_it(town: Town, hall: SmallMarket) -> None:
    visit_id = _planned(town, hall, "Bart", "B1")
    town.do(lambda uow: visits.visitor_wants(uow, visit_id, yes=True))
    visit = town.do(
        lambda uow: visits.settle(uow, visit_id, met=True, visitor_says=True, stand_says=True, by=BY)
    )
    assert (visit.visitor_said_how, visit.stand_says) == ("own_device", True)


def test_a_card_that_nobody_planned_becomes_a_meeting_of_this_round(town: Town, hall: SmallMarket) -> None:
    town.clock.go_on(minutes=20)
    visit = town.do(lambda uow: visits.came_unplanned(uow, hall.stands["B1"], 2, by=BY))
    assert (visit.round, visit.state, visit.visitor_id) == (1, VisitState.MET, hall.visitors["Bart"])
    again = town.do(lambda uow: visits.came_unplanned(uow, hall.stands["B1"], 2, by=BY))
    assert again.id == visit.id


def test_a_card_that_was_planned_later_is_met_now(town: Town, hall: SmallMarket) -> None:
    visit_id = _planned(town, hall, "Bart", "B1", 2)
    assert town.do(lambda uow: visits.came_unplanned(uow, hall.stands["B1"], 2, by=BY)).id == visit_id
    assert _state(town, visit_id) == VisitState.MET


def test_who_was_missed_and_comes_after_all_has_one_meeting(town: Town, hall: SmallMarket) -> None:
    visit_id = _planned(town, hall, "Bart", "B1")
    town.do(lambda uow: visits.miss(uow, visit_id, by=BY))
    town.clock.go_on(minutes=20)
    visit = town.do(lambda uow: visits.came_unplanned(uow, hall.stands["B1"], 2, by=BY))
    assert (visit.id, visit.round, visit.state) == (visit_id, 1, VisitState.MET)


def test_promises_stand_in_the_way_of_who_comes_unplanned(town: Town, hall: SmallMarket) -> None:
    _planned(town, hall, "Bart", "A1")
    with pytest.raises(ImpossibleStep, match="A1"):
        town.do(lambda uow: visits.came_unplanned(uow, hall.stands["B1"], 2, by=BY))
    _planned(town, hall, "Chloé", "A2")
    with pytest.raises(ImpossibleStep, match="promised"):
        town.do(lambda uow: visits.came_unplanned(uow, hall.stands["A2"], 5, by=BY))


def test_after_the_market_paper_adds_who_came(town: Town, hall: SmallMarket) -> None:
    for number in range(3):
        _planned(town, hall, "Bart", ("A1", "B1", "B2")[number], number)
    town.clock.go_on(days=1)
    assert town.do(lambda uow: visits.came_unplanned(uow, hall.stands["C1"], 2, by="account:1")).round == 3


def test_after_the_market_a_stand_reads_no_new_names(town: Town, hall: SmallMarket) -> None:
    town.clock.go_on(days=1)
    by = f"stand:{hall.stands['C1']}"
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: visits.came_unplanned(uow, hall.stands["C1"], 2, by=by))


@pytest.mark.parametrize("card", [0, 99])
def test_a_number_that_nobody_has_is_refused(town: Town, hall: SmallMarket, card: int) -> None:
    with pytest.raises(InvalidValue) as raised:
        town.do(lambda uow: visits.came_unplanned(uow, hall.stands["B1"], card, by=BY))
    assert raised.value.field == "card"


def test_a_stand_that_runs_late_says_how_late(town: Town, hall: SmallMarket) -> None:
    town.do(lambda uow: visits.run_late(uow, hall.stands["B1"], 10))
    stand = town.do(lambda uow: uow.session.get_one(Stand, hall.stands["B1"]))
    assert (stand.late_minutes, stand.late_at) == (10, town.clock.now())
    with pytest.raises(InvalidValue):
        town.do(lambda uow: visits.run_late(uow, hall.stands["B1"], 61))
    with pytest.raises(NotFound):
        town.do(lambda uow: visits.run_late(uow, hall.id, 5))


def test_two_cards_for_one_seat_at_the_same_moment(town: Town, hall: SmallMarket) -> None:
    def come(card: int) -> str:
        try:
            return str(town.do(lambda uow: visits.came_unplanned(uow, hall.stands["A2"], card, by=BY)).state)
        except DomainError as error:
            return error.code

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(come, (2, 3))) == ["impossible_step", "met"]


def test_a_stand_reads_only_what_it_may(town: Town, hall: SmallMarket) -> None:
    _planned(town, hall, "Bart", "B1")
    town.do(lambda uow: markets.plan(uow, hall.members[0], hall.stands["B1"], 1, interpreter="ar"))

    def share(uow: UnitOfWork, shares: list[str]) -> None:
        bart = uow.session.get_one(MarketVisitor, hall.visitors["Bart"])
        bart.tasks, bart.shares = ["t.cook"], shares

    def guests(uow: UnitOfWork) -> list[stand_guests.Guest]:
        return stand_guests.of_stand(uow, uow.session.get_one(Stand, hall.stands["B1"]))

    town.do(lambda uow: share(uow, []))
    bart, member = town.do(guests)
    assert (bart.name, bart.card, bart.languages, bart.tasks) == ("Bart", 2, ("nl",), ())
    assert (member.name, member.group, member.interpreter) == ("", "Taalschool", "ar")
    town.do(lambda uow: share(uow, ["tasks"]))
    assert town.do(guests)[0].tasks == ("t.cook",)
