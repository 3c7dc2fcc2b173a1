"""What happened to who comes to a market."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class VisitorRegistered(Event):
    """Somebody comes by themselves."""

    visitor_id: UUID


@dataclass(frozen=True, slots=True)
class GroupRegistered(Event):
    """A support worker brings a group."""

    group_id: UUID


@dataclass(frozen=True, slots=True)
class VisitorWithdrew(Event):
    """They do not come."""

    visitor_id: UUID


@dataclass(frozen=True, slots=True)
class GroupWithdrew(Event):
    """A group does not come."""

    group_id: UUID
