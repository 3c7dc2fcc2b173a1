"""The door of a market: checked in once however often, late, absent, gone, and a walk-in with a route."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text, update

from tests.integration.services import markets
from tests.integration.services.conftest import Town
from tests.integration.services.markets import SmallMarket
from volunteer.domain.errors import ConsentMissing, ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.market_door import Standing
from volunteer.domain.market_visitors import Help, Wishes
from volunteer.models import Market, MarketHelpReading, MarketVisitor, OutboxEvent, Visit
from volunteer.queries import timetables
from volunteer.services import market_door, market_visitors, walk_ins
from volunteer.services.market_visitors import Newcomer
from volunteer.unit_of_work import UnitOfWork

BY = "helper:test"
FRENCH = Wishes(languages=frozenset({"fr"}), tasks=frozenset({"t.cook"}))


@pytest.fixture
def hall(town: Town) -> SmallMarket:
    """A market whose doors opened ten minutes ago; its first round begins in twenty."""
    made = town.do(lambda uow: markets.make_market(uow, ahead=timedelta(minutes=30)))
    town.clock.go_on(minutes=40)
    return made


def _said(town: Town) -> list[str]:
    """Everything that the door said, in order."""
    with town.core.units.read() as uow:
        rows = uow.session.scalars(
            select(OutboxEvent).where(OutboxEvent.type == "door_said").order_by(OutboxEvent.seq)
        )
        return [f"{row.payload['said']} {row.payload['by']}" for row in rows]


def _standing(town: Town, visitor_id: UUID) -> Standing:
    return town.do(lambda uow: market_door.standing_of(market_visitors.found(uow, visitor_id)))


def _say(town: Town, step: Callable[..., object], hall: SmallMarket, name: str, *more: object) -> None:
    town.do(lambda uow: step(uow, hall.id, hall.visitors[name], *more, by=BY))


def _newcomer(name: str = "Noor", **more: Any) -> Newcomer:
    return replace(Newcomer(name=name, language="fr", agrees=True), **more)


def _walk_in(town: Town, hall: SmallMarket, newcomer: Newcomer, form_id: UUID | None = None) -> UUID:
    return town.do(lambda uow: market_door.walk_in(uow, hall.id, newcomer, FRENCH, form_id=form_id, by=BY)).id


def test_who_comes_in_is_written_once_with_who_let_them_in(town: Town, hall: SmallMarket) -> None:
    first = town.do(lambda uow: market_door.check_in(uow, hall.id, hall.visitors["Bart"], by=BY))
    at = first.visitor.checked_in_at
    town.clock.go_on(minutes=3)
    again = town.do(lambda uow: market_door.check_in(uow, hall.id, hall.visitors["Bart"], by="helper:2"))
    assert (first.was_here, again.was_here, again.visitor.checked_in_at) == (False, True, at)
    assert _said(town) == [f"here {BY}"]


def test_two_helpers_at_the_same_moment_let_one_person_in_once(town: Town, hall: SmallMarket) -> None:
    def once(by: str) -> bool:
        with town.core.units.write() as uow:
            return market_door.check_in(uow, hall.id, hall.visitors["Bart"], by=by).was_here

    with ThreadPoolExecutor(4) as pool:
        were_here = list(pool.map(once, ["helper:1", "helper:2", "helper:3", "helper:4"]))
    assert sorted(were_here) == [False, True, True, True]
    assert len(_said(town)) == 1


def test_the_last_word_counts_and_can_be_taken_back(town: Town, hall: SmallMarket) -> None:
    bart, until = hall.visitors["Bart"], town.clock.now() + timedelta(minutes=30)
    _say(town, market_door.late, hall, "Bart", until)
    assert _standing(town, bart) is Standing.LATE
    _say(town, market_door.absent, hall, "Bart")
    _say(town, market_door.absent, hall, "Bart")
    assert _standing(town, bart) is Standing.ABSENT
    _say(town, market_door.check_in, hall, "Bart")
    assert _standing(town, bart) is Standing.HERE
    with pytest.raises(ImpossibleStep):
        _say(town, market_door.absent, hall, "Bart")
    _say(town, market_door.leave, hall, "Bart")
    assert _standing(town, bart) is Standing.LEFT
    _say(town, market_door.undo, hall, "Bart")
    _say(town, market_door.undo, hall, "Bart")
    assert _standing(town, bart) is Standing.EXPECTED
    assert [each.split()[0] for each in _said(town)] == ["late", "absent", "here", "left", "not_here"]


@pytest.mark.parametrize("minutes", [0, -5, 600])
def test_nobody_is_expected_in_the_past_or_after_the_last_meeting(
    town: Town, hall: SmallMarket, minutes: int
) -> None:
    until = town.clock.now() + timedelta(minutes=minutes)
    with pytest.raises(InvalidValue):
        _say(town, market_door.late, hall, "Bart", until)
    with pytest.raises(ImpossibleStep):
        _say(town, market_door.leave, hall, "Bart")


def test_a_card_of_another_market_or_of_who_withdrew_is_refused(town: Town, hall: SmallMarket) -> None:
    town.do(lambda uow: market_visitors.withdraw(uow, hall.visitors["Bart"]))
    with pytest.raises(ImpossibleStep, match="do not come"):
        _say(town, market_door.check_in, hall, "Bart")
    with pytest.raises(ImpossibleStep, match="another market"):
        town.do(lambda uow: market_door.check_in(uow, uuid4(), hall.visitors["Elif"], by=BY))
    with pytest.raises(NotFound):
        town.do(lambda uow: market_door.check_in(uow, hall.id, uuid4(), by=BY))


def test_the_door_opens_on_the_day_and_closes_with_it(town: Town) -> None:
    tomorrow = town.do(lambda uow: markets.make_market(uow, ahead=timedelta(days=2)))
    with pytest.raises(ImpossibleStep, match="day itself"):
        _say(town, market_door.check_in, tomorrow, "Bart")
    town.clock.go_on(minutes=4 * 24 * 60)
    with pytest.raises(ImpossibleStep, match="over"):
        _say(town, market_door.check_in, tomorrow, "Bart")


def test_a_group_comes_in_together_but_for_who_stayed_at_home(town: Town, hall: SmallMarket) -> None:
    here = hall.members[:2]
    for expected in (2, 0):
        came = town.do(lambda uow: market_door.check_in_group(uow, hall.id, hall.group, here, by=BY))
        assert came == expected
    assert [_standing(town, each) for each in hall.members] == [
        Standing.HERE,
        Standing.HERE,
        Standing.EXPECTED,
    ]
    with pytest.raises(NotFound):
        town.do(
            lambda uow: market_door.check_in_group(uow, hall.id, hall.group, [hall.visitors["Bart"]], by=BY)
        )


def test_a_walk_in_is_in_and_has_a_route_of_free_seats_at_once(town: Town, hall: SmallMarket) -> None:
    full = town.do(lambda uow: markets.plan(uow, hall.visitors["Elif"], hall.stands["A1"], 0))
    form_id = uuid4()
    noor = _walk_in(town, hall, _newcomer(), form_id)
    assert _walk_in(town, hall, _newcomer(), form_id) == noor
    with town.core.units.read() as uow:
        route = timetables.route_of(uow.session, noor)
        assert len(route) >= 2
        assert len({each.round for each in route}) == len(route) == len({each.stand_id for each in route})
        assert market_visitors.found(uow, noor).registered_by == BY
        assert uow.session.get_one(Visit, full).state == "planned"
        assert uow.session.get_one(Market, hall.id).last_card == 9
    assert _standing(town, noor) is Standing.HERE


def test_twelve_walk_ins_at_once_share_what_is_free_and_nothing_more(town: Town, hall: SmallMarket) -> None:
    def once(number: int) -> UUID:
        with town.core.units.write() as uow:
            newcomer = _newcomer(f"Noor {'abcdefghijkl'[number]}")
            return market_door.walk_in(uow, hall.id, newcomer, FRENCH, form_id=uuid4(), by=BY).id

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(once, range(12)))
    with town.core.units.read() as uow:
        cards = [uow.session.get_one(MarketVisitor, each).card for each in made]
        assert sorted(cards) == list(range(9, 21))
        seats = {stand.id: stand.seats for stand in timetables.stands_of(uow.session, hall.id, ["confirmed"])}
        taken = timetables.taken(uow.session, hall.id)
        for stand_id, number in {(each.stand_id, each.round) for each in taken}:
            at_once = [each for each in taken if (each.stand_id, each.round) == (stand_id, number)]
            assert len(at_once) <= seats[stand_id]


def test_what_helps_a_walk_in_needs_its_own_yes_and_is_read_with_a_line_in_the_journal(
    town: Town, hall: SmallMarket
) -> None:
    helped = _newcomer(help=Help(frozenset({"ph.seated_work"})))
    with pytest.raises(ConsentMissing):
        _walk_in(town, hall, helped)
    agreed = _newcomer(help=Help(frozenset({"ph.seated_work"})), agrees_to_help=True)
    noor = _walk_in(town, hall, agreed)
    with town.core.units.read() as uow:
        stands = {each.stand_id for each in timetables.route_of(uow.session, noor)}
        assert stands
        assert hall.stands["B2"] not in stands
        assert uow.session.scalars(
            select(MarketHelpReading).where(MarketHelpReading.visitor_id == noor)
        ).all()


def test_who_is_here_without_a_route_gets_one(town: Town, hall: SmallMarket) -> None:
    def ask(uow: UnitOfWork) -> int:
        return len(market_door.route_now(uow, hall.id, hall.visitors["Bart"]))

    with pytest.raises(ImpossibleStep):
        town.do(ask)
    _say(town, market_door.check_in, hall, "Bart")
    assert town.do(ask) >= 2
    assert town.do(ask) == 0


def _route(town: Town, visitor_id: UUID) -> list[Visit]:
    return list(town.do(lambda uow: timetables.route_of(uow.session, visitor_id)))


def _make_up(town: Town, hall: SmallMarket, visitor_id: UUID) -> list[Visit]:
    return town.do(lambda uow: market_door.make_up(uow, hall.id, visitor_id))


def test_who_comes_too_late_for_a_meeting_gets_another_and_keeps_the_rest(
    town: Town, hall: SmallMarket
) -> None:
    bart, spots = hall.visitors["Bart"], [hall.stands[each] for each in ("A1", "B1", "C1")]
    told = [
        town.do(partial(markets.plan, visitor_id=bart, stand_id=spot, number=number))
        for spot, number in zip(spots, (0, 1, 2), strict=True)
    ]
    town.clock.go_on(minutes=36)  # the first round is over, the second is to come
    assert _make_up(town, hall, bart) == []  # nobody said that he is here
    _say(town, market_door.check_in, hall, "Bart")
    [new] = _make_up(town, hall, bart)
    assert new.round == 3
    assert new.stand_id not in spots
    assert {each.id for each in _route(town, bart)} == {*told, new.id}
    assert _make_up(town, hall, bart) == []


def test_who_went_out_and_comes_back_lost_nothing(town: Town, hall: SmallMarket) -> None:
    bart = hall.visitors["Bart"]
    _say(town, market_door.check_in, hall, "Bart")
    town.do(lambda uow: markets.plan(uow, bart, hall.stands["A1"], 0))
    town.clock.go_on(minutes=36)
    _say(town, market_door.leave, hall, "Bart")
    _say(town, market_door.check_in, hall, "Bart")
    assert _make_up(town, hall, bart) == []


def test_who_came_after_the_timetable_gets_a_route_when_they_come_in(town: Town, hall: SmallMarket) -> None:
    bart = hall.visitors["Bart"]
    _say(town, market_door.check_in, hall, "Bart")
    assert _make_up(town, hall, bart) == []  # the timetable is still to come
    town.do(lambda uow: _published(uow, hall))
    assert len(_make_up(town, hall, bart)) >= 2


def _published(uow: UnitOfWork, hall: SmallMarket) -> None:
    timetable = timetables.timetable(uow.session, markets.make_timetable(uow, hall.id))
    assert timetable is not None
    timetable.state = "published"


@pytest.mark.parametrize("at_the_door", [True, False])
def test_who_withdrew_while_the_market_was_busy_gets_no_seats(
    town: Town, hall: SmallMarket, at_the_door: bool
) -> None:
    bart = hall.visitors["Bart"]
    _say(town, market_door.check_in, hall, "Bart")

    def withdrawn_meanwhile(uow: UnitOfWork) -> None:
        market_visitors.found(uow, bart)
        by_somebody_else = update(MarketVisitor).where(MarketVisitor.id == bart).values(state="withdrawn")
        uow.session.execute(by_somebody_else, execution_options={"synchronize_session": False})
        give = (
            partial(market_door.route_now, uow, hall.id) if at_the_door else partial(walk_ins.route_now, uow)
        )
        with pytest.raises(ImpossibleStep):
            give(bart)

    town.do(withdrawn_meanwhile)


def test_the_door_does_not_wait_for_who_gives_out_meetings(town: Town, hall: SmallMarket) -> None:
    if town.core.engine.dialect.name == "sqlite":
        return  # one writer at a time
    bart = hall.visitors["Bart"]
    with town.core.units.write() as publishing:
        markets.plan(publishing, bart, hall.stands["B1"], 0)
        with town.core.units.write() as door:
            door.session.execute(text("SET LOCAL lock_timeout = '2s'"))
            assert not market_door.check_in(door, hall.id, bart, by=BY).was_here
