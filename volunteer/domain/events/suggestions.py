"""What happened to suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class SuggestionsReady(Event):
    """The engine made a new list for a person (it may be empty)."""

    version: ClassVar[int] = 2  # without the count, which on a quiet day could tell of a need

    candidate_id: UUID
    list_id: UUID
    is_first: bool
    """The first list of this person: the moment to tell them how to come back."""


@dataclass(frozen=True, slots=True)
class NewRolesFound(Event):
    """Looking again brought sure roles that are news to somebody; said again until they know."""

    version: ClassVar[int] = 2  # without the count, as above

    candidate_id: UUID
    list_id: UUID


@dataclass(frozen=True, slots=True)
class OthersAskedFor(Event):
    """The person wants to see others than those on this list and on the lists it goes on from."""

    candidate_id: UUID
    list_id: UUID


@dataclass(frozen=True, slots=True)
class NewListAskedFor(Event):
    """The person said what does not suit them, and wants to see what is best now."""

    candidate_id: UUID
