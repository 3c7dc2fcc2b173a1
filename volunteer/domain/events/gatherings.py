"""What happened to gatherings, and to those who come."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class GatheringPublished(Event):
    """It can be read, and people can sign up."""

    gathering_id: UUID


@dataclass(frozen=True, slots=True)
class GatheringMoved(Event):
    """It is at another time or another place than people were told."""

    gathering_id: UUID


@dataclass(frozen=True, slots=True)
class GatheringCancelled(Event):
    """It does not go on."""

    gathering_id: UUID


@dataclass(frozen=True, slots=True)
class GatheringNear(Event):
    """It is tomorrow."""

    gathering_id: UUID


@dataclass(frozen=True, slots=True)
class GatheringOver(Event):
    """It was yesterday."""

    gathering_id: UUID


@dataclass(frozen=True, slots=True)
class PartySignedUp(Event):
    """Somebody takes a seat, or waits for one."""

    party_id: UUID


@dataclass(frozen=True, slots=True)
class SeatOffered(Event):
    """A seat came free, and is kept for them for a while."""

    party_id: UUID


@dataclass(frozen=True, slots=True)
class SeatConfirmed(Event):
    """They said that they come."""

    party_id: UUID


@dataclass(frozen=True, slots=True)
class SeatLapsed(Event):
    """They did not say in time that they come."""

    party_id: UUID


@dataclass(frozen=True, slots=True)
class PartyWithdrew(Event):
    """They do not come."""

    party_id: UUID


@dataclass(frozen=True, slots=True)
class PartyResized(Event):
    """They come with more, or with fewer."""

    party_id: UUID


@dataclass(frozen=True, slots=True)
class PartyCame(Event):
    """They were counted at the door, or afterwards from the list."""

    party_id: UUID
    people: int


@dataclass(frozen=True, slots=True)
class GatheringAnswered(Event):
    """They said something to the one question afterwards, or something else."""

    party_id: UUID
