"""A plan reminds the team once, on its day; and what changed is counted before and after."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.access import Answer, removes_barrier
from volunteer.domain.errors import InvalidValue
from volunteer.domain.opportunities import Place as Where
from volunteer.domain.opportunities import Posting, Scope
from volunteer.models import AccessAnswer, AccessChange, AccessPlan
from volunteer.queries.access import count_removed, open_plans
from volunteer.services import access_check, access_plans, opportunities, opportunity_states, venues

BUDDY, TRIAL = "sv.buddy", "sv.trial"


def test_a_plan_reminds_once_when_its_day_has_come(town: Town) -> None:
    organisation = town.organisation()
    with town.core.units.write() as uow:
        place = access_check.place_of(uow, organisation, Scope.ORGANISATION, organisation)
        soon = uow.today + timedelta(days=3)
        access_plans.make(uow, place, BUDDY, by_when=soon, who="Lies", account_id=town.account_id)
    assert town.do(access_plans.remind) == 0
    town.clock.go_on(seconds=3 * 24 * 3600)
    assert town.do(access_plans.remind) == 1
    assert town.do(access_plans.remind) == 0
    assert town.events().count("access_plan_due") == 1


def test_a_plan_is_for_a_day_to_come(town: Town) -> None:
    organisation = town.organisation()
    with town.core.units.write() as uow:
        place = access_check.place_of(uow, organisation, Scope.ORGANISATION, organisation)
        past = uow.today - timedelta(days=1)
        with pytest.raises(InvalidValue):
            access_plans.make(uow, place, BUDDY, by_when=past, who="", account_id=town.account_id)


def test_barriers_that_came_down_are_counted_with_what_is_inherited(town: Town) -> None:
    organisation = town.organisation()
    role = town.role(organisation)
    said_by = f"account:{town.account_id}"
    with town.core.units.write() as uow:
        whole = access_check.place_of(uow, organisation, Scope.ORGANISATION, organisation)
        access_check.say(uow, whole, BUDDY, Answer.NO, said_by=said_by)
        access_check.say(uow, whole, TRIAL, Answer.YES, said_by=said_by)
    with town.core.units.write() as uow:
        place = access_check.place_of(uow, organisation, Scope.OPPORTUNITY, role)
        # Yes at the role changes nothing where the organisation said yes before.
        access_check.say(uow, place, TRIAL, Answer.YES, said_by=said_by)
        access_check.say(uow, place, BUDDY, Answer.ARRANGEABLE, said_by=said_by)
    with town.core.units.read() as uow:
        at_role = uow.session.scalars(
            select(AccessChange).where(AccessChange.scope_id == role).order_by(AccessChange.code)
        )
        assert [(each.code, each.before, each.after) for each in at_role] == [
            (BUDDY, "no", "arrangeable"),
            (TRIAL, "yes", "yes"),
        ]
        assert count_removed(uow.session, organisation) == 2


@pytest.mark.parametrize("after", [Answer.YES, Answer.ARRANGEABLE])
@pytest.mark.parametrize("before", [None, Answer.NO])
def test_a_barrier_is_removed_by_a_yes_after_a_no_or_nothing(before: Answer | None, after: Answer) -> None:
    assert removes_barrier(before, after)
    assert not removes_barrier(after, before)
    assert not removes_barrier(after, after)
    assert not removes_barrier(before, before)


@pytest.mark.parametrize("scope", [Scope.VENUE, Scope.OPPORTUNITY])
def test_what_was_planned_and_said_of_a_place_goes_with_it(town: Town, scope: Scope) -> None:
    organisation = town.organisation()
    posting = Posting(title="Koken", description="Samen.", language="nl")
    with town.core.units.write() as uow:
        venue = venues.add(uow, organisation, Where(municipality="elsene"), getting_there=None)
        draft = opportunities.draft(uow, posting, organisation_id=organisation, said_by="account:x")
        uow.session.flush()
        place = access_check.place_of(
            uow, organisation, scope, venue.id if scope is Scope.VENUE else draft.id
        )
        soon = uow.today + timedelta(days=3)
        plan = access_plans.make(uow, place, BUDDY, by_when=soon, who="", account_id=town.account_id)
        access_check.say(uow, place, TRIAL, Answer.YES, said_by=f"account:{town.account_id}")
        uow.session.flush()
        if scope is Scope.VENUE:
            venues.remove(uow, organisation, venue.id)
        else:
            opportunity_states.discard(uow, draft)
    with town.core.units.read() as uow:
        assert open_plans(uow.session, organisation) == []
        assert uow.session.get_one(AccessPlan, plan.id).state == "dropped"
        assert uow.session.scalars(select(AccessAnswer).where(AccessAnswer.scope_id == place.id)).all() == []
