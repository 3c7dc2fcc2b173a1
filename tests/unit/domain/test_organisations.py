"""Who may be shown: whatever the desk and a team say to each other, in whatever order."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.organisations import Approval, Turn, after, has_yes


@given(st.sampled_from([Approval.NEW, Approval.APPROVED]), st.lists(st.sampled_from(Turn)))
def test_the_last_yes_or_no_of_the_desk_decides(start: Approval, talk: Sequence[Turn]) -> None:
    state, shown = start, start is Approval.APPROVED
    decided = shown
    for turn in talk:
        try:
            state = after(state, turn)
        except ImpossibleStep:
            continue
        shown = has_yes(state, had_yes=shown)
        if turn in {Turn.APPROVE, Turn.REFUSE}:
            decided = turn is Turn.APPROVE
        assert shown is decided
