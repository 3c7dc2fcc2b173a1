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
