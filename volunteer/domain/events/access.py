"""What happened to the plans of organisations."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class AccessPlanMade(Event):
    """An organisation means to make something possible."""

    plan_id: UUID


@dataclass(frozen=True, slots=True)
class AccessPlanDue(Event):
    """The day of a plan has come, and it still stands open."""

    plan_id: UUID


@dataclass(frozen=True, slots=True)
class AccessPlanFinished(Event):
    """A plan was done or dropped."""

    plan_id: UUID
    was_done: bool
