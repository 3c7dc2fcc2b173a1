from __future__ import annotations

from tests.integration.services.conftest import Town
from volunteer.domain.introductions import NUDGED_AFTER, DeclineReason, Step
from volunteer.services import introductions, nudges, placements, suspensions


def _reminded(town: Town) -> int:
    return town.events().count("introduction_unanswered")


def test_who_lets_somebody_wait_is_reminded_once(town: Town) -> None:
    organisation = town.organisation()
    town.ask_to_meet(town.person(), town.role(organisation, {}))
    town.do(nudges.nudge)
    assert _reminded(town) == 0
    town.clock.go_on(seconds=NUDGED_AFTER.total_seconds() + 60)
    town.do(nudges.nudge)
    town.do(nudges.nudge)
    assert _reminded(town) == 1


def test_who_answered_is_not_reminded(town: Town) -> None:
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(), town.role(organisation, {}))
    reason = DeclineReason.NO_SPOT_NOW
    town.do(lambda uow: introductions.decline(uow, organisation, introduction, reason=reason))
    town.clock.go_on(seconds=2 * NUDGED_AFTER.total_seconds())
    town.do(nudges.nudge)
    assert _reminded(town) == 0


def test_a_suspended_organisation_is_left_alone(town: Town) -> None:
    organisation = town.organisation()
    town.ask_to_meet(town.person(), town.role(organisation, {}))
    town.do(lambda uow: suspensions.suspend(uow, organisation))
    town.clock.go_on(seconds=2 * NUDGED_AFTER.total_seconds())
    town.do(nudges.nudge)
    assert _reminded(town) == 0


def test_after_missing_each_other_the_clock_starts_anew(town: Town) -> None:
    organisation = town.organisation()
    introduction = town.ask_to_meet(town.person(), town.role(organisation, {}))
    town.clock.go_on(seconds=2 * NUDGED_AFTER.total_seconds())
    town.do(nudges.nudge)
    town.do(lambda uow: introductions.accept(uow, organisation, introduction, words="Monday at 9"))
    town.do(lambda uow: placements.tell(uow, organisation, introduction, Step.MISS))
    town.do(nudges.nudge)
    assert _reminded(town) == 1
    town.clock.go_on(seconds=2 * NUDGED_AFTER.total_seconds())
    town.do(nudges.nudge)
    assert _reminded(town) == 2
