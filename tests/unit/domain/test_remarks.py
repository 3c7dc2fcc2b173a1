"""What the desk can do with the words of a team: one of two things, once."""

from __future__ import annotations

from itertools import product

import pytest

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.remarks import Decision, RemarkState, after


def test_what_waits_is_passed_on_or_held_back() -> None:
    assert after(RemarkState.WAITING, Decision.FORWARD) is RemarkState.PASSED_ON
    assert after(RemarkState.WAITING, Decision.HOLD_BACK) is RemarkState.HELD_BACK


@pytest.mark.parametrize(
    ("state", "decision"), [*product([RemarkState.PASSED_ON, RemarkState.HELD_BACK], Decision)]
)
def test_what_was_decided_stays(state: RemarkState, decision: Decision) -> None:
    with pytest.raises(ImpossibleStep):
        after(state, decision)
