from __future__ import annotations

from uuid import UUID

from tests.integration.services.conftest import Town
from volunteer.domain.opportunities import OpportunityState
from volunteer.matching.catalogue import Catalogue
from volunteer.matching.exposure import COUNTED_EVERY, LOOKING_BACK
from volunteer.models import Opportunity
from volunteer.services import opportunity_states, suggestions


def counted(town: Town, catalogue: Catalogue) -> dict[UUID, int]:
    with town.core.units.read() as uow:
        return dict(catalogue.exposure(uow).counts)


def show_list(town: Town, candidate_id: UUID) -> None:
    with town.core.units.write() as uow:
        suggestions.mark_shown(uow, candidate_id)


def test_a_role_counts_from_the_moment_it_was_shown_and_for_some_days(town: Town) -> None:
    role_id, catalogue = town.role(town.organisation()), Catalogue()
    first, second = town.person(), town.person()
    assert counted(town, catalogue) == {}, "made, and not yet seen by anybody"
    show_list(town, first)
    show_list(town, first)
    show_list(town, second)
    assert counted(town, catalogue) == {}, "counted a moment ago"
    town.clock.go_on(seconds=COUNTED_EVERY.total_seconds())
    assert counted(town, catalogue) == {role_id: 2}, "who looks twice was shown it once"
    town.clock.go_on(days=LOOKING_BACK.days, seconds=1)
    assert counted(town, catalogue) == {}


def test_a_role_that_closed_meanwhile_was_not_shown(town: Town) -> None:
    organisation = town.organisation()
    closed, stays = town.role(organisation), town.role(organisation)
    person = town.person()
    town.do(
        lambda uow: opportunity_states.set_state(
            uow, uow.session.get_one(Opportunity, closed), OpportunityState.CLOSED
        )
    )
    show_list(town, person)
    assert counted(town, Catalogue()) == {stays: 1}
