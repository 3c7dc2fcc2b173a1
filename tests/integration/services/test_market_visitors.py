"""Who comes to a market: a card once each, what helps is read on the record, all of it is forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from tests.integration.services.conftest import Town
from tests.integration.services.markets import SmallMarket, make_market, plan
from tests.integration.services.test_erasure import UNTOUCHED, mentions
from tests.integration.services.test_gathering_crowd import all_at_once, crowd
from volunteer.domain.candidates import Channel
from volunteer.domain.errors import (
    ConsentMissing,
    DomainError,
    ImpossibleStep,
    InvalidValue,
    NotAllowed,
    NotFound,
)
from volunteer.domain.gatherings import VISITORS_KEPT
from volunteer.domain.market_days import VisitorState
from volunteer.domain.market_visitors import CardDetails, GroupDetails, Help, Wishes
from volunteer.domain.retention import ErasureAsked
from volunteer.models import (
    Candidate,
    Market,
    MarketHelper,
    MarketHelpReading,
    MarketVisitor,
    Visit,
)
from volunteer.queries import market_visitors as queries
from volunteer.services import (
    erasure,
    export,
    market_cards,
    market_forgetting,
    market_groups,
    market_help,
    market_search,
    market_visitors,
    market_wishes,
    merging,
    retention,
    spent_forms,
)
from volunteer.services.market_visitors import NO_WISHES, Asked, Newcomer
from volunteer.unit_of_work import UnitOfWork, UnitsOfWork

__all__ = ["crowd"]
RAMP = "ph.step_free_entrance"
QUIET = "ph.quiet_place"


@pytest.fixture
def market(town: Town) -> SmallMarket:
    return town.do(make_market)


def newcomer(number: int = 0, **given: Any) -> Newcomer:
    """Somebody else for each number."""
    contact = f"+3247012{number:04d}"
    told = Newcomer(name="Samira", channel=Channel.PHONE, contact=contact, language="nl", agrees=True)
    return replace(told, **given)


def come(
    uow: UnitOfWork, market_id: UUID, number: int = 0, wishes: Wishes = NO_WISHES, **given: Any
) -> MarketVisitor:
    """They register."""
    asked = given.pop("asked", Asked())
    return market_visitors.register_visitor(uow, market_id, newcomer(number, **given), wishes, asked)


def refused(town: Town, act: Callable[[UnitOfWork], object], error: type[DomainError]) -> str:
    """What is said when it is not allowed."""
    with pytest.raises(error) as found:
        town.do(act)
    return found.value.message


def test_everybody_gets_the_next_number_and_keeps_it(town: Town, market: SmallMarket) -> None:
    first = town.do(lambda uow: come(uow, market.id).card)
    gone = town.do(lambda uow: come(uow, market.id, 1).id)
    town.do(lambda uow: market_visitors.withdraw(uow, gone))
    town.do(lambda uow: market_visitors.withdraw(uow, gone))
    assert (first, town.do(lambda uow: come(uow, market.id, 2).card)) == (9, 11)
    assert town.events()[-4:] == [
        "visitor_registered", "visitor_registered", "visitor_withdrew", "visitor_registered",
    ]  # fmt: skip


def test_one_form_sent_twice_is_one_card(town: Town, market: SmallMarket) -> None:
    form = Asked(form_id=uuid4())
    cards = {town.do(lambda uow: come(uow, market.id, channel=None, asked=form).id) for _ in range(2)}
    assert len(cards) == 1
    again = refused(town, lambda uow: [come(uow, market.id, 5), come(uow, market.id, 5)], ImpossibleStep)
    assert again == "You signed up for this already. Look in our message to you, or call us."


def test_a_person_with_a_file_has_one_card(town: Town, market: SmallMarket) -> None:
    person = town.person(contact="+32470999999", first_name="Zeliha")

    def register(uow: UnitOfWork) -> UUID:
        file = uow.session.get_one(Candidate, person)
        return market_visitors.register_person(uow, market.id, file).id

    assert town.do(register) == town.do(register)
    assert town.events().count("visitor_registered") == 1


@pytest.mark.parametrize(
    ("given", "wishes", "field"),
    [
        ({"name": " "}, {}, "name"),
        ({"contact": "12"}, {}, "channel"),
        ({"help": Help(frozenset({"x.unknown"})), "agrees_to_help": True}, {}, "help"),
        ({}, {"wanted": 9}, "wanted"),
        ({}, {"together_card": 99}, "together"),
        ({}, {"languages": frozenset({"xx"})}, "languages"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    town: Town, market: SmallMarket, given: dict[str, Any], wishes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidValue) as found:
        town.do(lambda uow: come(uow, market.id, wishes=Wishes(**wishes), **given))
    assert (found.value.field or "").partition("_")[0] in {field, "contact"}


def test_nothing_is_kept_without_a_yes(town: Town, market: SmallMarket) -> None:
    refused(town, lambda uow: come(uow, market.id, agrees=False), ConsentMissing)
    helped = Help(frozenset({RAMP}))
    refused(town, lambda uow: come(uow, market.id, help=helped), ConsentMissing)


def test_a_helper_who_writes_somebody_in_is_not_asked_for_their_own_yes(
    town: Town, market: SmallMarket
) -> None:
    by = Asked(by=f"helper:{market.at_the_door}")
    helped = Help(frozenset({RAMP}))
    for missing in ({"agrees": False}, {"help": helped}):
        said = refused(town, partial(come, market_id=market.id, asked=by, **missing), ConsentMissing)
        assert "this person" in said


def test_by_themselves_until_it_closes_and_by_us_until_it_is_over(town: Town, market: SmallMarket) -> None:
    town.clock.go_on(days=10, hours=1)
    assert "Come to the door" in refused(town, lambda uow: come(uow, market.id), ImpossibleStep)
    town.do(lambda uow: come(uow, market.id, asked=Asked(by=f"helper:{market.at_the_door}")))
    town.clock.go_on(hours=5)
    refused(town, lambda uow: come(uow, market.id, 3, asked=Asked(by="account:x")), ImpossibleStep)


def test_hours_lie_within_the_doors(town: Town, market: SmallMarket) -> None:
    def with_hours(uow: UnitOfWork, arrives: timedelta, leaves: timedelta) -> MarketVisitor:
        opens = uow.session.get_one(Market, market.id).starts_at
        wishes = Wishes(arrives_at=opens + arrives, leaves_at=opens + leaves)
        return come(uow, market.id, wishes=wishes)

    hour = timedelta(hours=1)
    refused(town, partial(with_hours, arrives=-hour, leaves=hour), InvalidValue)
    refused(town, partial(with_hours, arrives=hour, leaves=hour), InvalidValue)
    refused(town, partial(with_hours, arrives=hour, leaves=9 * hour), InvalidValue)
    town.do(partial(with_hours, arrives=hour, leaves=2 * hour))


def test_who_changes_their_mind_frees_their_meetings(town: Town, market: SmallMarket) -> None:
    bart, elif_ = market.visitors["Bart"], market.visitors["Elif"]
    town.do(lambda uow: plan(uow, bart, market.stands["A1"], 0))
    town.do(lambda uow: plan(uow, elif_, market.stands["A1"], 0))
    town.do(lambda uow: market_visitors.change(uow, bart, Wishes(wants_route=False, together_card=3)))
    town.do(lambda uow: market_visitors.withdraw(uow, elif_))
    with town.core.units.read() as uow:
        assert set(uow.session.scalars(select(Visit.state))) == {"dropped"}
        told = market_wishes.told_by(uow, uow.session.get_one(MarketVisitor, bart))
        assert (told.wants_route, told.together_card) == (False, 3)
    town.do(lambda uow: market_visitors.withdraw(uow, market.visitors["Chloé"]))
    with town.core.units.read() as uow:
        told = market_wishes.told_by(uow, uow.session.get_one(MarketVisitor, bart))
    assert town.do(lambda uow: market_visitors.change(uow, bart, told)).together_id is None
    assert "do not come" in refused(
        town, lambda uow: market_visitors.change(uow, elif_, Wishes()), ImpossibleStep
    )


def test_a_code_shows_and_the_own_link_changes(town: Town, market: SmallMarket) -> None:
    links = town.core.links
    with town.core.units.read() as uow:
        for name in ("Amina", "Bart"):
            visitor = uow.session.get_one(MarketVisitor, market.visitors[name])
            code, own = market_cards.card_link(links, visitor), market_cards.own_link(links, visitor)
            assert code != own
            tokens = [each.rpartition("/")[2] for each in (code, own)]
            assert {market_cards.visitor_of(uow, links, each).id for each in tokens} == {visitor.id}
            assert market_cards.opened(uow, visitor.id, "") == (visitor, False)
            assert market_cards.opened(uow, visitor.id, market_cards.proof_of(visitor)) == (visitor, True)
            with pytest.raises(NotAllowed):
                market_cards.opened(uow, visitor.id, "ab" * 8)
        with pytest.raises(NotFound):
            market_cards.opened(uow, uuid4(), "")


def test_a_group_grows_shrinks_and_stays_at_home(town: Town, market: SmallMarket) -> None:
    def numbers() -> list[int]:
        with town.core.units.read() as uow:
            return [each.card for each in queries.cards_of(uow.session, market.group)]

    def resize(size: int) -> Callable[[UnitOfWork], object]:
        details = GroupDetails(name="Klas 1", size=size, languages=frozenset({"ar"}))
        return lambda uow: market_groups.change(uow, market.group, details)

    assert numbers() == [6, 7, 8]
    town.do(resize(5))
    assert numbers() == [6, 7, 8, 9, 10]
    town.do(lambda uow: market_groups.remove_card(uow, market.members[0]))
    town.do(resize(2))
    assert numbers() == [7, 8]
    refused(town, resize(0), InvalidValue)
    town.do(resize(1))
    last = market.members[1]
    refused(town, lambda uow: market_groups.remove_card(uow, last), ImpossibleStep)
    town.do(lambda uow: market_groups.withdraw(uow, market.group))
    town.do(lambda uow: market_groups.withdraw(uow, market.group))
    assert numbers() == []
    assert town.events().count("group_withdrew") == 1


def test_a_support_worker_registers_for_their_own_referrer(town: Town, market: SmallMarket) -> None:
    def register(uow: UnitOfWork, account_id: UUID, **given: Any) -> UUID:
        details = GroupDetails(**{"name": "Klas 2", "size": 2, "languages": frozenset({"ar", "nl"}), **given})
        return market_groups.register_group(
            uow, market.id, details, account_id=account_id, organisation_id=market.referrer, asked=form
        ).id

    form = Asked(form_id=uuid4())
    made = {town.do(lambda uow: register(uow, market.veerle)) for _ in range(2)}
    assert len(made) == 1
    with town.core.units.read() as uow:
        cards = queries.cards_of(uow.session, made.pop())
        assert [(each.language, each.languages) for each in cards] == [("ar", ["ar", "nl"])] * 2
    form = Asked()
    refused(town, lambda uow: register(uow, uuid4()), NotAllowed)
    refused(town, lambda uow: register(uow, market.veerle, name="85073003328"), InvalidValue)


def test_what_helps_is_sealed_and_each_reading_noted(town: Town, market: SmallMarket) -> None:
    member = market.members[0]
    details = CardDetails(
        language="fr", languages=frozenset({"ar"}), help=Help(frozenset({QUIET}), more_time=True)
    )
    refused(town, lambda uow: market_groups.set_card(uow, member, details, agrees=False), ConsentMissing)
    town.do(lambda uow: market_groups.set_card(uow, member, details, agrees=True))

    def read(uow: UnitOfWork) -> Help:
        visitor = uow.session.get_one(MarketVisitor, member)
        assert QUIET.encode() not in (visitor.help_sealed or b"")
        return market_help.read(uow, visitor, reader="account:x", purpose="test")

    assert town.do(read) == Help(frozenset({QUIET}), more_time=True)
    with town.core.units.read() as uow:
        noted = uow.session.execute(select(MarketHelpReading.reader, MarketHelpReading.purpose)).all()
        assert noted == [("account:x", "test")]


def test_who_came_is_forgotten_in_time(town: Town, market: SmallMarket) -> None:
    helped = town.do(lambda uow: come(uow, market.id, help=Help(frozenset({QUIET})), agrees_to_help=True).id)
    town.clock.go_on(days=11)
    assert town.do(market_forgetting.forget_due) == 0
    town.clock.go_on(days=1)
    assert town.do(market_forgetting.forget_due) == 1
    assert town.do(lambda uow: market_visitors.name_of(uow, market_visitors.found(uow, helped))) == "Samira"
    town.clock.go_on(seconds=VISITORS_KEPT.total_seconds())
    town.do(market_forgetting.forget_due)
    with town.core.units.read() as uow:
        assert uow.session.scalar(
            select(func.count()).where(
                MarketVisitor.name_sealed.is_not(None) | MarketVisitor.contact_sealed.is_not(None)
            )
        ) == 0  # fmt: skip
        assert uow.session.scalar(select(func.count()).select_from(MarketHelper)) == 0
        assert uow.session.scalar(select(func.count()).select_from(MarketVisitor)) == 9
    town.clock.go_on(days=800)
    town.do(retention.forget_ended)
    with town.core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(MarketVisitor)) == 0


def test_who_does_not_come_can_be_forgotten_at_once(town: Town, market: SmallMarket) -> None:
    bart = market.visitors["Bart"]
    refused(town, lambda uow: market_forgetting.forget_now(uow, bart), ImpossibleStep)
    town.do(lambda uow: market_visitors.withdraw(uow, bart))
    town.do(lambda uow: market_forgetting.forget_now(uow, bart))
    assert town.do(lambda uow: market_visitors.name_of(uow, market_visitors.found(uow, bart))) == ""


def test_a_file_is_given_whole_and_erased_whole(town: Town, market: SmallMarket) -> None:
    town.do(lambda uow: plan(uow, market.visitors["Amina"], market.stands["A1"], 0))

    def told(uow: UnitOfWork) -> dict[str, Any]:
        person = uow.session.get_one(Candidate, market.candidate)
        return export.everything(uow, person, language="nl")

    given = town.do(told)["market_visitors"]
    assert [(each["title"], each["card"], each["visits"][0]["organisation"]) for each in given] == [
        ("Kleine markt", 1, "Soep A1")
    ]
    assert json.dumps(given)
    town.do(
        lambda uow: erasure.erase(
            uow, uow.session.get_one(Candidate, market.candidate), asked_by=ErasureAsked.CANDIDATE
        )
    )
    assert mentions(town, market.candidate, market.visitors["Amina"]) <= UNTOUCHED
    with town.core.units.read() as uow:
        assert uow.session.get(MarketVisitor, market.visitors["Amina"]) is None
        assert uow.session.scalar(select(func.count()).select_from(Visit)) == 0


def test_two_files_of_one_person_keep_one_card(town: Town, market: SmallMarket) -> None:
    other = town.person(contact="+32470999999")

    def both(uow: UnitOfWork) -> UUID:
        person = uow.session.get_one(Candidate, other)
        second = market_visitors.register_person(uow, market.id, person)
        second.checked_in_at = uow.now
        uow.session.flush()
        plan(uow, market.visitors["Amina"], market.stands["A1"], 0, state="met")
        plan(uow, second.id, market.stands["A1"], 1)
        plan(uow, second.id, market.stands["B1"], 2)
        return second.id

    second = town.do(both)

    def merge(uow: UnitOfWork) -> UUID:
        pair = merging.two_files(uow, market.candidate, other)
        return merging.merge(uow, pair, {}, account_id=town.account_id).id

    stays = town.do(merge)
    with town.core.units.read() as uow:
        every = uow.session.scalars(
            select(MarketVisitor).where(MarketVisitor.candidate_id == stays).order_by(MarketVisitor.card)
        ).all()
        assert [each.state for each in every] == [VisitorState.WITHDRAWN, VisitorState.REGISTERED]
        met = uow.session.scalars(select(Visit).where(Visit.visitor_id == second).order_by(Visit.round)).all()
        assert [(each.round, each.state) for each in met] == [(0, "met"), (1, "dropped"), (2, "planned")]


def test_a_card_is_found_by_number_and_by_name(town: Town, market: SmallMarket) -> None:
    def found(words: str) -> list[int]:
        with town.core.units.read() as uow:
            return [each.card for each in market_search.find(uow, market.id, words)]

    assert (found("2"), found("chloe"), found("amin"), found("klas"), found("nobody"), found("99")) == (
        [2], [3], [1], [6, 7, 8], [], [],
    )  # fmt: skip
    assert found("") == [*range(1, 9)]


def test_of_a_number_that_is_given_often_the_desk_hears(town: Town, market: SmallMarket) -> None:
    for name in ("Ada", "Bo", "Cem"):
        town.do(partial(come, market_id=market.id, name=name))
    assert "Many people" in refused(town, lambda uow: come(uow, market.id, name="Dina"), ImpossibleStep)
    town.clock.go_on(days=2)
    town.do(spent_forms.forget_old)
    town.do(lambda uow: come(uow, market.id, name="Dina"))


def test_nobody_of_many_has_the_card_of_another(town: Town, crowd: UnitsOfWork) -> None:
    people = 24 if town.core.engine.dialect.name == "sqlite" else 200
    market_id = town.do(lambda uow: make_market(uow).id)
    acts: list[Callable[[UnitOfWork], object]] = [
        partial(come, market_id=market_id, number=number) for number in range(people)
    ]
    assert all_at_once(crowd, acts) == []
    with town.core.units.read() as uow:
        every = queries.visitors_of(uow.session, market_id)
        assert [each.card for each in every] == [*range(1, people + 9)]
        assert uow.session.get_one(Market, market_id).last_card == people + 8
        hashes = [each.contact_hash for each in every[8:]]
        assert len(set(hashes)) == people
