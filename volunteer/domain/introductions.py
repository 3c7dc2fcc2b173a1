"""The introduction: from "I want to meet them" to what became of it, as a state machine."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from volunteer.domain.errors import ImpossibleStep


class IntroductionState(StrEnum):
    """Where an introduction stands."""

    ASKING = "asking"
    """A yes on condition: the organisation is asked first whether what the person needs is there."""
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    FELL_THROUGH = "fell_through"
    """The organisation cannot offer something that the person needs."""
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can happen to an introduction."""

    CLEAR = "clear"
    """Every question came back with a yes, or with "we arrange it"."""
    FALL_THROUGH = "fall_through"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


class DeclineReason(StrEnum):
    """Reasons are about the offer; a reason about what a person needs cannot be given."""

    NO_SPOT_NOW = "no_spot_now"
    ROLE_CHANGED = "role_changed"
    NO_TIME_TO_WELCOME = "no_time_to_welcome"
    HOURS_CHANGED = "hours_changed"


RUNNING = frozenset({IntroductionState.ASKING, IntroductionState.SENT, IntroductionState.ACCEPTED})
"""A person has at most one of these with a role."""

_STEPS: Mapping[tuple[IntroductionState, Step], IntroductionState] = {
    (IntroductionState.ASKING, Step.CLEAR): IntroductionState.SENT,
    (IntroductionState.ASKING, Step.FALL_THROUGH): IntroductionState.FELL_THROUGH,
    (IntroductionState.ASKING, Step.WITHDRAW): IntroductionState.WITHDRAWN,
    (IntroductionState.SENT, Step.ACCEPT): IntroductionState.ACCEPTED,
    (IntroductionState.SENT, Step.DECLINE): IntroductionState.DECLINED,
    (IntroductionState.SENT, Step.WITHDRAW): IntroductionState.WITHDRAWN,
    (IntroductionState.ACCEPTED, Step.WITHDRAW): IntroductionState.WITHDRAWN,
}


def after(state: IntroductionState, step: Step) -> IntroductionState:
    """The state that ``step`` leads to. Raises :class:`ImpossibleStep` when it cannot happen now."""
    try:
        return _STEPS[state, step]
    except KeyError:
        raise ImpossibleStep("This cannot be done any more: something changed in the meantime.") from None
