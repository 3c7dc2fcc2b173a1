"""Stands: asked for, confirmed with a training and a spot, refused, withdrawn, moved; one stand, one spot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.factories.gatherings import make_gathering
from tests.integration.services.conftest import Town
from tests.integration.services.markets import SmallMarket, make_market, plan
from tests.integration.services.test_at_the_same_moment import meanwhile
from volunteer.domain.access import Answer
from volunteer.domain.accounts import Role
from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.domain.gatherings import GatheringKind
from volunteer.domain.market_days import StandState, VisitState
from volunteer.domain.opportunities import Scope
from volunteer.domain.spots import Spot
from volunteer.domain.stands import Application, Training
from volunteer.models import Market, Organisation, Stand, Visit
from volunteer.services import (
    access_answers,
    accounts,
    gathering_seats,
    gathering_sign_ups,
    stand_drafts,
    stand_links,
    stand_spots,
    stands,
    suspensions,
)
from volunteer.unit_of_work import UnitOfWork

DESK = "account:desk"
SAID = Application(
    languages=frozenset({"nl"}),
    offer={"nl": "Proef onze soep."},
    tasks=frozenset({"t.cook"}),
    seats=2,
    hosts="Fatima",
    phone="0470 12 34 56",
    words="Een stopcontact",
)


@pytest.fixture
def market(town: Town) -> SmallMarket:
    return town.do(make_market)


def ask(town: Town, market: SmallMarket, organisation_id: UUID | None = None, **given: Any) -> UUID:
    whose = organisation_id or town.organisation()
    return town.do(lambda uow: stands.apply(uow, market.id, whose, SAID, account_id=None, **given).id)


def say_yes(town: Town, stand_id: UUID, *, knows_how: bool = False) -> None:
    town.do(lambda uow: stands.confirm(uow, stand_id, by=DESK, knows_how=knows_how))


def training_of(town: Town, stand_id: UUID) -> Training:
    return town.do(lambda uow: stands.training_of(uow, stands.found(uow, stand_id)))


def state_of(town: Town, stand_id: UUID) -> str:
    return town.do(lambda uow: uow.session.get_one(Stand, stand_id).state)


def spot_of(town: Town, stand_id: UUID) -> str:
    return town.do(lambda uow: str(stand_spots.spot_of(uow.session.get_one(Stand, stand_id)) or ""))


def with_training(town: Town, market: SmallMarket) -> UUID:
    def make(uow: UnitOfWork) -> UUID:
        training = make_gathering(
            uow, kind=GatheringKind.ORGANISATION_TRAINING, seats=1, ahead=timedelta(days=3)
        )
        uow.session.get_one(Market, market.id).training_id = training
        return training

    return town.do(make)


def team_comes(town: Town, organisation_id: UUID, training_id: UUID) -> UUID:
    def come(uow: UnitOfWork) -> UUID:
        account = accounts.create(
            uow, name="Noor", email=f"{uuid4().hex[:8]}@x.example", password="a good long one", language="nl"
        )
        whose = uow.session.get_one(Organisation, organisation_id)
        accounts.grant(uow, account, Role.OWNER, organisation=whose)
        uow.session.flush()
        several = gathering_sign_ups.Several(account_id=account.id, organisation_id=organisation_id, size=1)
        return gathering_sign_ups.sign_up_team(uow, training_id, several).id

    return town.do(come)


def test_what_is_said_of_hosts_is_sealed_and_comes_back(town: Town, market: SmallMarket) -> None:
    asked = ask(town, market)

    def look(uow: UnitOfWork) -> None:
        stand = uow.session.get_one(Stand, asked)
        sealed = (stand.host_sealed or b"") + (stand.words_sealed or b"")
        assert b"Fatima" not in sealed
        assert b"stopcontact" not in sealed
        assert stands.hosts_of(uow, stand) == stands.Hosts("Fatima", "+32470123456")
        assert stands.words_of(uow, stand) == "Een stopcontact"

    town.do(look)
    assert town.events()[-1] == "stand_applied"


def test_the_same_form_is_the_same_stand_and_another_one_is_too_many(town: Town, market: SmallMarket) -> None:
    whose, form = town.organisation(), uuid4()
    first = ask(town, market, whose, form_id=form)
    assert ask(town, market, whose, form_id=form) == first
    with pytest.raises(ImpossibleStep, match="already"):
        ask(town, market, whose, form_id=uuid4())
    town.do(lambda uow: stands.withdraw(uow, first, by=DESK))
    assert ask(town, market, whose) != first


def test_only_who_has_our_yes_asks_and_only_in_time(town: Town, market: SmallMarket) -> None:
    whose = town.organisation()
    town.do(lambda uow: suspensions.suspend(uow, whose, account_id=None))
    with pytest.raises(NotAllowed):
        ask(town, market, whose)
    town.do(lambda uow: setattr(uow.session.get_one(Market, market.id), "stands_close_at", uow.now))
    with pytest.raises(ImpossibleStep, match="closed"):
        ask(town, market)
    ask(town, market, by_desk=True)
    town.do(lambda uow: setattr(uow.session.get_one(Market, market.id), "opened_at", None))
    with pytest.raises(NotFound):
        ask(town, market)


def test_a_yes_waits_for_the_training_or_for_the_word_of_the_desk(town: Town, market: SmallMarket) -> None:
    training = with_training(town, market)
    first, second, third = town.organisation("Eerst"), town.organisation("Dan"), town.organisation("Later")
    asked = [ask(town, market, each) for each in (first, second, third)]
    party = team_comes(town, first, training)
    team_comes(town, second, training)
    say_yes(town, asked[0])
    for each, stands_at in ((asked[1], Training.WAITS), (asked[2], Training.MISSING)):
        assert training_of(town, each) is stands_at
        with pytest.raises(ImpossibleStep, match="training"):
            say_yes(town, each)
    say_yes(town, asked[2], knows_how=True)
    assert town.do(lambda uow: stands.found(uow, asked[2]).trained_by) == DESK
    town.clock.go_on(days=4)
    town.do(lambda uow: gathering_seats.attend(uow, party, 1))
    assert training_of(town, asked[0]) is Training.CAME


def test_who_did_not_come_to_the_training_is_not_trained(town: Town, market: SmallMarket) -> None:
    training, whose = with_training(town, market), town.organisation()
    asked, party = ask(town, market, whose), team_comes(town, whose, training)
    town.clock.go_on(days=4)
    town.do(lambda uow: gathering_seats.attend(uow, party, 0))
    with pytest.raises(ImpossibleStep, match="training"):
        say_yes(town, asked)


def test_the_hall_has_so_many_spots(town: Town, market: SmallMarket) -> None:
    asked = [ask(town, market, town.organisation(f"Nog {each}")) for each in range(5)]
    for each in asked[:4]:
        say_yes(town, each)
    with pytest.raises(ImpossibleStep, match="spots"):
        say_yes(town, asked[4])
    assert town.do(lambda uow: stand_spots.place_all(uow, market.id)) == 4
    given = {spot_of(town, each) for each in asked[:4]}
    assert given == {"A3", "B3", "C2", "C3"}
    assert spot_of(town, market.stands["A1"]) == "A1", "who has a spot keeps it"


@pytest.mark.parametrize("how", ["refuse", "withdraw"])
def test_whoever_was_to_meet_a_stand_that_does_not_come_meets_it_no_more(
    town: Town, market: SmallMarket, how: str
) -> None:
    stand = market.stands["B1"]
    planned = town.do(lambda uow: plan(uow, market.visitors["Bart"], stand, 0))
    met = town.do(lambda uow: plan(uow, market.visitors["Elif"], stand, 1, state=VisitState.MET))
    ends: dict[str, Callable[[UnitOfWork], object]] = {
        "refuse": lambda uow: stands.refuse(uow, stand, {"nl": "Vol"}, by=DESK),
        "withdraw": lambda uow: stands.withdraw(uow, stand, by=DESK),
    }
    town.do(ends[how])
    town.do(ends[how])
    states = town.do(lambda uow: [uow.session.get_one(Visit, each).state for each in (planned, met)])
    assert states == [VisitState.DROPPED, VisitState.MET]
    assert spot_of(town, stand) == ""
    assert town.events().count("stand_withdrew") == 1, "once, whatever was pressed twice"
    with pytest.raises(NotAllowed):
        town.do(lambda uow: stand_links.stand_of(uow, stand))


def test_a_no_says_why_and_is_final(town: Town, market: SmallMarket) -> None:
    asked = ask(town, market)
    with pytest.raises(InvalidValue):
        town.do(lambda uow: stands.refuse(uow, asked, {"fr": "Complet"}, by=DESK))
    town.do(lambda uow: stands.refuse(uow, asked, {"nl": "Vol"}, by=DESK))
    assert town.events()[-1] == "stand_refused"
    with pytest.raises(ImpossibleStep):
        say_yes(town, asked)
    assert state_of(town, asked) == StandState.REFUSED


def test_who_has_visitors_changes_words_and_not_seats(town: Town, market: SmallMarket) -> None:
    stand = market.stands["B1"]
    before = town.do(lambda uow: stands.application_of(uow, stands.found(uow, stand)))
    town.do(lambda uow: plan(uow, market.visitors["Bart"], stand, 0))
    town.do(lambda uow: stands.change(uow, stand, replace(before, offer={"nl": "Anders"})))
    more = replace(before, seats=5)
    with pytest.raises(ImpossibleStep, match="told"):
        town.do(lambda uow: stands.change(uow, stand, more))
    town.do(lambda uow: stands.change(uow, stand, more, by_desk=True))


def test_two_stands_change_places_and_nobody_is_put_upon_another(town: Town, market: SmallMarket) -> None:
    first, second = market.stands["A1"], market.stands["B2"]
    with pytest.raises(ImpossibleStep, match="change places"):
        town.do(lambda uow: stand_spots.place(uow, first, Spot("B", 2)))
    with pytest.raises(InvalidValue):
        town.do(lambda uow: stand_spots.place(uow, first, Spot("A", 4)))
    town.do(lambda uow: stand_spots.place(uow, first, Spot("B", 2), swap=True))
    assert (spot_of(town, first), spot_of(town, second)) == ("B2", "A1")


def test_of_two_that_want_one_spot_at_the_same_moment_one_gets_it(town: Town, market: SmallMarket) -> None:
    first, second = market.stands["A1"], market.stands["B2"]
    with (
        pytest.raises(DomainError, match="change places"),
        meanwhile(town, lambda uow: stand_spots.place(uow, second, Spot("C", 3))) as uow,
    ):
        stand_spots.place(uow, first, Spot("C", 3))
    assert (spot_of(town, first), spot_of(town, second)) == ("C3", "B2")


def test_a_form_begins_with_what_roles_say_and_then_with_what_was_said(
    town: Town, market: SmallMarket
) -> None:
    whose = town.organisation()
    town.role(
        whose, {"ic.pictograms": "yes", "ph.step_free_entrance": "yes"}, languages_spoken=frozenset({"fr"})
    )
    other = town.role(whose, {"ic.plain_language": "no"}, title="Soep", tasks=frozenset({"t.serve"}))

    def begins(uow: UnitOfWork) -> Application:
        return stand_drafts.draft(uow, uow.session.get_one(Market, market.id), whose)

    found = town.do(begins)
    assert found.tasks == {"t.cook", "t.serve"}
    assert found.languages >= {"nl", "fr"}
    assert found.access == {"ic.pictograms"}, "the door is that of the hall"
    assert found.not_access == {"ic.plain_language"}
    town.do(
        lambda uow: access_answers.record(
            uow,
            {"ic.pictograms": Answer.NO},
            organisation_id=whose,
            scope=Scope.OPPORTUNITY,
            scope_id=other,
            said_by="account:x",
        )
    )
    assert town.do(begins).access == set(), "so here and not there is unknown"
    ask(town, market, whose)
    assert town.do(begins).words == SAID.words


def test_the_link_of_a_stand_closes_while_its_organisation_gets_nobody_and_after_a_month(
    town: Town, market: SmallMarket
) -> None:
    stand = market.stands["B1"]
    town.do(lambda uow: stand_links.hosted(uow, stand))
    organisation = town.do(lambda uow: uow.session.get_one(Stand, stand).organisation_id)
    town.do(lambda uow: setattr(uow.session.get_one(Organisation, organisation), "suspended_at", uow.now))
    with pytest.raises(NotAllowed):
        town.do(lambda uow: stand_links.hosted(uow, stand))
    town.do(lambda uow: setattr(uow.session.get_one(Organisation, organisation), "suspended_at", None))
    town.clock.go_on(days=60)
    with pytest.raises(NotAllowed):
        town.do(lambda uow: stand_links.hosted(uow, stand))
