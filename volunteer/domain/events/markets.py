"""What happened to a market as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class MarketOpened(Event):
    """It can be read; stands apply and visitors register."""

    market_id: UUID


@dataclass(frozen=True, slots=True)
class MarketMoved(Event):
    """It is at another time or another place than people were told."""

    market_id: UUID


@dataclass(frozen=True, slots=True)
class MarketCancelled(Event):
    """It does not go on."""

    market_id: UUID


@dataclass(frozen=True, slots=True)
class MarketNear(Event):
    """It is tomorrow."""

    market_id: UUID


@dataclass(frozen=True, slots=True)
class MarketOver(Event):
    """It was yesterday."""

    market_id: UUID
