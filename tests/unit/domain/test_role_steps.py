"""The steps of a role: whatever is pressed, in whatever order, it is one of six states or a clear refusal."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.opportunities import UNSEEN, OpportunityState, Step, after, step_to, steps_from

D, W, OPEN, _PAUSED, F, C = OpportunityState


@given(st.lists(st.sampled_from(Step)))
def test_any_story_ends_in_a_state_and_only_who_waits_is_taken_back(
    story: Sequence[Step],
) -> None:
    state = OpportunityState.DRAFT
    for step in story:
        before = state
        if step not in steps_from(before):
            with pytest.raises(ImpossibleStep) as refused:
                after(before, step)
            assert refused.value.message.endswith(".")
            continue
        state = after(before, step)
        assert state is not before
        assert step_to(before, state) in steps_from(before)
        if state is OpportunityState.DRAFT:
            assert (before, step) == (W, Step.TAKE_BACK)
        if before is OpportunityState.DRAFT:
            assert state in {W, OPEN, C}


@given(st.sampled_from(OpportunityState), st.sampled_from(OpportunityState))
def test_a_step_leads_where_it_is_said_to(state: OpportunityState, wanted: OpportunityState) -> None:
    reachable = {after(state, step) for step in steps_from(state)}
    if wanted in reachable:
        assert after(state, step_to(state, wanted)) is wanted
    else:
        with pytest.raises(ImpossibleStep):
            step_to(state, wanted)


def test_every_state_can_be_reached_and_left() -> None:
    reached, todo = {D}, [D]
    while todo:
        state = todo.pop()
        fresh = {after(state, step) for step in steps_from(state)} - reached
        reached |= fresh
        todo += fresh
    assert reached == set(OpportunityState)
    assert all(steps_from(state) for state in OpportunityState)


@pytest.mark.parametrize(
    ("state", "step"),
    [(D, Step.FILL), (D, Step.PAUSE), (OPEN, Step.OPEN), (OPEN, Step.WAIT), (C, Step.FILL), (F, Step.PAUSE)],
)
def test_what_makes_no_sense_is_refused(state: OpportunityState, step: Step) -> None:
    with pytest.raises(ImpossibleStep):
        after(state, step)


def test_only_what_nobody_saw_is_unseen() -> None:
    assert {D, W} == UNSEEN
