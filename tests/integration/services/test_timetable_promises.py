"""What a timetable promises is true when people are told of it, whatever changed since it was made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.integration.services.conftest import Town
from tests.integration.services.markets import SmallMarket, make_market, plan
from tests.integration.services.planned import made, published, routes, work, wrong
from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.market_days import HelperRole, TimetableState, VisitState
from volunteer.domain.market_visitors import Help
from volunteer.domain.markets import Obstacle
from volunteer.models import Market, MarketHelper, MarketVisitor, Stand, Timetable, Visit
from volunteer.queries import timetables as queries
from volunteer.services import (
    lost_meetings,
    market_day,
    market_help,
    markets,
    replanning,
    stands,
    timetable_publishing,
    timetable_reasons,
    timetables,
    walk_ins,
)
from volunteer.services.market_facts import MarketRead
from volunteer.services.timetable_solving import POSSIBLE, solved
from volunteer.unit_of_work import UnitOfWork

Change = Callable[[UnitOfWork, SmallMarket], object]


@pytest.fixture
def market(town: Town) -> SmallMarket:
    return town.do(make_market)


def _hall(uow: UnitOfWork, market: SmallMarket) -> Market:
    return uow.session.get_one(Market, market.id)


def _stand(uow: UnitOfWork, market: SmallMarket, spot: str) -> Stand:
    return uow.session.get_one(Stand, market.stands[spot])


def _visitor(uow: UnitOfWork, market: SmallMarket, name: str) -> MarketVisitor:
    return uow.session.get_one(MarketVisitor, market.visitors[name])


def _is_out_of_date(town: Town, timetable_id: UUID) -> bool:
    """What the page of timetables says of a plan; saying so writes nothing."""
    with town.core.units.read() as uow:
        found = timetable_publishing.is_out_of_date(uow, timetables.found(uow, timetable_id))
        assert not [*uow.session.new, *uow.session.dirty, *uow.session.deleted]
        return found


def _publish(town: Town, timetable_id: UUID) -> None:
    town.do(lambda uow: timetable_publishing.publish(uow, timetable_id, by="account:desk"))


def _begun(town: Town, market: SmallMarket) -> tuple[UUID, MarketRead]:
    """A timetable of the day that a worker has begun: it read the market, and works it out."""
    asked = town.do(lambda uow: replanning.ask(uow, market.id, by="account:desk").id)
    found = town.do(lambda uow: timetables.begin(uow, asked))
    assert found is not None
    return asked, found


def _keep(town: Town, begun: tuple[UUID, MarketRead]) -> None:
    town.do(lambda uow: replanning.keep(uow, begun[0], solved(begun[1], lambda _: None)))


def _later(uow: UnitOfWork, market: SmallMarket) -> None:
    hall = _hall(uow, market)
    hall.first_round_at += timedelta(minutes=15)
    hall.ends_at += timedelta(minutes=15)


def _other_breaks(uow: UnitOfWork, market: SmallMarket) -> None:
    _hall(uow, market).breaks = {"0": 10}


def _fewer_rounds(uow: UnitOfWork, market: SmallMarket) -> None:
    _hall(uow, market).round_count = 3


def _other_end_of_the_hall(uow: UnitOfWork, market: SmallMarket) -> None:
    _stand(uow, market, "B1").zone_id = market.zones["C"]
    _stand(uow, market, "B1").spot = 3


def _fewer_seats(uow: UnitOfWork, market: SmallMarket) -> None:
    _stand(uow, market, "B1").seats = 1


def _closes(uow: UnitOfWork, market: SmallMarket) -> None:
    _stand(uow, market, "B1").closed_rounds = [0, 1]


def _other_languages(uow: UnitOfWork, market: SmallMarket) -> None:
    _stand(uow, market, "B1").languages = ["vgt"]


def _not_at_this_table(uow: UnitOfWork, market: SmallMarket) -> None:
    _stand(uow, market, "B1").not_access = ["ph.lift_or_ground"]


def _withdraws(uow: UnitOfWork, market: SmallMarket) -> None:
    stands.withdraw(uow, market.stands["A1"], by="account:desk")


def _nobody_interprets(uow: UnitOfWork, market: SmallMarket) -> None:
    uow.session.get_one(MarketHelper, market.interpreter).ended_at = uow.now


def _goes_early(uow: UnitOfWork, market: SmallMarket) -> None:
    _visitor(uow, market, "Bart").leaves_at = _hall(uow, market).rounds.ends(0)


def _cannot_do_without(uow: UnitOfWork, market: SmallMarket) -> None:
    told = Help(frozenset({"ph.seated_work"}))
    market_help.say_help(uow, _visitor(uow, market, "Bart"), told, agrees=True)


@pytest.mark.parametrize(
    "change",
    [
        _later,
        _other_breaks,
        _fewer_rounds,
        _other_end_of_the_hall,
        _fewer_seats,
        _closes,
        _other_languages,
        _not_at_this_table,
        _withdraws,
        _nobody_interprets,
        _goes_early,
        _cannot_do_without,
    ],
)
def test_a_plan_that_is_not_true_any_more_is_not_published_and_a_new_one_is(
    town: Town, market: SmallMarket, change: Change
) -> None:
    old = made(town, market.id)
    assert not _is_out_of_date(town, old)
    town.do(lambda uow: change(uow, market))

    assert _is_out_of_date(town, old)
    with pytest.raises(ImpossibleStep, match="Make a new one"):
        _publish(town, old)

    assert routes(town, market.id) == {}
    assert "timetable_published" not in town.events()
    town.clock.go_on(seconds=60)
    published(town, market.id)
    assert wrong(town, market.id) == []


def _more_seats(uow: UnitOfWork, market: SmallMarket) -> None:
    _stand(uow, market, "B1").seats = 5


def _a_round_more(uow: UnitOfWork, market: SmallMarket) -> None:
    _hall(uow, market).round_count = 5
    _hall(uow, market).ends_at += timedelta(minutes=20)


def _stays_away(uow: UnitOfWork, market: SmallMarket) -> None:
    _visitor(uow, market, "Bart").absent_at = uow.now


def _walks_freely(uow: UnitOfWork, market: SmallMarket) -> None:
    _visitor(uow, market, "Bart").wants_route = False


@pytest.mark.parametrize("change", [_more_seats, _a_round_more, _stays_away, _walks_freely])
def test_what_changes_nobody_elses_meetings_stands_in_no_plans_way(
    town: Town, market: SmallMarket, change: Change
) -> None:
    timetable_id = made(town, market.id)
    with town.core.units.read() as uow:
        shown = {UUID(who) for who, *_ in timetables.found(uow, timetable_id).visits or []}
    town.do(lambda uow: change(uow, market))

    assert not _is_out_of_date(town, timetable_id)
    _publish(town, timetable_id)

    found = routes(town, market.id)
    assert shown - {market.visitors["Bart"]} <= set(found) <= shown
    if change in (_stays_away, _walks_freely):
        assert market.visitors["Bart"] not in found
    assert wrong(town, market.id) == []


def test_on_the_day_nobody_is_sent_to_a_stand_that_left_while_a_plan_was_made(
    town: Town, market: SmallMarket
) -> None:
    begun = _begun(town, market)
    town.do(lambda uow: _withdraws(uow, market))
    town.do(lambda uow: _stays_away(uow, market))
    town.do(lambda uow: _cannot_do_without(uow, market))

    _keep(town, begun)

    found = routes(town, market.id)
    assert market.stands["A1"] not in {stand for route in found.values() for _, stand in route}
    assert market.visitors["Bart"] not in found
    assert wrong(town, market.id) == []
    with town.core.units.read() as uow:
        again = queries.running(uow.session, market.id, is_replan=True)
        assert again is not None, "nobody looks for what they get in its place"
    work(town, again.id)
    with town.core.units.read() as uow:
        assert queries.running(uow.session, market.id, is_replan=True) is None


def test_on_the_day_a_promise_at_a_stand_that_closed_meanwhile_is_let_go(
    town: Town, market: SmallMarket
) -> None:
    published(town, market.id)
    town.clock.go_on(seconds=60)
    begun = _begun(town, market)
    town.do(lambda uow: _closes(uow, market))

    _keep(town, begun)

    there = {
        number
        for route in routes(town, market.id).values()
        for number, at in route
        if at == market.stands["B1"]
    }
    assert not there & {0, 1}
    assert wrong(town, market.id) == []


def test_what_is_asked_for_after_a_plan_read_the_market_is_a_plan_of_its_own(
    town: Town, market: SmallMarket
) -> None:
    first = _begun(town, market)
    second = town.do(lambda uow: replanning.ask(uow, market.id, by="clock").id)
    assert second != first[0]
    assert town.do(lambda uow: replanning.ask(uow, market.id, by="clock").id) == second


def test_a_plan_of_the_day_that_another_overtook_is_made_again(town: Town, market: SmallMarket) -> None:
    first, second = _begun(town, market), _begun(town, market)
    _keep(town, second)
    told = routes(town, market.id)

    _keep(town, first)

    with town.core.units.read() as uow:
        assert timetables.found(uow, first[0]).state == TimetableState.WAITING
    assert routes(town, market.id) == told
    work(town, first[0])
    assert all(set(told[who]) <= set(route) for who, route in routes(town, market.id).items())
    with town.core.units.read() as uow:
        assert timetables.found(uow, first[0]).state == TimetableState.PUBLISHED
        assert timetables.found(uow, second[0]).state == TimetableState.REPLACED


def test_whoever_was_given_a_route_since_keeps_it_as_it_is(town: Town, market: SmallMarket) -> None:
    begun = _begun(town, market)
    amina = market.visitors["Amina"]
    given = town.do(lambda uow: [(each.round, each.stand_id) for each in walk_ins.route_now(uow, amina)])

    _keep(town, begun)

    assert given
    assert sorted(routes(town, market.id)[amina]) == sorted(given)
    assert wrong(town, market.id) == []


def _interpreter(uow: UnitOfWork, market: SmallMarket, *away: int) -> UUID:
    name = uow.session.get_one(MarketHelper, market.interpreter).name_sealed
    helper = MarketHelper(
        id=uuid4(),
        market_id=market.id,
        role=HelperRole.INTERPRETER,
        name_sealed=name,
        languages=["ar"],
        away=list(away),
    )
    uow.session.add(helper)
    uow.session.flush()
    return helper.id


@pytest.mark.parametrize("leaves", ["ended", "away", "taken"])
def test_when_nobody_can_go_along_any_more_a_promise_is_let_go_with_its_reason(
    town: Town, market: SmallMarket, leaves: str
) -> None:
    """Of five rounds of Arabic at B1 nothing is left when Rasha goes, also while a plan is being made."""

    def promised(uow: UnitOfWork) -> UUID:
        for each in market.members[1:]:
            uow.session.get_one(MarketVisitor, each).wants_route = False
        return plan(
            uow,
            market.members[0],
            market.stands["B1"],
            2,
            interpreter="ar",
            interpreter_id=market.interpreter,
        )

    def goes(uow: UnitOfWork) -> None:
        helper = uow.session.get_one(MarketHelper, market.interpreter)
        if leaves == "ended":
            helper.ended_at = uow.now
        elif leaves == "away":
            helper.away = [0, 1, 2, 3]
        else:
            helper.languages = ["so"]

    visit = town.do(promised)
    begun = _begun(town, market)
    town.do(goes)
    _keep(town, begun)

    with town.core.units.read() as uow:
        assert uow.session.get_one(Visit, visit).state == VisitState.DROPPED
        timetable = queries.published(uow.session, market.id)
        assert timetable is not None
        assert market.members[0] in queries.changed_by(uow.session, timetable)
        said = {each.visitor.id: each.reason for each in timetable_reasons.who_is_short(uow, market.id)}
        assert said[market.members[0]] == Obstacle.INTERPRETER
        assert not [each for each in queries.visits_of_market(uow.session, market.id) if each.interpreter]


def test_another_interpreter_goes_along_with_who_was_promised_one(town: Town, market: SmallMarket) -> None:
    def promised(uow: UnitOfWork) -> tuple[UUID, UUID]:
        visit = plan(
            uow,
            market.members[0],
            market.stands["B1"],
            2,
            interpreter="ar",
            interpreter_id=market.interpreter,
        )
        return visit, _interpreter(uow, market, 0)

    visit, other = town.do(promised)
    begun = _begun(town, market)
    town.do(lambda uow: _nobody_interprets(uow, market))
    _keep(town, begun)

    with town.core.units.read() as uow:
        kept = uow.session.get_one(Visit, visit)
        assert (kept.state, kept.interpreter_id) == (VisitState.PLANNED, other)
    assert wrong(town, market.id) == []


def test_two_interpreters_who_are_there_half_of_a_long_meeting_are_not_one(
    town: Town, market: SmallMarket
) -> None:
    """Both count as one in each round, and neither can stay for two: nobody is promised such a meeting."""

    def halves(uow: UnitOfWork) -> None:
        _hall(uow, market).breaks = {}
        uow.session.get_one(MarketHelper, market.interpreter).away = [1, 3]
        _interpreter(uow, market, 0, 2)
        for each in market.members:
            visitor = uow.session.get_one(MarketVisitor, each)
            market_help.say_help(uow, visitor, Help(frozenset(), more_time=True), agrees=True)
        for spot in market.stands:
            _stand(uow, market, spot).languages = ["nl"]

    town.do(halves)
    timetable_id = published(town, market.id)

    assert not set(market.members) & set(routes(town, market.id))
    with town.core.units.read() as uow:
        short = timetables.short_in(uow, uow.session.get_one(Timetable, timetable_id))
        assert {short[each][0] for each in market.members} == {Obstacle.INTERPRETER}


def test_when_an_interpreter_goes_home_the_promise_of_the_other_stays(
    town: Town, market: SmallMarket
) -> None:
    first, second, other = UUID(int=1), UUID(int=2), uuid4()

    def promised(uow: UnitOfWork) -> None:
        role, name = HelperRole.INTERPRETER, uow.session.get_one(MarketHelper, market.interpreter).name_sealed
        uow.session.add(
            MarketHelper(
                id=other, market_id=market.id, role=role, name_sealed=name, languages=["ar"], away=[]
            )
        )
        uow.session.flush()
        whose = ((first, market.interpreter), (second, other))
        for person, (visit, helper) in zip(market.members, whose, strict=False):
            plan(uow, person, market.stands["B1"], 2, id=visit, interpreter="ar", interpreter_id=helper)
        uow.session.get_one(MarketHelper, market.interpreter).ended_at = uow.now

    town.do(promised)
    published(town, market.id)

    with town.core.units.read() as uow:
        kept, let_go = uow.session.get_one(Visit, second), uow.session.get_one(Visit, first)
        assert (kept.state, kept.interpreter_id) == (VisitState.PLANNED, other)
        assert let_go.state == VisitState.DROPPED
    assert wrong(town, market.id) == []


def test_somebody_else_stands_in_for_an_interpreter_who_went_home(town: Town, market: SmallMarket) -> None:
    visit, gone = uuid4(), uuid4()

    def promised(uow: UnitOfWork) -> None:
        role, name = HelperRole.INTERPRETER, uow.session.get_one(MarketHelper, market.interpreter).name_sealed
        uow.session.add(
            MarketHelper(
                id=gone, market_id=market.id, role=role, name_sealed=name, languages=["ar"], away=[2]
            )
        )
        uow.session.flush()
        where, who = market.stands["B1"], market.members[0]
        plan(uow, who, where, 2, id=visit, interpreter="ar", interpreter_id=gone)

    town.do(promised)
    published(town, market.id)

    with town.core.units.read() as uow:
        kept = uow.session.get_one(Visit, visit)
        assert (kept.state, kept.interpreter_id) == (VisitState.PLANNED, market.interpreter)
    assert wrong(town, market.id) == []


@pytest.fixture
def one_meeting(town: Town, market: SmallMarket) -> SmallMarket:
    """Of the group the first alone wants a route, of one meeting; B1 alone is open, in round 2, in Dutch."""

    def narrow(uow: UnitOfWork) -> None:
        for each in (*market.members[1:], *market.visitors.values()):
            uow.session.get_one(MarketVisitor, each).wants_route = False
        uow.session.get_one(MarketVisitor, market.members[0]).wanted = 1
        for spot in market.stands:
            stand = _stand(uow, market, spot)
            stand.languages, stand.closed_rounds = ["nl"], [0, 1, 2, 3]
        _stand(uow, market, "B1").closed_rounds = [0, 1, 3]

    town.do(narrow)
    return market


@pytest.mark.parametrize("is_by_themselves", [False, True])
def test_a_promise_is_kept_in_another_language_when_its_interpreter_left(
    town: Town, one_meeting: SmallMarket, is_by_themselves: bool
) -> None:
    market, who = one_meeting, one_meeting.members[0]

    def leaves(uow: UnitOfWork) -> None:
        plan(uow, who, market.stands["B1"], 2, interpreter="ar", interpreter_id=market.interpreter)
        rasha = uow.session.get_one(MarketHelper, market.interpreter)
        rasha.ended_at = uow.now
        uow.session.add(
            MarketHelper(
                id=uuid4(),
                market_id=market.id,
                role=HelperRole.INTERPRETER,
                name_sealed=rasha.name_sealed,
                languages=["so" if is_by_themselves else "fr"],
                away=[],
            )
        )
        if is_by_themselves:
            _stand(uow, market, "B1").languages = ["ar", "nl"]
        else:
            uow.session.get_one(MarketVisitor, who).languages = ["ar", "fr"]

    town.do(leaves)
    town.clock.go_on(seconds=60)
    work(town, town.do(lambda uow: replanning.ask(uow, market.id, by="account:desk").id))

    assert routes(town, market.id) == {who: [(2, market.stands["B1"])]}
    with town.core.units.read() as uow:
        kept = queries.route_of(uow.session, who)
        assert [each.interpreter for each in kept] == [None if is_by_themselves else "fr"]


def test_a_seat_that_comes_free_as_no_interpreter_can_stay_is_not_said_to_be_taken(
    town: Town, one_meeting: SmallMarket
) -> None:
    market, bart = one_meeting, one_meeting.visitors["Bart"]

    def halves(uow: UnitOfWork) -> None:
        _hall(uow, market).breaks = {}
        uow.session.get_one(MarketHelper, market.interpreter).away = [1, 3]
        _interpreter(uow, market, 0, 2)
        member = uow.session.get_one(MarketVisitor, market.members[0])
        market_help.say_help(uow, member, Help(frozenset(), more_time=True), agrees=True)
        visitor = uow.session.get_one(MarketVisitor, bart)
        visitor.wants_route, visitor.wanted = True, 2
        stand = _stand(uow, market, "B1")
        stand.closed_rounds, stand.seats = [2, 3], 1
        _stand(uow, market, "A1").closed_rounds = [0, 1, 3]

    town.do(halves)
    timetable_id = published(town, market.id)

    assert routes(town, market.id) == {bart: [(2, market.stands["A1"])]}
    with town.core.units.read() as uow:
        short = timetables.short_in(uow, uow.session.get_one(Timetable, timetable_id))
    assert short[market.members[0]][0] == Obstacle.INTERPRETER
    assert short[bart][0] == POSSIBLE


def test_a_long_promise_that_became_short_is_published(town: Town, one_meeting: SmallMarket) -> None:
    market, who = one_meeting, one_meeting.members[0]

    def shorter(uow: UnitOfWork) -> None:
        _hall(uow, market).breaks = {}
        uow.session.get_one(MarketVisitor, who).languages = ["nl"]
        plan(uow, who, market.stands["B1"], 2, rounds=2)

    town.do(shorter)
    town.clock.go_on(seconds=60)
    published(town, market.id)
    with town.core.units.read() as uow:
        assert [(each.round, each.rounds) for each in queries.route_of(uow.session, who)] == [(2, 1)]


def test_a_stand_that_opens_again_before_anybody_was_told_publishes_nothing(town: Town) -> None:
    market = town.do(lambda uow: make_market(uow, ahead=timedelta(minutes=30)))

    def opens_again(uow: UnitOfWork) -> bool:
        return market_day.open_again(uow, market.id, market.stands["B1"], by="account:desk")

    assert not town.do(opens_again)
    assert "timetable_asked" not in town.events()
    published(town, market.id)
    assert town.do(opens_again)


def test_nobody_loses_a_meeting_at_a_market_that_does_not_go_on(town: Town) -> None:
    market = town.do(lambda uow: make_market(uow, ahead=timedelta(minutes=30)))

    def lost(uow: UnitOfWork) -> int:
        return len(lost_meetings.of_whom(uow, _hall(uow, market)))

    def goes_home(uow: UnitOfWork) -> None:
        told = {"interpreter": "ar", "interpreter_id": market.interpreter}
        plan(uow, market.members[0], market.stands["B1"], 2, **told)
        uow.session.get_one(MarketHelper, market.interpreter).ended_at = uow.now

    town.do(goes_home)
    assert town.do(lost) == 1
    town.do(lambda uow: markets.cancel(uow, market.id, {"nl": "De zaal is stuk."}))
    assert town.do(lost) == 0
