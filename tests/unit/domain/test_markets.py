from __future__ import annotations

from itertools import pairwise

import pytest

from volunteer.domain.markets import REWARDS, walking_slots, worth


def test_each_meeting_is_worth_more_than_the_next_by_more_than_any_stand_can_fit_better() -> None:
    steps = [worth(number + 1) - worth(number) for number in range(6)]
    assert tuple(steps[: len(REWARDS)]) == REWARDS
    assert all(step >= later + 1 for step, later in pairwise(REWARDS))
    assert steps[4] == steps[5] == REWARDS[-1]


@pytest.mark.parametrize(
    ("minutes", "slots"),
    [(0, 0), (5, 0), (5.5, 1), (20, 1), (21, 2)],
)
def test_a_way_takes_slots_beyond_the_change_between_them(minutes: float, slots: int) -> None:
    assert walking_slots(minutes, slot_minutes=15, change_minutes=5) == slots
