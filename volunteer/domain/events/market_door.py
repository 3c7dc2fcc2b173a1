"""What somebody at the door of a market said of a card."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class DoorSaid(Event):
    """One card came in, comes later, does not come, went home, or none of it after all."""

    visitor_id: UUID
    said: str
    """A ``DoorStep``."""
    by: str
    """``account:<id>`` or ``helper:<id>``."""
