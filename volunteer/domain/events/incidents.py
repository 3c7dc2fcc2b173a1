"""What happened to what was reported."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class IncidentReported(Event):
    """Somebody said that something is not right."""

    incident_id: UUID


@dataclass(frozen=True, slots=True)
class IncidentClosed(Event):
    """It was looked into, and something can be said about it."""

    incident_id: UUID
