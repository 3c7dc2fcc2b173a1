"""Roles by the clock and by hand: they open and close on their day, and are asked about when they are old."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.accounts import Role
from volunteer.domain.availability import Availability
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotAllowed
from volunteer.domain.messages import MessageKind
from volunteer.domain.opportunities import OpportunityState, Posting, Step
from volunteer.domain.organisations import Approval
from volunteer.models import Account, Introduction, Message, Opportunity, Organisation
from volunteer.services import (
    accounts,
    introductions,
    messages,
    opportunities,
    opportunity_dates,
    opportunity_links,
    opportunity_states,
    opportunity_texts,
    organisations,
    suspensions,
)
from volunteer.services.opportunity_texts import WrittenBy
from volunteer.unit_of_work import UnitOfWork

TODAY = date(2026, 11, 24)
"""On the clock of :class:`Town`."""


def _state(town: Town, role: UUID) -> str:
    with town.core.units.read() as uow:
        return uow.session.get_one(Opportunity, role).state


def _draft(town: Town, organisation: UUID, **content: Any) -> UUID:
    posting = Posting(**{"title": "Koken", "description": "Samen.", "language": "nl", **content})
    return town.do(
        lambda uow: opportunities.draft(uow, posting, organisation_id=organisation, said_by="account:x").id
    )


def _publish(town: Town, role: UUID) -> OpportunityState:
    return town.do(lambda uow: opportunity_states.publish(uow, opportunity_states.held(uow, role)))


def _take(uow: UnitOfWork, *, role: UUID, step: Step) -> None:
    opportunity_states.take(uow, opportunity_states.held(uow, role), step)


def _tick(town: Town) -> None:
    opportunity_dates.act(town.core.units, at_once=2)


def test_a_role_opens_on_its_day_in_the_time_of_the_centre(town: Town) -> None:
    role = _draft(town, town.organisation(), opens_on=TODAY + timedelta(days=1))
    assert _publish(town, role) is OpportunityState.WAITING
    assert town.events()[-1] == "opportunity_submitted"
    town.clock.go_on(hours=12.9)  # 22:54 in UTC, six minutes before midnight in Brussels
    _tick(town)
    assert _state(town, role) == "waiting"
    town.clock.go_on(hours=0.2)
    _tick(town)
    assert _state(town, role) == "open"
    assert town.events()[-1] == "opportunity_published"


def test_a_role_closes_after_its_last_day_or_its_last_date(town: Town) -> None:
    owner = town.organisation()
    by_day = town.role(owner, ends_on=TODAY)
    by_date = town.role(owner, times=Availability.parse("2026-11-20 10:00-12:00;2026-11-24 10:00-12:00"))
    weekly = town.role(owner, times=Availability.parse("mon 09:00-10:00;2026-11-20 10:00-12:00"))
    _tick(town)
    assert [_state(town, each) for each in (by_day, by_date, weekly)] == ["open"] * 3
    town.clock.go_on(days=1)
    _tick(town)
    _tick(town)
    assert [_state(town, each) for each in (by_day, by_date, weekly)] == ["closed", "closed", "open"]
    with pytest.raises(InvalidValue):
        _publish(town, by_day)
    with pytest.raises(InvalidValue):
        _publish(town, by_date)
    assert town.events().count("opportunity_changed") == 2


def test_many_are_due_at_once_and_a_second_clock_does_nothing_twice(town: Town) -> None:
    owner = town.organisation()
    for _number in range(5):
        town.role(owner, ends_on=TODAY)
    town.clock.go_on(days=2)
    _tick(town)
    _tick(town)
    assert town.events().count("opportunity_changed") == 5


def test_what_waits_for_approval_alone_opens_with_it(town: Town) -> None:
    owner = town.organisation()
    town.do(lambda uow: setattr(uow.session.get_one(Organisation, owner), "approval", Approval.NEW))
    ready, later = _draft(town, owner), _draft(town, owner, opens_on=TODAY + timedelta(days=3))
    assert _publish(town, ready) is OpportunityState.WAITING
    assert _publish(town, later) is OpportunityState.WAITING
    _tick(town)
    assert _state(town, ready) == "waiting"
    assert "opportunity_published" not in town.events()
    town.do(lambda uow: setattr(uow.session.get_one(Organisation, owner), "approval", Approval.APPROVED))
    town.do(lambda uow: opportunity_states.open_what_waits(uow, owner))
    assert (_state(town, ready), _state(town, later)) == ("open", "waiting")
    assert town.events().count("opportunity_published") == 1


def _member(town: Town, owner: UUID, role: Role = Role.EDITOR) -> UUID:
    def make(uow: UnitOfWork) -> UUID:
        account = accounts.create(
            uow, name="Noor", email=f"{role}@x.example", password="een lange zin om", language="nl"
        )
        accounts.grant(uow, account, role, organisation=uow.session.get_one(Organisation, owner))
        return account.id

    return town.do(make)


def test_a_stale_role_is_asked_about_once_and_closes_when_nobody_answers(town: Town) -> None:
    owner = town.organisation()
    _member(town, owner)
    role = town.role(owner)
    town.clock.go_on(days=89)
    _tick(town)
    assert "opportunity_grew_stale" not in town.events()
    town.clock.go_on(days=2)
    _tick(town)
    _tick(town)
    assert town.events().count("opportunity_grew_stale") == 1
    town.clock.go_on(days=13)
    _tick(town)
    assert _state(town, role) == "open"
    town.clock.go_on(days=2)
    _tick(town)
    assert _state(town, role) == "closed"
    assert town.events()[-2:] == ["opportunity_changed", "opportunity_lapsed"]


def test_nothing_lapses_while_its_organisation_is_suspended(town: Town) -> None:
    owner = town.organisation()
    _member(town, owner)
    role = town.role(owner)
    town.clock.go_on(days=91)
    _tick(town)
    town.do(lambda uow: suspensions.suspend(uow, owner))
    town.clock.go_on(days=30)
    _tick(town)
    assert _state(town, role) == "open"


def test_who_confirms_has_another_three_months(town: Town) -> None:
    owner = town.organisation()
    _member(town, owner)
    role = town.role(owner)
    town.clock.go_on(days=91)
    _tick(town)
    town.do(lambda uow: opportunity_states.confirm(uow, opportunity_states.held(uow, role)))
    town.clock.go_on(days=80)
    _tick(town)
    assert _state(town, role) == "open"
    assert town.events().count("opportunity_grew_stale") == 1
    town.clock.go_on(days=15)
    _tick(town)
    assert town.events().count("opportunity_grew_stale") == 2


def test_a_change_is_an_answer_too(town: Town) -> None:
    owner = town.organisation()
    _member(town, owner)
    role = town.role(owner)
    town.clock.go_on(days=91)
    _tick(town)
    town.do(lambda uow: opportunities.add_tasks(uow, opportunity_states.held(uow, role), ["t.serve"]))
    town.clock.go_on(days=20)
    _tick(town)
    assert _state(town, role) == "open"


def test_where_there_is_nobody_to_ask_nobody_is_asked_and_nothing_closes(town: Town) -> None:
    role = town.role(town.organisation())
    town.clock.go_on(days=400)
    _tick(town)
    assert _state(town, role) == "open"


def test_the_link_is_good_for_who_speaks_for_the_team_now(town: Town) -> None:
    owner = town.organisation()
    noor = _member(town, owner)
    viewer = _member(town, owner, Role.VIEWER)
    role = town.role(owner)

    def proof_of(account_id: UUID) -> str:
        return town.do(lambda uow: opportunity_links.of_account(uow.session.get_one(Account, account_id)))

    town.do(lambda uow: opportunity_links.role_of(uow, role, proof_of(noor)))
    for proof in (proof_of(viewer), "", "address:", "address:0011"):
        with pytest.raises(NotAllowed):
            town.do(partial(opportunity_links.role_of, opportunity_id=role, proof=proof))

    def set_address(uow: UnitOfWork, email: str) -> str:
        found = uow.session.get_one(Organisation, owner)
        organisations.set_email(uow, found, email)
        return opportunity_links.of_address(found)

    first = town.do(lambda uow: set_address(uow, "a@x.example"))
    town.do(lambda uow: opportunity_links.role_of(uow, role, first))
    town.do(lambda uow: set_address(uow, "b@x.example"))
    with pytest.raises(NotAllowed):
        town.do(lambda uow: opportunity_links.role_of(uow, role, first))


def test_without_a_team_the_address_is_asked(town: Town) -> None:
    owner = town.organisation()

    def tell(uow: UnitOfWork) -> None:
        found = uow.session.get_one(Organisation, owner)
        messages.tell_who_answers(uow, found, MessageKind.STILL_TRUE, about_id=owner, cause_id=owner)

    town.do(tell)
    with town.core.units.read() as uow:
        (message,) = uow.session.scalars(select(Message))
        assert (message.recipient, message.channel, message.state) == ("organisation", "phone", "to_do")


def test_whoever_waits_for_a_role_that_closes_by_itself_falls_through(town: Town) -> None:
    owner = town.organisation()
    role = town.role(owner, ends_on=TODAY)
    asked = town.ask_to_meet(town.person("sv.buddy"), role)
    town.clock.go_on(days=1)
    _tick(town)
    town.do(lambda uow: introductions.reconsider(uow, owner))
    with town.core.units.read() as uow:
        assert uow.session.get_one(Introduction, asked).state == "fell_through"


def test_steps_that_make_no_sense_change_nothing(town: Town) -> None:
    owner = town.organisation()
    role, draft = town.role(owner), _draft(town, owner)
    before = town.events()
    for wrong, step in ((role, Step.TAKE_BACK), (draft, Step.CLOSE), (draft, Step.FILL)):
        with pytest.raises(ImpossibleStep):
            town.do(partial(_take, role=wrong, step=step))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: opportunity_states.confirm(uow, opportunity_states.held(uow, draft)))
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: opportunity_states.discard(uow, opportunity_states.held(uow, role)))
    assert town.events() == before
    assert (_state(town, role), _state(town, draft)) == ("open", "draft")


def test_words_in_another_language_are_older_once_the_original_changes(town: Town) -> None:
    role = town.role(town.organisation())

    def say(uow: UnitOfWork) -> None:
        opportunity_texts.say(
            uow, opportunity_states.held(uow, role), "fr", title="Cuisiner", description="De la soupe.",
            written_by=WrittenBy.TEAM,
        )  # fmt: skip

    town.do(say)
    with town.core.units.read() as uow:
        found = uow.session.get_one(Opportunity, role)
        assert opportunity_texts.said_in(found, "fr").title == "Cuisiner"
        assert opportunity_texts.said_in(found, "ar").language == "nl"
        assert not opportunity_texts.is_older(found, found.texts[0])
    town.clock.go_on(days=1)

    def change(uow: UnitOfWork, **content: object) -> None:
        found = opportunity_states.held(uow, role)
        posting = opportunities.posting_of(found)
        for name, value in content.items():
            object.__setattr__(posting, name, value)
        opportunities.amend(uow, found, posting, said_by="account:x", with_answers=False)

    town.do(lambda uow: change(uow, wanted=9))
    with town.core.units.read() as uow:
        found = uow.session.get_one(Opportunity, role)
        assert not opportunity_texts.is_older(found, found.texts[0])
    town.do(lambda uow: change(uow, title="Bakken"))
    with town.core.units.read() as uow:
        found = uow.session.get_one(Opportunity, role)
        assert opportunity_texts.is_older(found, found.texts[0])


def test_what_people_asked_for_is_closed_and_never_thrown_away(town: Town) -> None:
    owner = town.organisation()
    role = town.role(owner)
    asked = town.ask_to_meet(town.person(), role)

    def back_to_draft(uow: UnitOfWork) -> None:
        opportunity = opportunity_states.held(uow, role)
        opportunity_states.take(uow, opportunity, Step.PAUSE)
        opportunity_states.take(uow, opportunity, Step.WAIT)
        opportunity_states.take(uow, opportunity, Step.TAKE_BACK)
        opportunity.opened_at = None

    town.do(back_to_draft)
    with pytest.raises(ImpossibleStep):
        town.do(lambda uow: opportunity_states.discard(uow, opportunity_states.held(uow, role)))
    with town.core.units.write() as uow:
        uow.session.get_one(Opportunity, role).opened_at = uow.now
    town.do(partial(_take, role=role, step=Step.CLOSE))
    assert _state(town, role) == "closed"
    with town.core.units.read() as uow:
        assert uow.session.get(Introduction, asked) is not None
