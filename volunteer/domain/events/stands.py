"""What happened to a stand."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class StandApplied(Event):
    """An organisation asks for a stand."""

    stand_id: UUID


@dataclass(frozen=True, slots=True)
class StandConfirmed(Event):
    """The desk said yes."""

    stand_id: UUID


@dataclass(frozen=True, slots=True)
class StandRefused(Event):
    """The desk said no."""

    stand_id: UUID


@dataclass(frozen=True, slots=True)
class StandWithdrew(Event):
    """The organisation does not come."""

    stand_id: UUID
