"""Markets: made, opened, moved and called off; their zones and who helps there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.integration.services.conftest import Town
from tests.integration.services.markets import make_market
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.domain.market_days import HelperRole, Rounds, VisitState
from volunteer.domain.market_plan import Details, HelperDetails, Rules, ZoneDetails
from volunteer.models import Market, MarketVisitor, Visit
from volunteer.services import market_hall, market_helpers, markets
from volunteer.unit_of_work import UnitOfWork

WORDS: Mapping[str, Mapping[str, str]] = {"nl": {"title": "Markt", "about": "Ontmoet organisaties."}}
PEOPLE = ZoneDetails(letter="A", names={"nl": "Mensen"}, spots=4)
FOOD = ZoneDetails(letter="B", names={"nl": "Eten"}, spots=2)


def _details(uow: UnitOfWork, **given: Any) -> Details:
    opens = uow.now + timedelta(days=20)
    return Details(
        **{
            "texts": WORDS,
            "starts_at": opens,
            "ends_at": opens + timedelta(hours=4),
            "rounds": Rounds(opens + timedelta(minutes=30), 6, 15, 5, {2: 20}),
            "stands_close_at": opens - timedelta(days=10),
            "signup_closes_at": opens - timedelta(days=1),
            "venue_name": "De Hal",
            "street": "Kaai 1",
            **given,
        }
    )


def _draft(uow: UnitOfWork, **given: Any) -> UUID:
    return markets.make(uow, _details(uow, **given), account_id=None).id


def _changed(uow: UnitOfWork, market_id: UUID, **given: Any) -> Market:
    """Change only this, and leave the rest as it is said now."""
    return markets.change(uow, market_id, replace(markets.details_of(markets.found(uow, market_id)), **given))


def test_a_market_is_opened_once_its_hall_is_drawn(town: Town) -> None:
    made = town.do(_draft)
    with pytest.raises(InvalidValue) as missing:
        town.do(lambda uow: markets.publish(uow, made))
    assert missing.value.field == "zones"
    town.do(lambda uow: market_hall.draw(uow, made, [FOOD, PEOPLE], far=["A|B", "A|Z"]))
    town.do(lambda uow: markets.publish(uow, made))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: markets.publish(uow, made))
    with town.core.units.read() as uow:
        market = markets.shown(uow, made)
        assert [(each.letter, each.spots) for each in market.zones] == [("A", 4), ("B", 2)]
        assert market.rules == {"wanted": 4, "sure_only": False, "walking": {"A|B": 1}}
        assert market.rounds == Rounds(market.first_round_at, 6, 15, 5, {2: 20})
        assert market.remind_at == market.starts_at.replace(hour=9, minute=0) - timedelta(days=1)
    assert town.events() == ["market_opened"]


def test_nobody_reads_a_draft(town: Town) -> None:
    made = town.do(_draft)
    with pytest.raises(NotFound), town.core.units.read() as uow:
        markets.shown(uow, made)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("title_nl", {"texts": {"fr": WORDS["nl"]}}),
        ("about_nl", {"texts": {"nl": {"title": "Markt"}}}),
        ("venue_name", {"street": ""}),
    ],
)
def test_what_people_must_read_is_there_before_it_opens(
    town: Town, field: str, given: dict[str, Any]
) -> None:
    made = town.do(lambda uow: _draft(uow, **given))
    town.do(lambda uow: market_hall.draw(uow, made, [PEOPLE]))
    with pytest.raises(InvalidValue) as missing:
        town.do(lambda uow: markets.publish(uow, made))
    assert missing.value.field == field


def test_another_day_is_told_once_and_the_hours_of_who_comes_move_along(town: Town) -> None:
    made = town.do(make_market)
    visitor = made.visitors["Bart"]

    def windows(uow: UnitOfWork) -> None:
        market = markets.found(uow, made.id)
        uow.session.get_one(MarketVisitor, visitor).arrives_at = market.rounds.starts(1)

    town.do(windows)
    before = len(town.events())
    town.do(lambda uow: _changed(uow, made.id, rules=Rules(wanted=2)))
    assert town.events()[before:] == []

    def later(uow: UnitOfWork) -> None:
        said, day = markets.details_of(markets.found(uow, made.id)), timedelta(days=1)
        rounds = replace(said.rounds, first=said.rounds.first + day)
        _changed(uow, made.id, starts_at=said.starts_at + day, ends_at=said.ends_at + day, rounds=rounds)

    town.do(later)
    assert town.events()[before:] == ["market_moved"]
    with town.core.units.read() as uow:
        market = markets.found(uow, made.id)
        assert uow.session.get_one(MarketVisitor, visitor).arrives_at == market.rounds.starts(1)
        assert market.changes == 1


def _visit(uow: UnitOfWork, made: Any, number: int) -> None:
    uow.session.add(
        Visit(
            market_id=made.id,
            visitor_id=made.visitors["Bart"],
            stand_id=made.stands["A1"],
            round=number,
            rounds=1,
            state=VisitState.PLANNED,
            made_at=uow.now,
        )
    )


def test_rounds_with_meetings_in_them_stay_and_their_hours_are_told(town: Town) -> None:
    made = town.do(make_market)
    town.do(lambda uow: _visit(uow, made, 2))
    with town.core.units.read() as uow:
        rounds = markets.found(uow, made.id).rounds
    with pytest.raises(InvalidValue) as refused:
        town.do(lambda uow: _changed(uow, made.id, rounds=replace(rounds, count=2, breaks={})))
    assert refused.value.field == "round_count"
    town.do(lambda uow: _changed(uow, made.id, rounds=replace(rounds, count=3, minutes=12)))
    assert town.events()[-1] == "market_moved"


def test_who_comes_is_told_that_it_is_called_off_and_nothing_else(town: Town) -> None:
    made = town.do(make_market)
    with pytest.raises(InvalidValue):
        town.do(lambda uow: markets.cancel(uow, made.id, {"fr": "Il neige."}))
    town.do(lambda uow: markets.cancel(uow, made.id, {"nl": "Het sneeuwt."}))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: markets.cancel(uow, made.id, {"nl": "Het sneeuwt."}))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: _changed(uow, made.id, venue_name="Elders"))
    town.clock.go_on(days=12)
    assert town.do(markets.remind) + town.do(markets.follow_up) == 0
    assert town.events()[-1] == "market_cancelled"


def test_the_day_before_and_the_day_after_are_said_once(town: Town) -> None:
    made = town.do(_draft)
    town.do(lambda uow: market_hall.draw(uow, made, [PEOPLE]))
    town.do(lambda uow: markets.publish(uow, made))
    assert town.do(markets.remind) == 0
    for days, step, event in ((19, markets.remind, "market_near"), (2, markets.follow_up, "market_over")):
        town.clock.go_on(days=days)
        assert [town.do(step), town.do(step)] == [1, 0]
        assert town.events()[-1] == event


def test_a_market_that_is_on_is_neither_moved_nor_called_off(town: Town) -> None:
    made = town.do(lambda uow: make_market(uow, ahead=timedelta(minutes=5)))
    town.clock.go_on(minutes=6)
    for act in (
        lambda uow: _changed(uow, made.id, venue_name="Elders"),
        lambda uow: markets.cancel(uow, made.id, {"nl": "Het sneeuwt."}),
    ):
        with pytest.raises(ImpossibleStep):
            town.do(act)


@pytest.mark.parametrize(
    ("zones", "field"), [([PEOPLE], "spots_B"), ([replace(PEOPLE, spots=1), FOOD], "spots_A")]
)
def test_a_spot_with_a_stand_stays(town: Town, zones: list[ZoneDetails], field: str) -> None:
    made = town.do(make_market)
    with pytest.raises(InvalidValue) as refused:
        town.do(lambda uow: market_hall.draw(uow, made.id, zones))
    assert refused.value.field == field


def test_a_zone_keeps_its_stands_when_it_gets_another_name(town: Town) -> None:
    made = town.do(make_market)
    more = ZoneDetails(letter="D", names={"nl": "Leren"}, spots=1)
    kept = [ZoneDetails(letter=each, names={"nl": "Nieuw"}, spots=2) for each in "ABC"]
    town.do(lambda uow: market_hall.draw(uow, made.id, [more, *kept]))
    with town.core.units.read() as uow:
        zones = {each.letter: each for each in markets.found(uow, made.id).zones}
        assert zones.keys() == set("ABCD")
        assert zones["A"].id == made.zones["A"]
        assert zones["A"].texts == {"nl": "Nieuw"}


def test_a_link_of_somebody_who_helps_ends_with_their_help(town: Town) -> None:
    made = town.do(make_market)
    told = HelperDetails(role=HelperRole.INTERPRETER, name="Olha", languages=frozenset({"uk"}))
    for wrong in (
        replace(told, languages=frozenset()),
        replace(told, away=frozenset({4})),
        replace(told, name=""),
    ):
        with pytest.raises(InvalidValue), town.core.units.write() as uow:
            market_helpers.add(uow, made.id, wrong)
    helper = town.do(lambda uow: market_helpers.add(uow, made.id, replace(told, away=frozenset({3})))).id
    with town.core.units.read() as uow:
        opened = market_helpers.of_link(uow, helper)
        assert (market_helpers.name_of(uow, opened), opened.away) == ("Olha", [3])
    town.do(lambda uow: market_helpers.end(uow, helper, by="test"))
    with pytest.raises(NotAllowed), town.core.units.read() as uow:
        market_helpers.of_link(uow, helper)


def test_only_a_training_of_organisations_prepares(town: Town) -> None:
    with pytest.raises(InvalidValue) as refused:
        town.do(lambda uow: _draft(uow, training_id=UUID(int=1)))
    assert refused.value.field == "training"
