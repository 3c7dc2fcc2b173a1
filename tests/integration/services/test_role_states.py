"""Roles by the clock and by hand: they open and close on their day, and are asked about when they are old."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from tests.integration.services.conftest import Town
from tests.integration.services.steps import state_of, tick
from volunteer.domain.availability import Availability
from volunteer.domain.errors import ImpossibleStep, InvalidValue
from volunteer.domain.opportunities import OpportunityState, Posting, Step
from volunteer.domain.organisations import Approval
from volunteer.models import Introduction, Opportunity, Organisation
from volunteer.services import (
    introductions,
    opportunities,
    opportunity_states,
    opportunity_texts,
)
from volunteer.services.opportunity_texts import WrittenBy
from volunteer.unit_of_work import UnitOfWork

TODAY = date(2026, 11, 24)
"""On the clock of :class:`Town`."""


def _draft(town: Town, organisation: UUID, **content: Any) -> UUID:
    posting = Posting(**{"title": "Koken", "description": "Samen.", "language": "nl", **content})
    return town.do(
        lambda uow: opportunities.draft(uow, posting, organisation_id=organisation, said_by="account:x").id
    )


def _publish(town: Town, role: UUID) -> OpportunityState:
    return town.do(lambda uow: opportunity_states.publish(uow, opportunity_states.held(uow, role)))


def _take(uow: UnitOfWork, *, role: UUID, step: Step) -> None:
    opportunity_states.take(uow, opportunity_states.held(uow, role), step)


def test_a_role_opens_on_its_day_in_the_time_of_the_centre(town: Town) -> None:
    role = _draft(town, town.organisation(), opens_on=TODAY + timedelta(days=1))
    assert _publish(town, role) is OpportunityState.WAITING
    assert town.events()[-1] == "opportunity_submitted"
    town.clock.go_on(hours=12.9)  # 22:54 in UTC, six minutes before midnight in Brussels
    tick(town)
    assert state_of(town, role) == "waiting"
    town.clock.go_on(hours=0.2)
    tick(town)
    assert state_of(town, role) == "open"
    assert town.events()[-1] == "opportunity_published"


def test_a_role_closes_after_its_last_day_or_its_last_date(town: Town) -> None:
    owner = town.organisation()
    by_day = town.role(owner, ends_on=TODAY)
    by_date = town.role(owner, times=Availability.parse("2026-11-20 10:00-12:00;2026-11-24 10:00-12:00"))
    weekly = town.role(owner, times=Availability.parse("mon 09:00-10:00;2026-11-20 10:00-12:00"))
    tick(town)
    assert [state_of(town, each) for each in (by_day, by_date, weekly)] == ["open"] * 3
    town.clock.go_on(days=1)
    tick(town)
    tick(town)
    assert [state_of(town, each) for each in (by_day, by_date, weekly)] == ["closed", "closed", "open"]
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
    tick(town)
    tick(town)
    assert town.events().count("opportunity_changed") == 5


def test_what_waits_for_approval_alone_opens_with_it(town: Town) -> None:
    owner = town.organisation()
    town.do(lambda uow: setattr(uow.session.get_one(Organisation, owner), "approval", Approval.NEW))
    ready, later = _draft(town, owner), _draft(town, owner, opens_on=TODAY + timedelta(days=3))
    assert _publish(town, ready) is OpportunityState.WAITING
    assert _publish(town, later) is OpportunityState.WAITING
    tick(town)
    assert state_of(town, ready) == "waiting"
    assert "opportunity_published" not in town.events()
    town.do(lambda uow: setattr(uow.session.get_one(Organisation, owner), "approval", Approval.APPROVED))
    town.do(lambda uow: opportunity_states.open_what_waits(uow, owner))
    assert (state_of(town, ready), state_of(town, later)) == ("open", "waiting")
    assert town.events().count("opportunity_published") == 1


def test_whoever_waits_for_a_role_that_closes_by_itself_falls_through(town: Town) -> None:
    owner = town.organisation()
    role = town.role(owner, ends_on=TODAY)
    asked = town.ask_to_meet(town.person("sv.buddy"), role)
    town.clock.go_on(days=1)
    tick(town)
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
    assert (state_of(town, role), state_of(town, draft)) == ("open", "draft")


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
    assert state_of(town, role) == "closed"
    with town.core.units.read() as uow:
        assert uow.session.get(Introduction, asked) is not None
