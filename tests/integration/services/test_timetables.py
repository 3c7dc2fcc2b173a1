"""From the rows of a market to meetings people are told of: every rule holds, and nothing happens twice."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from tests.integration.services.markets import SmallMarket, make_market, plan
from tests.integration.services.planned import made, published, routes, work, wrong
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.market_days import StandState, TimetableState, VisitState
from volunteer.domain.market_plan import Rules
from volunteer.domain.market_visitors import Help
from volunteer.domain.markets import Obstacle
from volunteer.models import Market, MarketHelpReading, MarketVisitor, Stand
from volunteer.queries import timetables as queries
from volunteer.services import (
    market_facts,
    market_help,
    replanning,
    timetable_publishing,
    timetable_reasons,
    timetables,
    walk_ins,
)
from volunteer.services.timetable_solving import solved
from volunteer.unit_of_work import UnitOfWork


@pytest.fixture
def market(town: Town) -> SmallMarket:
    return town.do(make_market)


def test_everybody_meets_somebody_and_no_rule_is_broken(town: Town, market: SmallMarket) -> None:
    timetable_id = published(town, market.id)

    assert wrong(town, market.id) == []
    assert len(routes(town, market.id)) == 8
    with town.core.units.read() as uow:
        timetable = timetables.found(uow, timetable_id)
        assert timetable.state == TimetableState.PUBLISHED
        assert timetable.visits is None
        people = timetable.figures["people"]
        assert sum(people) == 8
        assert people[0] == 0
        short = timetables.short_in(uow, timetable)
        assert sum(timetable.figures["short"].values()) == len(short)
        assert {each.visitor.id for each in timetable_reasons.who_is_short(uow, market.id)} == set(short)
    assert town.events().count("timetable_published") == 1


def test_what_people_need_is_opened_once_for_each_plan_and_never_for_their_own_page(
    town: Town, market: SmallMarket
) -> None:
    def told(uow: UnitOfWork) -> None:
        for name in ("Bart", "Elif"):
            visitor = uow.session.get_one(MarketVisitor, market.visitors[name])
            market_help.say_help(uow, visitor, Help(frozenset({"ph.lift_or_ground"})), agrees=True)

    town.do(told)
    published(town, market.id)

    with town.core.units.read() as uow:
        timetable_reasons.why_for(uow, market.visitors["Bart"], "nl")
        read = uow.session.scalars(select(MarketHelpReading)).all()
        assert {(each.reader, each.purpose) for each in read} == {("engine", "market_timetable")}
        assert len(read) == 2


def test_who_cannot_do_without_something_never_comes_where_it_is_not(town: Town, market: SmallMarket) -> None:
    def told(uow: UnitOfWork) -> None:
        visitor = uow.session.get_one(MarketVisitor, market.visitors["Bart"])
        market_help.say_help(uow, visitor, Help(frozenset({"ph.seated_work"}), more_time=True), agrees=True)

    town.do(told)
    published(town, market.id, Rules(wanted=5))

    assert wrong(town, market.id, wanted=5) == []
    assert market.stands["B2"] not in {stand for _, stand in routes(town, market.id)[market.visitors["Bart"]]}
    with town.core.units.write() as uow:
        visitor = uow.session.get_one(MarketVisitor, market.visitors["Bart"])
        said = timetable_reasons.why_not_at(uow, visitor, market.stands["B2"], reader="account:desk")
        assert said.reason is Obstacle.NEEDS
        assert all(each.rounds == 2 for each in queries.route_of(uow.session, visitor.id))
        opened = uow.session.scalars(select(MarketHelpReading.reader)).all()
        assert "account:desk" in opened


def test_asking_twice_is_one_plan_and_publishing_twice_tells_once(town: Town, market: SmallMarket) -> None:
    first = town.do(lambda uow: timetables.ask(uow, market.id, by="account:desk").id)
    second = town.do(lambda uow: timetables.ask(uow, market.id, by="account:desk").id)
    assert first == second
    work(town, first)

    for _ in range(2):
        town.do(lambda uow: timetable_publishing.publish(uow, first, by="account:desk"))

    assert town.events().count("timetable_published") == 1
    assert wrong(town, market.id) == []


def test_a_later_plan_keeps_what_people_were_told(town: Town, market: SmallMarket) -> None:
    published(town, market.id)
    before = routes(town, market.id)
    town.clock.go_on(seconds=60)
    again = published(town, market.id, Rules(wanted=4))

    after = routes(town, market.id)
    assert all(set(before[who]) <= set(after[who]) for who in before)
    with town.core.units.read() as uow:
        states = {each.number: each.state for each in queries.timetables_of(uow.session, market.id)}
        assert states == {1: TimetableState.REPLACED, 2: TimetableState.PUBLISHED}
        told = queries.changed_by(uow.session, timetables.found(uow, again))
    assert told == {who for who in after if set(after[who]) != set(before.get(who, ()))}


def test_a_plan_from_before_another_was_published_is_not_published_any_more(
    town: Town, market: SmallMarket
) -> None:
    old = made(town, market.id)
    town.clock.go_on(seconds=60)
    published(town, market.id)

    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: timetable_publishing.publish(uow, old, by="account:desk"))


def test_a_walk_in_changes_nobody_elses_route(town: Town, market: SmallMarket) -> None:
    def not_yet(uow: UnitOfWork) -> None:
        uow.session.get_one(MarketVisitor, market.visitors["Chloé"]).wants_route = False

    town.do(not_yet)
    published(town, market.id)
    before = routes(town, market.id)

    def comes(uow: UnitOfWork) -> int:
        uow.session.get_one(MarketVisitor, market.visitors["Chloé"]).wants_route = True
        return len(walk_ins.route_now(uow, market.visitors["Chloé"]))

    given = town.do(comes)

    after = routes(town, market.id)
    assert given == len(after.pop(market.visitors["Chloé"])) > 0
    assert after == before
    assert wrong(town, market.id) == []
    again = town.do(lambda uow: len(walk_ins.route_now(uow, market.visitors["Chloé"])))
    assert again == 0 or given < 3


def test_on_the_day_the_past_stands_and_seats_of_who_stays_away_go_to_others(
    town: Town, market: SmallMarket
) -> None:
    first = published(town, market.id)
    with town.core.units.read() as uow:
        rounds = uow.session.get_one(Market, market.id).rounds
    town.clock.turn_to(rounds.starts(1) + timedelta(minutes=1))
    before = routes(town, market.id)
    met = {who: {each for each in route if each[0] <= 1} for who, route in before.items()}

    def on_the_day(uow: UnitOfWork) -> UUID:
        uow.session.get_one(MarketVisitor, market.visitors["Bart"]).absent_at = uow.now
        uow.session.get_one(Stand, market.stands["C1"]).state = StandState.WITHDRAWN
        return replanning.ask(uow, market.id, by="account:desk").id

    replan = town.do(on_the_day)
    work(town, replan)

    after = routes(town, market.id)
    assert all(met[who] <= set(after.get(who, ())) for who in met)
    assert all(number <= 1 for number, _ in after.get(market.visitors["Bart"], []))
    assert not {stand for route in after.values() for number, stand in route if number > 1} & {
        market.stands["C1"]
    }
    kept = {
        who: {each for each in route if each[1] != market.stands["C1"]}
        for who, route in before.items()
        if who != market.visitors["Bart"]
    }
    assert all(kept[who] <= set(after.get(who, ())) for who in kept)
    with town.core.units.read() as uow:
        timetable = timetables.found(uow, replan)
        assert (timetable.state, timetable.is_replan) == (TimetableState.PUBLISHED, True)
        assert timetables.found(uow, first).state == TimetableState.REPLACED
        told = queries.changed_by(uow.session, timetable)
        assert market.visitors["Bart"] not in told
        stay = before.keys() - {market.visitors["Bart"]}
        assert told == {who for who in stay if after.get(who, []) != before[who]}


def test_the_clock_asks_on_the_day_and_stops_after_the_last_round(town: Town, market: SmallMarket) -> None:
    with town.core.units.read() as uow:
        rounds = uow.session.get_one(Market, market.id).rounds
    town.do(lambda uow: replanning.by_the_clock(uow, market.id, 10))
    town.clock.go_on(seconds=900)
    town.do(replanning.ask_due)
    assert "timetable_asked" not in town.events()

    town.clock.turn_to(rounds.starts(1))
    for _ in range(2):
        town.do(replanning.ask_due)
    assert town.events().count("timetable_asked") == 1

    town.clock.turn_to(rounds.end)
    town.do(replanning.ask_due)
    with town.core.units.read() as uow:
        assert uow.session.get_one(Market, market.id).replan_at is None


def test_equal_markets_have_equal_plans(town: Town, market: SmallMarket) -> None:
    plans = []
    for _ in range(2):
        timetable_id = made(town, market.id)
        with town.core.units.read() as uow:
            plans.append(timetables.found(uow, timetable_id).visits)
    assert plans[0] == plans[1]


def test_a_plan_that_nobody_finishes_fails_and_another_can_be_asked_for(
    town: Town, market: SmallMarket
) -> None:
    lost = town.do(lambda uow: timetables.ask(uow, market.id, by="account:desk").id)
    town.clock.go_on(seconds=3600)
    town.do(timetables.give_up_lost)
    with town.core.units.read() as uow:
        assert timetables.found(uow, lost).state == TimetableState.WAITING

    assert town.do(lambda uow: timetables.begin(uow, lost)) is not None
    town.clock.go_on(seconds=3600)
    town.do(timetables.give_up_lost)

    with town.core.units.read() as uow:
        assert timetables.found(uow, lost).figures == {"failed": timetables.LOST}
    assert town.do(lambda uow: timetables.ask(uow, market.id, by="account:desk").id) != lost


def test_why_a_stand_is_on_a_route_is_said_in_the_readers_language(town: Town, market: SmallMarket) -> None:
    published(town, market.id)
    with town.core.units.read() as uow:
        said = timetable_reasons.why_for(uow, market.visitors["Bart"], "nl")
    assert set(said) == {stand for _, stand in routes(town, market.id)[market.visitors["Bart"]]}
    assert any("Ze spreken Nederlands, net als jij." in sentences for sentences in said.values())


def test_who_comes_in_while_a_plan_is_made_keeps_their_route(town: Town, market: SmallMarket) -> None:
    published(town, market.id)
    before, bart = routes(town, market.id), market.visitors["Bart"]

    def stays_away(uow: UnitOfWork) -> None:
        uow.session.get_one(MarketVisitor, bart).absent_at = uow.now

    def comes(uow: UnitOfWork) -> None:
        visitor = uow.session.get_one(MarketVisitor, bart)
        visitor.absent_at, visitor.checked_in_at = None, uow.now

    town.do(stays_away)
    town.clock.go_on(seconds=60)
    asked = town.do(lambda uow: replanning.ask(uow, market.id, by="account:desk").id)
    found = town.do(lambda uow: timetables.begin(uow, asked))
    assert found is not None
    town.clock.go_on(seconds=20)
    town.do(comes)
    town.do(lambda uow: replanning.keep(uow, asked, solved(found, lambda _: None)))

    assert before[bart]
    assert routes(town, market.id)[bart] == before[bart]
    assert wrong(town, market.id) == []


def test_a_stand_that_runs_rounds_behind_keeps_who_was_promised_and_takes_nobody_new(
    town: Town, market: SmallMarket
) -> None:
    published(town, market.id)
    with town.core.units.read() as uow:
        rounds = uow.session.get_one(Market, market.id).rounds
    town.clock.turn_to(rounds.starts(0) + timedelta(minutes=1))

    def at_stand() -> set[tuple[UUID, int]]:
        found = routes(town, market.id).items()
        return {
            (who, number)
            for who, route in found
            for number, stand in route
            if number in (1, 2) and stand == market.stands["B1"]
        }

    def late(uow: UnitOfWork) -> UUID:
        stand = uow.session.get_one(Stand, market.stands["B1"])
        stand.late_minutes, stand.late_at, stand.seats = 30, uow.now, 5
        return replanning.ask(uow, market.id, by="account:desk").id

    before = at_stand()
    work(town, town.do(late))

    assert before
    assert at_stand() == before


def test_who_was_not_short_in_the_plan_did_not_come_after_it(town: Town, market: SmallMarket) -> None:
    timetable_id = published(town, market.id)

    def loses(uow: UnitOfWork) -> tuple[UUID, UUID]:
        short = timetables.short_in(uow, timetables.found(uow, timetable_id))
        one, other = [who for who in routes(town, market.id) if who not in short][:2]
        for who in (one, other):
            timetable_publishing.drop(uow, queries.route_of(uow.session, who)[-1], by="stand")
        uow.session.get_one(MarketVisitor, other).registered_at = uow.now + timedelta(hours=1)
        return one, other

    one, other = town.do(loses)
    with town.core.units.read() as uow:
        said = {each.visitor.id: each.reason for each in timetable_reasons.who_is_short(uow, market.id)}
    assert (said[one], said[other]) == (timetable_reasons.CHANGED, timetable_reasons.NEW)


def test_of_two_stands_of_an_organisation_the_one_that_stands_comes_first(
    town: Town, market: SmallMarket
) -> None:
    again = UUID(int=2**128 - 1)

    def met_and_withdrew(uow: UnitOfWork) -> None:
        plan(uow, market.visitors["Bart"], market.stands["A1"], 0, state=VisitState.MET)
        stand = uow.session.get_one(Stand, market.stands["A1"])
        stand.state, stand.zone_id, stand.spot = StandState.WITHDRAWN, None, None
        uow.session.flush()
        uow.session.add(
            Stand(
                id=again,
                market_id=market.id,
                organisation_id=stand.organisation_id,
                state=StandState.CONFIRMED,
                languages=["nl"],
                seats=1,
                applied_at=uow.now,
            )
        )

    town.do(met_and_withdrew)
    with town.core.units.write() as uow:
        found = market_facts.read(uow, uow.session.get_one(Market, market.id), {})
    assert found.stands.index(again) < found.stands.index(market.stands["A1"])


def test_the_rules_of_what_was_published_are_those_of_the_market(town: Town, market: SmallMarket) -> None:
    def laid_out(uow: UnitOfWork) -> None:
        uow.session.get_one(Market, market.id).rules = {"wanted": 4, "walking": {"A|C": 1}}

    town.do(laid_out)
    published(town, market.id, Rules(wanted=1, longest_wait=2))
    with town.core.units.read() as uow:
        rules = uow.session.get_one(Market, market.id).rules
        assert rules == {"wanted": 1, "longest_wait": 2, "sure_only": False, "walking": {"A|C": 1}}
        assert timetable_reasons.who_is_short(uow, market.id) == []
    on_the_day = town.do(lambda uow: replanning.ask(uow, market.id, by="account:desk").id)
    work(town, on_the_day)
    assert {len(each) for each in routes(town, market.id).values()} == {1}
