"""What happened to the questions of how it goes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class FollowUpAsked(Event):
    """It is time to ask one side how it goes."""

    follow_up_id: UUID


@dataclass(frozen=True, slots=True)
class FollowUpAnswered(Event):
    """One side said how it goes."""

    follow_up_id: UUID
