from __future__ import annotations

from uuid import UUID

import pytest

from volunteer.domain.access import ABOUT_THE_VENUE, FEATURES
from volunteer.domain.opportunities import Scope
from volunteer.domain.questions import where_it_belongs

ROLE, VENUE = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize("code", sorted(FEATURES))
def test_a_building_is_asked_once_and_work_per_role(code: str) -> None:
    expected = (Scope.VENUE, VENUE) if code in ABOUT_THE_VENUE else (Scope.OPPORTUNITY, ROLE)
    assert where_it_belongs(code, opportunity_id=ROLE, venue_id=VENUE) == expected


@pytest.mark.parametrize("code", sorted(FEATURES))
def test_without_a_venue_everything_is_about_the_role(code: str) -> None:
    assert where_it_belongs(code, opportunity_id=ROLE, venue_id=None) == (Scope.OPPORTUNITY, ROLE)


def test_the_step_at_the_door_is_of_the_building_and_sitting_of_the_work() -> None:
    assert "ph.step_free_entrance" in ABOUT_THE_VENUE
    assert "ph.seated_work" not in ABOUT_THE_VENUE
