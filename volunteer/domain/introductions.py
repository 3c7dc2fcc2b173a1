"""The introduction: from "I want to meet them" to who started and stopped, as a state machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from volunteer.domain.errors import ImpossibleStep


class IntroductionState(StrEnum):
    """Where an introduction stands."""

    ASKING = "asking"
    """A yes on condition: the organisation is asked first whether what the person needs is there."""
    SENT = "sent"
    ACCEPTED = "accepted"
    MET = "met"
    STARTED = "started"
    """The person volunteers there."""
    STOPPED = "stopped"
    """They met, or the person volunteered for a while, and it does not go on."""
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
    PROPOSE = "propose"
    """The organisation would like to meet them, at one of several times: now the person chooses."""
    CHOOSE = "choose"
    """The person takes one of those times, which is a yes of both."""
    TURN_DOWN = "turn_down"
    """None of those times suits, or all are past: the organisation says again when to come."""
    DECLINE = "decline"
    CANCEL = "cancel"
    """The organisation has to take its yes back before they met."""
    MEET = "meet"
    MISS = "miss"
    """They did not meet at the agreed moment: the organisation says again when to come."""
    CANNOT_COME = "cannot_come"
    """The person cannot come at the agreed moment: the organisation says again when to come."""
    START = "start"
    STOP = "stop"
    """Either side may say so; nobody is asked why."""
    WITHDRAW = "withdraw"


class DeclineReason(StrEnum):
    """Reasons are about the offer; a reason about what a person needs cannot be given."""

    NO_SPOT_NOW = "no_spot_now"
    ROLE_CHANGED = "role_changed"
    NO_TIME_TO_WELCOME = "no_time_to_welcome"
    HOURS_CHANGED = "hours_changed"


EXPECTED = frozenset({IntroductionState.ACCEPTED, IntroductionState.MET, IntroductionState.STARTED})
"""The organisation said yes and counts on the person: they take a spot, and look for nothing else."""
RUNNING = EXPECTED | {IntroductionState.ASKING, IntroductionState.SENT}
"""A person has at most one of these with a role."""

NUDGED_AFTER = timedelta(days=3)
"""An organisation that has not answered by then is reminded, once; later the desk calls."""

_STEPS: Mapping[tuple[IntroductionState, Step], IntroductionState] = {
    (IntroductionState.ASKING, Step.CLEAR): IntroductionState.SENT,
    (IntroductionState.ASKING, Step.FALL_THROUGH): IntroductionState.FELL_THROUGH,
    (IntroductionState.ASKING, Step.WITHDRAW): IntroductionState.WITHDRAWN,
    (IntroductionState.SENT, Step.ACCEPT): IntroductionState.ACCEPTED,
    (IntroductionState.SENT, Step.PROPOSE): IntroductionState.SENT,
    (IntroductionState.SENT, Step.CHOOSE): IntroductionState.ACCEPTED,
    (IntroductionState.SENT, Step.TURN_DOWN): IntroductionState.SENT,
    (IntroductionState.SENT, Step.DECLINE): IntroductionState.DECLINED,
    (IntroductionState.SENT, Step.WITHDRAW): IntroductionState.WITHDRAWN,
    (IntroductionState.ACCEPTED, Step.CANCEL): IntroductionState.DECLINED,
    (IntroductionState.ACCEPTED, Step.MEET): IntroductionState.MET,
    (IntroductionState.ACCEPTED, Step.MISS): IntroductionState.SENT,
    (IntroductionState.ACCEPTED, Step.CANNOT_COME): IntroductionState.SENT,
    (IntroductionState.ACCEPTED, Step.START): IntroductionState.STARTED,
    (IntroductionState.ACCEPTED, Step.WITHDRAW): IntroductionState.WITHDRAWN,
    (IntroductionState.MET, Step.START): IntroductionState.STARTED,
    (IntroductionState.MET, Step.STOP): IntroductionState.STOPPED,
    (IntroductionState.MET, Step.WITHDRAW): IntroductionState.WITHDRAWN,
    (IntroductionState.STARTED, Step.STOP): IntroductionState.STOPPED,
    (IntroductionState.STARTED, Step.WITHDRAW): IntroductionState.STOPPED,
}


def after(state: IntroductionState, step: Step) -> IntroductionState:
    """The state that ``step`` leads to. Raises :class:`ImpossibleStep` when it cannot happen now."""
    try:
        return _STEPS[state, step]
    except KeyError:
        raise ImpossibleStep("This cannot be done any more: something changed in the meantime.") from None
