"""What happened to suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class SuggestionsReady(Event):
    """The engine made a new list for a person (it may be empty)."""

    candidate_id: UUID
    list_id: UUID
    count: int
    is_first: bool
    """The first list of this person: the moment to tell them how to come back."""


@dataclass(frozen=True, slots=True)
class NewRolesFound(Event):
    """Looking again brought sure roles that are news to somebody; said again until they know."""

    candidate_id: UUID
    list_id: UUID
    count: int
