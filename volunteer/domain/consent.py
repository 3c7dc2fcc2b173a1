"""What a person can agree to, each apart, each as easily taken back as given."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

TEXT_VERSION = "2026-11-22.3"
"""Version of the words in which consent is asked; it changes whenever they do."""


class Purpose(StrEnum):
    """What the data may be used for."""

    ACCOUNT = "account"
    MATCH = "match"
    NEEDS = "needs"
    FOLLOW_UP = "follow_up"
    """Hearing from us unasked: how it goes, and what newly fits."""
    STATISTICS = "statistics_and_learning"


NECESSARY = frozenset({Purpose.ACCOUNT, Purpose.MATCH})
"""Without these there is nothing we could do for someone."""


class GivenHow(StrEnum):
    """In what way someone said yes."""

    OWN_DEVICE = "own_device"
    KIOSK = "kiosk"
    DESK = "desk"
    PAPER = "paper"
    API = "api"
    DEMO = "demo"


_SHARING = "share_with"


def sharing_with(organisation_id: UUID) -> str:
    """The purpose of sharing with one organisation."""
    return f"{_SHARING}:{organisation_id}"


def shared_with(purpose: str) -> UUID | None:
    """The organisation that this purpose shares with; ``None`` for any other purpose."""
    kind, _, organisation_id = purpose.partition(":")
    return UUID(organisation_id) if kind == _SHARING else None


def without_whom(purpose: str) -> str:
    """The purpose without the organisation it names: what may be kept when nothing may lead to a person."""
    return _SHARING if shared_with(purpose) else purpose
