"""What happened to the engine's picture of the offer."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class OfferCheckFailed(Event):
    """At night, what a worker had followed was not what it would have built afresh."""

    snapshot_version: str
    columns: str
    """Names, with commas between them."""
    opportunity_ids: str
    """The first of them, with commas between them."""
    roles: int
    """How many roles differed."""
