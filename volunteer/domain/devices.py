"""Devices on which a person opens their file: what sort of thing it is, and who confirms it."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

REMEMBERED = timedelta(days=90)
"""So long a confirmed device that is not used is known again."""
SHARED_STAYS = timedelta(hours=2)
"""A device that many people use is confirmed for one sitting."""
WAITS_FOR_LINK = timedelta(days=1)
"""A text message is read the same day; a link that lies about longer is a risk."""
WAITS_FOR_DESK = timedelta(days=3)
"""Long enough for the weekend and the first day after it."""
SHARED_WAITS = timedelta(minutes=30)
"""On a shared screen the person stands there and waits."""


class Kind(StrEnum):
    """What a person would call the thing; nothing finer is kept of a browser."""

    PHONE = "phone"
    TABLET = "tablet"
    COMPUTER = "computer"
    KIOSK = "kiosk"
    PROGRAM = "program"
    """No thing at all: what somebody signed up through, with a token in place of a cookie."""


class Asked(StrEnum):
    """Who is to say that it is this person's device."""

    OWN_CHANNEL = "own_channel"
    DESK = "desk"


SIGN_UP = "sign_up"
"""Confirmed because its person signed up on it."""


def kind_of(user_agent: str) -> Kind:
    """What kind of device calls itself so; whatever says nothing is a computer."""
    if "iPad" in user_agent or "Tablet" in user_agent:
        return Kind.TABLET
    if "Mobi" in user_agent:
        return Kind.PHONE
    return Kind.TABLET if "Android" in user_agent else Kind.COMPUTER
