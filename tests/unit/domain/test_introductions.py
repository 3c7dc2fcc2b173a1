from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.introductions import RUNNING, DeclineReason, IntroductionState, Step, after

OVER = frozenset(IntroductionState) - RUNNING
steps = st.lists(st.sampled_from(list(Step)), max_size=12)


def _walk(taken: list[Step]) -> list[IntroductionState]:
    """Where an introduction passes when these steps are tried one after the other."""
    states = [IntroductionState.ASKING]
    for step in taken:
        try:
            states.append(after(states[-1], step))
        except ImpossibleStep:
            states.append(states[-1])
    return states


@given(steps)
def test_what_is_over_stays_over(taken: list[Step]) -> None:
    states = _walk(taken)
    for before, now in pairwise(states):
        assert before not in OVER or now is before


@given(steps)
def test_nobody_is_accepted_who_was_not_sent(taken: list[Step]) -> None:
    states = _walk(taken)
    for reached in (IntroductionState.ACCEPTED, IntroductionState.DECLINED):
        if reached in states:
            assert IntroductionState.SENT in states[: states.index(reached)]


@given(steps)
def test_no_step_leads_back_but_missing_each_other(taken: list[Step]) -> None:
    states = _walk([step for step in taken if step not in {Step.MISS, Step.CANNOT_COME}])
    left = [state for state, following in pairwise(states) if state is not following]
    assert len(left) == len(set(left))
    assert states[-1] not in left


@given(steps)
def test_nobody_starts_or_stops_without_a_yes(taken: list[Step]) -> None:
    states = _walk(taken)
    for reached in (IntroductionState.MET, IntroductionState.STARTED, IntroductionState.STOPPED):
        if reached in states:
            assert IntroductionState.ACCEPTED in states[: states.index(reached)]


@pytest.mark.parametrize("step", [Step.MISS, Step.CANNOT_COME])
def test_who_missed_each_other_or_cannot_come_waits_for_a_new_moment(step: Step) -> None:
    assert after(IntroductionState.ACCEPTED, step) is IntroductionState.SENT
    for state in frozenset(IntroductionState) - {IntroductionState.ACCEPTED}:
        with pytest.raises(ImpossibleStep):
            after(state, step)


@pytest.mark.parametrize("state", sorted(RUNNING))
def test_the_person_can_withdraw_as_long_as_it_runs(state: IntroductionState) -> None:
    stops = state is IntroductionState.STARTED
    assert after(state, Step.WITHDRAW) is (
        IntroductionState.STOPPED if stops else IntroductionState.WITHDRAWN
    )


@pytest.mark.parametrize(("state", "step"), [*product(sorted(OVER), Step)])
def test_nothing_happens_to_what_is_over(state: IntroductionState, step: Step) -> None:
    with pytest.raises(ImpossibleStep):
        after(state, step)


@pytest.mark.parametrize("step", [Step.ACCEPT, Step.DECLINE])
def test_the_organisation_answers_only_what_was_sent(step: Step) -> None:
    for state in frozenset(IntroductionState) - {IntroductionState.SENT}:
        with pytest.raises(ImpossibleStep):
            after(state, step)


def test_an_organisation_may_have_to_take_its_yes_back_before_they_meet() -> None:
    assert after(IntroductionState.ACCEPTED, Step.CANCEL) is IntroductionState.DECLINED


def test_no_reason_is_about_the_person() -> None:
    assert {*DeclineReason} == {"no_spot_now", "role_changed", "no_time_to_welcome", "hours_changed"}
