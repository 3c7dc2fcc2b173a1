"""What happened to the offer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class OpportunityPublished(Event):
    """A role opened."""

    opportunity_id: UUID


@dataclass(frozen=True, slots=True)
class OpportunitySubmitted(Event):
    """A role was published, and waits for a day or for the approval of its organisation."""

    opportunity_id: UUID


@dataclass(frozen=True, slots=True)
class OpportunityTakenBack(Event):
    """A role that waited is a draft again."""

    opportunity_id: UUID


@dataclass(frozen=True, slots=True)
class OpportunityGrewStale(Event):
    """Nobody changed or confirmed an open role for long: its team is asked whether it still stands."""

    opportunity_id: UUID


@dataclass(frozen=True, slots=True)
class OpportunityConfirmed(Event):
    """Its team says that a role is still true."""

    opportunity_id: UUID


@dataclass(frozen=True, slots=True)
class OpportunityLapsed(Event):
    """A role closed, because nobody answered whether it still stands."""

    opportunity_id: UUID


@dataclass(frozen=True, slots=True)
class OpportunityChanged(Event):
    """A role changed in something that matching looks at, its state included."""

    opportunity_id: UUID


@dataclass(frozen=True, slots=True)
class OpportunitiesImported(Event):
    """A list of roles was read in one go."""

    import_id: UUID


@dataclass(frozen=True, slots=True)
class AccessAnswered(Event):
    """An organisation, a venue or a role got a new access answer."""

    organisation_id: UUID


CATALOGUE_EVENTS = (OpportunityPublished, OpportunityChanged, OpportunitiesImported, AccessAnswered)
"""The events after which a snapshot of the offer is no longer up to date."""
