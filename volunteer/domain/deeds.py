"""What a desk worker does in somebody's file, beside talking: each is written down with who did it."""

from __future__ import annotations

from enum import StrEnum


class DeedKind(StrEnum):
    """What was done."""

    ANSWERS = "answers"
    """Answers were changed, or a waiting file was confirmed together."""
    NEEDS = "needs"
    """What helps was changed; what it was and is, is not told."""
    TAKEN_BACK = "taken_back"
    """A yes that the person took back was written down."""
    NEW_CARD = "new_card"
    CARD_STOPPED = "card_stopped"
    DEVICE_REFUSED = "device_refused"
    CLOSED_EVERYWHERE = "closed_everywhere"
    """Whatever was open of this file in any browser was closed."""
    WITHDRAWN = "withdrawn"
    """An introduction was taken back, as the person asked."""
    TIME_ANSWERED = "time_answered"
    """A proposed time was chosen with the person, or none."""


ABOUT_CARDS = frozenset(
    {DeedKind.NEW_CARD, DeedKind.CARD_STOPPED, DeedKind.DEVICE_REFUSED, DeedKind.CLOSED_EVERYWHERE}
)
"""What is told beside the card of a person."""
