"""What stands on the route cards of a market. What somebody needs is not among it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from volunteer.config import Centre
from volunteer.documents.sheet import Tongues


class CardSize(StrEnum):
    """How large cards are printed."""

    A6 = "a6"
    """One a page, for who has the paper."""
    A5 = "a5"
    """One a page, larger."""
    A4 = "a4"
    """Four on a page, with lines to cut along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardStop:
    """One meeting, or a break."""

    hour: str
    """As people of the language write it."""
    name: str
    """Of the stand; of a break, what it is."""
    spot: str = ""
    """Empty for a break, and for a stand without a place yet."""
    shape: str = ""
    """Of its zone; empty without a spot."""
    is_break: bool = False
    what: str = ""
    """What somebody does there."""
    picture: str = ""
    with_interpreter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CardZone:
    """A part of the hall, for who walks about."""

    letter: str
    shape: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteCard:
    """What stands on one card and on no other."""

    number: int
    first_name: str
    """Empty for somebody of a group."""
    tongues: Tongues
    title: str
    """Of the market, in their language."""
    day: str
    stops: Sequence[CardStop]
    walks_about: bool
    """They chose to; else no stop means that there is no route yet."""
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteCards:
    """Cards in the order of printing, and what all of them share."""

    cards: Sequence[RouteCard]
    zones: Mapping[str, Sequence[CardZone]]
    """By language."""
    centre: Centre
    made_at: datetime
