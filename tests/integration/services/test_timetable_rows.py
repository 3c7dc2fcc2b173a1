"""Whatever the rows of a market say, the meetings agree with them."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.integration.services.conftest import Town
from tests.integration.services.markets import SmallMarket, make_market
from tests.integration.services.planned import published, wrong
from volunteer.domain.market_plan import Rules
from volunteer.domain.market_visitors import Help
from volunteer.models import Market, MarketHelper, MarketVisitor, Stand
from volunteer.queries import timetables as queries
from volunteer.services import (
    market_help,
    timetable_publishing,
    walk_ins,
)
from volunteer.unit_of_work import UnitOfWork


@pytest.fixture
def market(town: Town) -> SmallMarket:
    return town.do(make_market)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
    phases=[Phase.generate],
)
@given(chance=st.randoms(use_true_random=False))
def test_whatever_a_market_is_like_no_rule_is_broken_from_rows_to_meetings(
    town: Town, market: SmallMarket, chance: Random
) -> None:
    town.do(lambda uow: _shake(uow, market, chance))
    rules = Rules(
        wanted=chance.randint(1, 4),
        longest_wait=chance.choice([None, 1, 2]),
        most_in_a_row=chance.choice([None, 1, 2]),
        sure_only=chance.random() < 0.2,
    )
    published(town, market.id, rules)
    assert wrong(town, market.id, **asdict(rules)) == []
    town.do(lambda uow: _agrees_with_rows(uow, market))

    town.do(lambda uow: walk_ins.route_now(uow, chance.choice(market.members)))
    assert not [each for each in wrong(town, market.id, **asdict(rules)) if not _is_of_a_route(each)]
    town.do(lambda uow: _agrees_with_rows(uow, market))


def test_whatever_changes_after_people_were_told_the_next_timetable_is_published(
    town: Town, market: SmallMarket
) -> None:
    chance = Random(7)
    for _ in range(60):
        town.do(lambda uow: _change(uow, market, chance))
        town.clock.go_on(seconds=60)
        published(town, market.id)
        found = [each for each in wrong(town, market.id) if not _is_of_a_route(each)]
        # Somebody goes on coming along whom nobody needs any more: that was told, too.
        assert not [each for each in found if "of no use" not in each]


def _agrees_with_rows(uow: UnitOfWork, market: SmallMarket) -> None:
    """The same once more, from the rows themselves: the facts of the solver are not asked."""
    rounds, seats = uow.session.get_one(Market, market.id).rounds, Counter[tuple[UUID, int]]()
    for visit in queries.visits_of_market(uow.session, market.id):
        visitor, stand, helper = visit.visitor, visit.stand, visit.helper
        told = market_help.read(uow, visitor, reader="test", purpose="test")
        spoken = set(visitor.languages or (visitor.group.languages if visitor.group else []))
        spoken |= set(visitor.candidate.languages) if visitor.candidate else set()
        assert visit.rounds == (2 if told.more_time else 1)
        assert not told.codes & set(stand.not_access)
        during = range(visit.round, visit.round + visit.rounds)
        assert during.stop <= rounds.count
        assert rounds.ends(during[-1]) - rounds.starts(during[0]) <= timedelta(minutes=35), "across a break"
        assert not set(during) & set(stand.closed_rounds)
        assert visitor.arrives_at is None or rounds.starts(during[0]) >= visitor.arrives_at
        assert visitor.leaves_at is None or rounds.ends(during[-1]) <= visitor.leaves_at
        assert (visit.interpreter is None) == (helper is None)
        if helper is not None:
            assert visit.interpreter in set(helper.languages) & spoken
            assert not set(during) & set(helper.away)
        elif visitor.candidate_id is None and spoken and stand.languages:
            assert spoken & set(stand.languages)
        seats.update((stand.id, number) for number in during)
        assert all(seats[stand.id, number] <= stand.seats for number in during)


def _is_of_a_route(said: str) -> bool:
    """A walk-in follows the rules of the market, not those of the plan that is tried."""
    return "more meetings" in said or "a wait of" in said or "to breathe" in said or "must have" in said


def _shake(uow: UnitOfWork, market: SmallMarket, chance: Random) -> None:
    """Make it another market, with nothing planned."""
    spoken = ("nl", "fr", "ar", "en", "vgt")
    for visit in queries.standing(uow.session, market.id):
        timetable_publishing.drop(uow, visit, by="test")
    for stand_id in market.stands.values():
        stand = uow.session.get_one(Stand, stand_id)
        stand.seats = chance.randint(1, 2)
        stand.languages = chance.sample(spoken, chance.randint(0, 2))
        stand.closed_rounds = chance.sample(range(4), chance.randint(0, 2))
        stand.not_access = chance.sample(["ph.lift_or_ground", "ph.quiet_place"], chance.randint(0, 2))
    hall = uow.session.get_one(Market, market.id)
    for visitor_id in (*market.visitors.values(), *market.members):
        visitor = uow.session.get_one(MarketVisitor, visitor_id)
        visitor.languages = chance.sample(spoken, chance.randint(0, 2))
        visitor.arrives_at = chance.choice([None, hall.rounds.starts(1)])
        visitor.leaves_at = chance.choice([None, hall.rounds.ends(2)])
        if visitor.candidate_id is None:
            codes = chance.sample(["ph.lift_or_ground", "ph.quiet_place"], chance.randint(0, 1))
            told = Help(frozenset(codes), more_time=chance.random() < 0.3)
            market_help.say_help(uow, visitor, told, agrees=True)
    helper = uow.session.get_one(MarketHelper, market.interpreter)
    helper.languages = chance.sample(spoken, chance.randint(1, 3))
    helper.away = chance.sample(range(4), chance.randint(0, 2))


def _change(uow: UnitOfWork, market: SmallMarket, chance: Random) -> None:
    """Change a little here and there; what people were told stands."""
    spoken = ("nl", "fr", "ar", "en", "vgt")
    hall = uow.session.get_one(Market, market.id)
    for stand_id in market.stands.values():
        stand = uow.session.get_one(Stand, stand_id)
        if chance.random() < 0.3:
            stand.seats = chance.randint(1, 3)
            stand.languages = chance.sample(spoken, chance.randint(0, 2))
            stand.closed_rounds = chance.sample(range(4), chance.randint(0, 2))
        stand.late_minutes = chance.choice([0, 0, 15, 30])
        stand.late_at = uow.now if stand.late_minutes else None
    for visitor_id in (*market.visitors.values(), *market.members):
        visitor = uow.session.get_one(MarketVisitor, visitor_id)
        if chance.random() < 0.3:
            visitor.languages = chance.sample(spoken, chance.randint(0, 2))
            visitor.arrives_at = chance.choice([None, hall.rounds.starts(1)])
            visitor.leaves_at = chance.choice([None, hall.rounds.ends(2)])
            visitor.absent_at = chance.choice([None, None, uow.now])
        if visitor.candidate_id is None and chance.random() < 0.3:
            codes = chance.sample(["ph.lift_or_ground", "ph.quiet_place"], chance.randint(0, 1))
            told = Help(frozenset(codes), more_time=chance.random() < 0.4)
            market_help.say_help(uow, visitor, told, agrees=True)
    helper = uow.session.get_one(MarketHelper, market.interpreter)
    if chance.random() < 0.5:
        helper.languages = chance.sample(spoken, chance.randint(1, 3))
        helper.away = chance.sample(range(4), chance.randint(0, 2))
