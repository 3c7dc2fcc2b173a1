"""What a team writes in its own words with a "not now": a person at the desk reads it first.

The words go on as they are or not at all: nobody changes what somebody else said.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from volunteer.domain.errors import ImpossibleStep


class RemarkState(StrEnum):
    """How far the words got."""

    WAITING = "waiting"
    """The desk has to read them."""
    PASSED_ON = "passed_on"
    HELD_BACK = "held_back"
    """The person reads a standard reason instead; the words are gone."""


class Decision(StrEnum):
    """What the desk does with them."""

    FORWARD = "forward"
    """As they are."""
    HOLD_BACK = "hold_back"


_AFTER: Mapping[Decision, RemarkState] = {
    Decision.FORWARD: RemarkState.PASSED_ON,
    Decision.HOLD_BACK: RemarkState.HELD_BACK,
}


def after(state: RemarkState, decision: Decision) -> RemarkState:
    """Where the words stand then. Raises :class:`ImpossibleStep`: a decision is taken once."""
    if state is not RemarkState.WAITING:
        raise ImpossibleStep("A colleague read this already.")
    return _AFTER[decision]
