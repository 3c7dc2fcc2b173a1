"""Both want to go on: an introduction, or what is missing for it; and what everybody hears the day after."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.integration.services import markets
from tests.integration.services.conftest import Town
from tests.integration.services.markets import SmallMarket
from volunteer.domain.afterwards import Answer
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import GivenHow, Purpose, sharing_with
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.events.markets import MarketOver
from volunteer.domain.events.timetables import InterestMutual
from volunteer.domain.market_days import MarketState, VisitorState
from volunteer.domain.market_visitors import CardDetails, GroupDetails, Help
from volunteer.handlers import market_interests as handlers
from volunteer.handlers.reaction import Cause
from volunteer.models import (
    Candidate,
    Consent,
    Introduction,
    Market,
    MarketVisitor,
    Message,
    NeedReading,
    Visit,
)
from volunteer.queries import market_visitors as people
from volunteer.services import (
    candidates,
    introductions,
    market_groups,
    market_help,
    market_interests,
    market_people,
    market_telling,
    visits,
)
from volunteer.services.market_interests import Waits
from volunteer.unit_of_work import UnitOfWork

BY = "stand:test"
NO_PORTS: Any = None
"""These handlers reach nothing but the database."""


@pytest.fixture
def hall(town: Town) -> SmallMarket:
    """A market whose first round is on."""
    made = town.do(lambda uow: markets.make_market(uow, ahead=timedelta(minutes=30)))
    town.clock.go_on(minutes=65)
    return made


def _met(town: Town, hall: SmallMarket, visitor_id: UUID, *, how: GivenHow = GivenHow.OWN_DEVICE) -> UUID:
    """A meeting at B1 after which both want to go on."""
    visit_id = town.do(lambda uow: markets.plan(uow, visitor_id, hall.stands["B1"], 0))
    town.do(lambda uow: visits.meet(uow, visit_id, by=BY))
    town.do(lambda uow: visits.visitor_wants(uow, visit_id, yes=True, how=how))
    town.do(lambda uow: visits.stand_wants(uow, visit_id, yes=True))
    return visit_id


def _cause(town: Town, visit_id: UUID) -> Cause:
    """That both said so, once more."""
    event = InterestMutual(visit_id)
    return Cause(town.do(lambda uow: uow.record(event)), event)


def _both(town: Town, visit_id: UUID) -> None:
    """What the worker does of it, twice: an event may arrive again."""
    cause = _cause(town, visit_id)
    for _ in range(2):
        town.do(lambda uow: handlers.of_both(cause, uow, NO_PORTS))


def _introduction(town: Town, visit_id: UUID) -> Introduction | None:
    return town.do(lambda uow: uow.session.get_one(Visit, visit_id).introduction)


def _told(town: Town) -> list[tuple[str, UUID]]:
    with town.core.units.read() as uow:
        return [(each.kind, each.recipient_id) for each in uow.session.scalars(select(Message))]


def test_who_has_a_file_is_introduced_in_a_role_that_fits_and_shares_a_first_name(
    town: Town, hall: SmallMarket
) -> None:
    role = town.role(hall.organisations["B1"])
    visit_id = _met(town, hall, hall.visitors["Amina"])
    _both(town, visit_id)
    made = _introduction(town, visit_id)
    assert made is not None
    assert (made.opportunity_id, made.candidate_id, made.state) == (role, hall.candidate, "sent")
    with town.core.units.read() as uow:
        every = uow.session.scalars(select(Introduction)).all()
        assert introductions.choice_of(uow, every[0]) == introductions.Choice()
        purpose = sharing_with(hall.organisations["B1"])
        consents = uow.session.scalars(select(Consent).where(Consent.purpose == purpose)).all()
    assert len(every) == 1
    assert [each.given_how for each in consents] == [GivenHow.OWN_DEVICE]


def test_what_was_ticked_on_paper_is_a_consent_on_paper(town: Town, hall: SmallMarket) -> None:
    town.role(hall.organisations["B1"])
    visit_id = town.do(lambda uow: markets.plan(uow, hall.visitors["Amina"], hall.stands["B1"], 0))
    town.do(
        lambda uow: visits.settle(uow, visit_id, met=True, visitor_says=True, stand_says=True, by="account:x")
    )
    _both(town, visit_id)
    with town.core.units.read() as uow:
        consent = uow.session.scalars(
            select(Consent).where(Consent.purpose == sharing_with(hall.organisations["B1"]))
        ).one()
    assert (consent.given_how, consent.witness) == (GivenHow.PAPER, "account:x")


def test_a_must_have_is_a_wall_and_what_is_unknown_is_asked_first(town: Town, hall: SmallMarket) -> None:
    person = town.person("ph.step_free_entrance")
    organisation = hall.organisations["B1"]
    town.role(organisation, {"ph.step_free_entrance": "no"})

    def give(uow: UnitOfWork) -> None:
        uow.session.get_one(MarketVisitor, hall.visitors["Amina"]).candidate_id = person

    town.do(give)
    visit_id = _met(town, hall, hall.visitors["Amina"])
    assert town.do(lambda uow: market_interests.introduce(uow, visit_id)) is Waits.NO_FIT
    assert _introduction(town, visit_id) is None
    unknown = town.role(organisation, title="Nog niet gevraagd")
    town.do(lambda uow: market_interests.try_again(uow, visit_id))
    _both(town, visit_id)
    made = _introduction(town, visit_id)
    assert made is not None
    assert (made.opportunity_id, made.state) == (unknown, "asking")


def test_without_an_open_role_it_waits_for_the_desk(town: Town, hall: SmallMarket) -> None:
    visit_id = _met(town, hall, hall.visitors["Amina"])
    assert town.do(lambda uow: market_interests.introduce(uow, visit_id)) is Waits.NO_ROLE


def test_who_changed_their_mind_is_not_introduced(town: Town, hall: SmallMarket) -> None:
    town.role(hall.organisations["B1"])
    visit_id = _met(town, hall, hall.visitors["Amina"])
    town.do(lambda uow: visits.visitor_wants(uow, visit_id, yes=False))
    _both(town, visit_id)
    assert _introduction(town, visit_id) is None


def test_who_has_no_file_hears_of_it_and_is_introduced_once_there_is_one(
    town: Town, hall: SmallMarket
) -> None:
    town.role(hall.organisations["B1"])
    visit_id = _met(town, hall, hall.visitors["Bart"])
    cause = Cause(uuid4(), InterestMutual(visit_id))
    town.do(lambda uow: handlers.of_both(cause, uow, NO_PORTS))
    assert _told(town) == [("market_interest", hall.visitors["Bart"])]
    told = SignUp(
        first_name="Bart",
        language="nl",
        channel=Channel.SMS,
        contact="+32470999999",
        languages={"nl": 4},
        consents=frozenset({Purpose.ACCOUNT, Purpose.MATCH}),
    )

    def begin(uow: UnitOfWork) -> UUID:
        person, _ = candidates.enrol(uow, told, origin="page")
        assert market_interests.connect(uow, hall.visitors["Bart"], person)
        assert not market_interests.connect(uow, hall.visitors["Elif"], person)
        return person.id

    person_id = town.do(begin)
    assert town.events().count("interest_mutual") == 2
    _both(town, visit_id)
    made = _introduction(town, visit_id)
    assert made is not None
    assert made.candidate_id == person_id
    visitor = town.do(lambda uow: uow.session.get_one(MarketVisitor, hall.visitors["Bart"]))
    assert (visitor.kind, visitor.name_sealed, visitor.contact_sealed) == ("candidate", None, None)


def test_of_a_group_the_support_worker_hears_it(town: Town, hall: SmallMarket) -> None:
    visit_id = _met(town, hall, hall.members[0])
    cause = _cause(town, visit_id)
    town.do(lambda uow: handlers.of_both(cause, uow, NO_PORTS))
    assert _told(town) == [("group_interest", hall.veerle)]
    other = _met(town, hall, hall.members[1])
    for each in (visit_id, other, other):
        cause = _cause(town, each)
        town.do(partial(handlers.of_both, cause, ports=NO_PORTS))
    assert _told(town) == [("group_interest", hall.veerle)] * 2


def _own_file(town: Town, visitor_id: UUID) -> UUID:
    """Whoever has this card has a file now."""
    person = town.person(first_name="Samira", contact="+32470111222")
    assert town.do(
        lambda uow: market_interests.connect(uow, visitor_id, uow.session.get_one(Candidate, person))
    )
    return person


def test_who_has_a_file_leaves_their_group_and_decides_themselves(town: Town, hall: SmallMarket) -> None:
    card = hall.members[0]
    ahead = town.do(lambda uow: markets.plan(uow, card, hall.stands["B1"], 2))
    _own_file(town, card)

    with town.core.units.read() as uow:
        assert card not in {each.id for each in people.cards_of(uow.session, hall.group, live=False)}
        assert people.sizes_of(uow.session, [hall.group]) == {hall.group: 2}
    freely = CardDetails(language="fr", languages=frozenset({"fr"}), wants_route=False)
    for touch in (
        lambda uow: market_groups.set_card(uow, card, freely, agrees=False),
        lambda uow: market_groups.remove_card(uow, card),
    ):
        with pytest.raises(NotFound):
            town.do(touch)
    smaller = GroupDetails(name="Klas 1", size=1, languages=frozenset({"ar"}))
    town.do(lambda uow: market_groups.change(uow, hall.group, smaller))
    town.do(lambda uow: market_groups.withdraw(uow, hall.group))

    with town.core.units.read() as uow:
        assert uow.session.get_one(MarketVisitor, card).state == VisitorState.REGISTERED
        assert uow.session.get_one(Visit, ahead).state == "planned"


def test_a_support_worker_hears_nothing_of_the_route_of_who_left_their_group(
    town: Town, hall: SmallMarket
) -> None:
    card = hall.members[0]
    person = _own_file(town, card)

    def lose(uow: UnitOfWork) -> None:
        visitor = uow.session.get_one(MarketVisitor, card)
        market_telling.tell_of_loss(uow, visitor.market, [visitor], cause_id=uuid4())

    town.do(lose)
    assert _told(town) == [("market_route_changed", person)]


def test_of_those_who_stay_in_a_group_the_support_worker_still_hears(town: Town, hall: SmallMarket) -> None:
    town.do(partial(handlers.of_both, _cause(town, _met(town, hall, hall.members[0])), ports=NO_PORTS))
    _own_file(town, hall.members[0])
    town.do(partial(handlers.of_both, _cause(town, _met(town, hall, hall.members[1])), ports=NO_PORTS))
    assert [each for each in _told(town) if each[0] == "group_interest"] == [
        ("group_interest", hall.veerle)
    ] * 2


def test_who_says_yes_again_hears_it_once(town: Town, hall: SmallMarket) -> None:
    visit_id = _met(town, hall, hall.visitors["Bart"])
    for _ in range(3):
        cause = Cause(uuid4(), InterestMutual(visit_id))
        town.do(partial(handlers.of_both, cause, ports=NO_PORTS))
    assert _told(town) == [("market_interest", hall.visitors["Bart"])]


def test_a_card_that_was_withdrawn_is_nobodys_and_bars_no_other(town: Town, hall: SmallMarket) -> None:
    def withdraw(uow: UnitOfWork) -> None:
        for name in ("Amina", "Elif"):
            uow.session.get_one(MarketVisitor, hall.visitors[name]).state = VisitorState.WITHDRAWN

    def connect(uow: UnitOfWork, name: str) -> bool:
        amina = uow.session.get_one(Candidate, hall.candidate)
        return market_interests.connect(uow, hall.visitors[name], amina)

    town.do(withdraw)
    assert not town.do(partial(connect, name="Elif"))
    assert town.do(partial(connect, name="Bart"))


@pytest.mark.parametrize("is_of_a_group", [False, True])
def test_more_time_that_was_asked_for_holds_on_when_a_card_gets_a_file(
    town: Town, hall: SmallMarket, is_of_a_group: bool
) -> None:
    card = hall.members[0] if is_of_a_group else hall.visitors["Bart"]
    told = Help(frozenset({"ph.quiet_place"}), more_time=True)

    def say(uow: UnitOfWork) -> str | None:
        visitor = uow.session.get_one(MarketVisitor, card)
        market_help.say_help(uow, visitor, told, agrees=True)
        return visitor.help_version

    agreed_to = town.do(say)
    person = _own_file(town, card)
    with town.core.units.read() as uow:
        journal = select(NeedReading.purpose).where(NeedReading.candidate_id == person)
        assert "market_timetable" in uow.session.scalars(journal).all()

    def known(uow: UnitOfWork) -> market_people.Known:
        visitor = uow.session.get_one(MarketVisitor, card)
        return market_people.known(uow, [visitor], market_people.BY_THE_ENGINE)[0]

    seen = town.do(known)
    assert (seen.more_time, dict(seen.facts.needs)) == (True, {})  # what else they need stands in the file
    with town.core.units.read() as uow:
        assert uow.session.get_one(MarketVisitor, card).help_version == agreed_to


def test_where_no_more_time_was_asked_for_nothing_is_kept_of_a_card_that_gets_a_file(
    town: Town, hall: SmallMarket
) -> None:
    card = hall.visitors["Bart"]

    def say(uow: UnitOfWork) -> None:
        visitor = uow.session.get_one(MarketVisitor, card)
        market_help.say_help(uow, visitor, Help(frozenset({"ph.quiet_place"})), agrees=True)

    town.do(say)
    _own_file(town, card)
    with town.core.units.read() as uow:
        assert uow.session.get_one(MarketVisitor, card).help_sealed is None


def test_the_day_after_everybody_hears_what_is_true_of_them(town: Town, hall: SmallMarket) -> None:
    visit_id = town.do(lambda uow: markets.plan(uow, hall.visitors["Bart"], hall.stands["B1"], 0))
    town.do(lambda uow: visits.meet(uow, visit_id, by=BY))

    def come(uow: UnitOfWork) -> None:
        for each in (hall.visitors["Chloé"], hall.visitors["Dawit"], *hall.members):
            uow.session.get_one(MarketVisitor, each).checked_in_at = uow.now

    town.do(come)
    town.clock.go_on(days=1)
    cause = Cause(uuid4(), MarketOver(hall.id))
    town.do(lambda uow: handlers.of_end(cause, uow, NO_PORTS))
    told = _told(town)
    visitors = {each: kind for kind, each in told if kind in {"market_thanks", "market_missed"}}
    assert visitors == {
        hall.visitors["Bart"]: "market_thanks",
        hall.candidate: "market_missed",
        hall.visitors["Chloé"]: "market_thanks",
        hall.visitors["Elif"]: "market_missed",
    }
    assert [kind for kind, _ in told].count("stand_thanks") == 5
    assert ("group_thanks", hall.veerle) in told


def test_where_few_were_counted_only_whom_somebody_missed_is_told_so(town: Town, hall: SmallMarket) -> None:
    visit_id = town.do(lambda uow: markets.plan(uow, hall.visitors["Bart"], hall.stands["B1"], 0))
    town.do(lambda uow: visits.meet(uow, visit_id, by=BY))

    def stays_away(uow: UnitOfWork) -> None:
        uow.session.get_one(MarketVisitor, hall.visitors["Elif"]).absent_at = uow.now

    town.do(stays_away)
    town.clock.go_on(days=1)
    cause = Cause(uuid4(), MarketOver(hall.id))
    town.do(lambda uow: handlers.of_end(cause, uow, NO_PORTS))
    assert [each for kind, each in _told(town) if kind == "market_missed"] == [hall.visitors["Elif"]]
    assert ("market_thanks", hall.visitors["Chloé"]) in _told(town)


def test_where_nobody_counted_everybody_is_thanked(town: Town, hall: SmallMarket) -> None:
    town.clock.go_on(days=1)
    cause = Cause(uuid4(), MarketOver(hall.id))
    town.do(lambda uow: handlers.of_end(cause, uow, NO_PORTS))
    assert "market_missed" not in {kind for kind, _ in _told(town)}


def test_nobody_is_asked_what_they_found_at_a_market_that_was_called_off(
    town: Town, hall: SmallMarket
) -> None:
    bart = hall.visitors["Bart"]

    def call_off(uow: UnitOfWork) -> None:
        uow.session.get_one(Market, hall.id).state = MarketState.CANCELLED

    town.clock.go_on(days=1)
    with town.core.units.read() as uow:
        assert market_interests.is_asked(uow, uow.session.get_one(MarketVisitor, bart))
    town.do(call_off)
    with town.core.units.read() as uow:
        assert not market_interests.is_asked(uow, uow.session.get_one(MarketVisitor, bart))


def test_who_is_thanked_where_few_were_counted_is_asked_too(town: Town, hall: SmallMarket) -> None:
    elif_, bart = hall.visitors["Elif"], hall.visitors["Bart"]

    def stays_away(uow: UnitOfWork) -> None:
        uow.session.get_one(MarketVisitor, bart).absent_at = uow.now

    town.do(stays_away)
    town.clock.go_on(days=1)
    cause = Cause(uuid4(), MarketOver(hall.id))
    town.do(lambda uow: handlers.of_end(cause, uow, NO_PORTS))
    assert ("market_thanks", elif_) in _told(town)
    for each in (elif_, hall.members[0]):
        assert town.do(partial(market_interests.answer, visitor_id=each, said=Answer.YES)).answer == "yes"
    with pytest.raises(ImpossibleStep):
        town.do(partial(market_interests.answer, visitor_id=bart, said=Answer.YES))

    def typed_in(uow: UnitOfWork) -> None:
        for name in ("Amina", "Chloé", "Dawit"):
            uow.session.get_one(MarketVisitor, hall.visitors[name]).checked_in_at = uow.now
        for each in hall.members:
            uow.session.get_one(MarketVisitor, each).checked_in_at = uow.now

    town.do(typed_in)
    with town.core.units.read() as uow:
        assert market_interests.is_asked(uow, uow.session.get_one(MarketVisitor, elif_))


def test_who_was_there_answers_the_one_question_for_a_month(town: Town, hall: SmallMarket) -> None:
    bart = hall.visitors["Bart"]
    visit_id = town.do(lambda uow: markets.plan(uow, bart, hall.stands["B1"], 0))
    town.do(lambda uow: visits.meet(uow, visit_id, by=BY))

    def come(uow: UnitOfWork) -> None:
        for each in (hall.visitors["Chloé"], *hall.members):
            uow.session.get_one(MarketVisitor, each).checked_in_at = uow.now

    town.do(come)
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: market_interests.answer(uow, bart, Answer.YES))
    town.clock.go_on(days=1)
    for said in (Answer.YES, Answer.PARTLY):
        assert town.do(partial(market_interests.answer, visitor_id=bart, said=said)).answer == said
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: market_interests.answer(uow, hall.visitors["Elif"], Answer.YES))
    town.clock.go_on(days=31)
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: market_interests.answer(uow, bart, Answer.YES))
