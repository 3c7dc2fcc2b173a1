"""What happened to the map: its districts, and how long it takes to go from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class DistrictsImported(Event):
    """The districts were replaced, and with them where venues and people are."""

    import_id: UUID


@dataclass(frozen=True, slots=True)
class TravelImported(Event):
    """The table of travel times was replaced."""

    import_id: UUID


MAP_EVENTS = (DistrictsImported, TravelImported)
"""After these, everything that a snapshot knows about places is old."""
