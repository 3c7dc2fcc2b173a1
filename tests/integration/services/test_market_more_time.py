"""More time at the stands of a market: kept with a yes, sealed, on the record, and gone a day later."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from tests.integration.services.markets import SmallMarket, make_market, make_timetable
from tests.integration.services.test_market_visitors import come
from volunteer.domain.access import Strength
from volunteer.domain.errors import ConsentMissing, ImpossibleStep
from volunteer.domain.market_days import VisitorState
from volunteer.domain.market_visitors import HELP_VERSION, CardDetails, Help
from volunteer.models import Candidate, MarketHelpReading, MarketVisitor, NeedReading
from volunteer.services import (
    export,
    market_forgetting,
    market_groups,
    market_help,
    market_more_time,
    market_people,
    market_visitors,
    merging,
    needs_erasure,
    timetable_publishing,
    timetables,
)
from volunteer.unit_of_work import UnitOfWork

QUIET = "ph.quiet_place"
Ask = Callable[[UUID], None]


@pytest.fixture
def market(town: Town) -> SmallMarket:
    return town.do(make_market)


@pytest.fixture
def ask(town: Town) -> Ask:
    def asked(visitor_id: UUID) -> None:
        town.do(lambda uow: market_more_time.ask(uow, visitor_id, agrees=True))

    return asked


def test_with_a_file_it_counts_for_the_route_and_stands_in_their_journal(
    town: Town, market: SmallMarket, ask: Ask
) -> None:
    amina = market.visitors["Amina"]

    def has_more_time(reading: market_people.Reading | None) -> bool:
        def known(uow: UnitOfWork) -> bool:
            visitor = uow.session.get_one(MarketVisitor, amina)
            return market_people.known(uow, [visitor], reading)[0].more_time

        return town.do(known)

    assert not has_more_time(market_people.BY_THE_ENGINE)
    ask(amina)
    assert has_more_time(market_people.BY_THE_ENGINE)
    assert not has_more_time(None)
    with town.core.units.read() as uow:
        kept = uow.session.get_one(MarketVisitor, amina)
        assert b"more_time" not in (kept.help_sealed or b"")
        assert kept.help_version == HELP_VERSION
        mine = select(NeedReading.reader).where(NeedReading.candidate_id == market.candidate)
        read = uow.session.scalars(mine.where(NeedReading.purpose == "market_timetable")).all()
        assert set(read) == {"engine"}
        assert not uow.session.scalars(select(MarketHelpReading)).all()


def test_what_was_told_before_stays_beside_it(town: Town, market: SmallMarket, ask: Ask) -> None:
    told = Help(frozenset({QUIET}))
    visitor = town.do(lambda uow: come(uow, market.id, help=told, agrees_to_help=True).id)
    ask(visitor)
    ask(visitor)

    def read(uow: UnitOfWork) -> Help:
        return market_help.read(uow, market_visitors.found(uow, visitor), reader="x", purpose="test")

    assert town.do(read) == Help(frozenset({QUIET}), more_time=True)


@pytest.mark.parametrize("who", ["Amina", "Bart"])
def test_asked_for_again_it_leaves_a_timetable_true(
    town: Town, market: SmallMarket, ask: Ask, who: str
) -> None:
    visitor = market.visitors[who]
    ask(visitor)
    plan = town.do(lambda uow: make_timetable(uow, market.id))

    ask(visitor)

    with town.core.units.read() as uow:
        assert not timetable_publishing.is_out_of_date(uow, timetables.found(uow, plan))
    town.do(lambda uow: timetable_publishing.publish(uow, plan, by="test").id)


def test_a_card_of_a_group_that_is_saved_again_leaves_a_timetable_true(
    town: Town, market: SmallMarket
) -> None:
    details = CardDetails(
        language="nl", languages=frozenset({"nl"}), help=Help(frozenset({QUIET}), more_time=True)
    )

    def save(uow: UnitOfWork) -> None:
        market_groups.set_card(uow, market.members[0], details, agrees=True)

    town.do(save)
    plan = town.do(lambda uow: make_timetable(uow, market.id))

    town.do(save)

    town.do(lambda uow: timetable_publishing.publish(uow, plan, by="test").id)


def test_a_yes_to_needs_that_is_taken_back_takes_it_along(town: Town, market: SmallMarket, ask: Ask) -> None:
    amina, bart = market.visitors["Amina"], market.visitors["Bart"]
    ask(amina)
    ask(bart)

    town.do(lambda uow: needs_erasure.erase(uow, uow.session.get_one(Candidate, market.candidate)))

    with town.core.units.read() as uow:
        hers, his = (uow.session.get_one(MarketVisitor, each) for each in (amina, bart))
        assert (hers.help_sealed, hers.help_version) == (None, None)
        assert hers.state == VisitorState.REGISTERED
        assert his.help_sealed is not None


def test_nothing_is_kept_without_a_yes_nor_of_who_does_not_come(
    town: Town, market: SmallMarket, ask: Ask
) -> None:
    amina = market.visitors["Amina"]
    with pytest.raises(ConsentMissing):
        town.do(lambda uow: market_more_time.ask(uow, amina, agrees=False))
    town.do(lambda uow: market_visitors.withdraw(uow, amina))
    with pytest.raises(ImpossibleStep):
        ask(amina)


def test_it_is_given_along_and_forgotten_a_day_later(town: Town, market: SmallMarket, ask: Ask) -> None:
    amina = market.visitors["Amina"]
    ask(amina)

    def taken_along(uow: UnitOfWork) -> object:
        person = uow.session.get_one(Candidate, market.candidate)
        return export.everything(uow, person, language="nl")["market_visitors"][0]["help"]

    assert town.do(taken_along) == {"codes": [], "more_time": True}
    town.clock.go_on(days=12)
    assert town.do(market_forgetting.forget_due) == 1
    assert town.do(taken_along) is None


def test_two_files_of_one_person_keep_it(town: Town, market: SmallMarket, ask: Ask) -> None:
    other = town.person(contact="+32470999999")

    def register(uow: UnitOfWork) -> UUID:
        return market_visitors.register_person(uow, market.id, uow.session.get_one(Candidate, other)).id

    ask(town.do(register))

    def merge(uow: UnitOfWork) -> UUID:
        pair = merging.two_files(uow, market.candidate, other)
        return merging.merge(uow, pair, {}, account_id=town.account_id).id

    town.do(merge)
    with town.core.units.read() as uow:
        assert uow.session.get_one(MarketVisitor, market.visitors["Amina"]).help_sealed is not None


def test_a_need_of_the_file_counts_beside_it(town: Town, market: SmallMarket, ask: Ask) -> None:
    person = town.person(QUIET, contact="+32470999998")

    def register(uow: UnitOfWork) -> UUID:
        return market_visitors.register_person(uow, market.id, uow.session.get_one(Candidate, person)).id

    visitor = town.do(register)
    ask(visitor)

    def known(uow: UnitOfWork) -> market_people.Known:
        found = uow.session.get_one(MarketVisitor, visitor)
        return market_people.known(uow, [found], market_people.BY_THE_ENGINE)[0]

    seen = town.do(known)
    assert (seen.more_time, dict(seen.facts.needs)) == (True, {QUIET: Strength.MUST})
