"""What happened to organisations."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class OrganisationSuspended(Event):
    """None of its roles is suggested any more, and whoever was to meet it waits."""

    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class OrganisationReinstated(Event):
    """The desk lifted it: everything goes on."""

    organisation_id: UUID
