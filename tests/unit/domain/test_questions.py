from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from volunteer.domain.access import ABOUT_THE_VENUE, FEATURES
from volunteer.domain.opportunities import Scope
from volunteer.domain.questions import has_expired, is_before_the_team, where_it_belongs

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


@pytest.mark.parametrize(("mails", "days"), [(1, 21), (2, 7), (3, 7)])
def test_the_desk_calls_three_weeks_after_a_first_mail_and_a_week_after_the_last(
    mails: int, days: int
) -> None:
    mailed = date(2026, 3, 10)
    assert not has_expired(mailed + timedelta(days=days - 1), asked_on=mailed, mails=mails)
    assert has_expired(mailed + timedelta(days=days), asked_on=mailed, mails=mails)


def test_a_team_sees_a_question_for_three_weeks() -> None:
    mailed = date(2026, 3, 10)
    assert is_before_the_team(mailed + timedelta(days=20), asked_on=mailed)
    assert not is_before_the_team(mailed + timedelta(days=21), asked_on=mailed)
