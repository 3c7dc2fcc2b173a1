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


@dataclass(frozen=True, slots=True)
class OrganisationJoined(Event):
    """A new one confirmed its address, and waits for the desk."""

    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class OrganisationApproved(Event):
    """The desk said yes: what it offers may be shown."""

    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class OrganisationAsked(Event):
    """The desk asked it something."""

    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class OrganisationRefused(Event):
    """The desk said no, and why."""

    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class OrganisationHeldBack(Event):
    """It had a yes, and has none any more: whoever was to meet it waits."""

    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class OrganisationLetOn(Event):
    """It had no yes, and has one: whoever waited goes on."""

    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class OrganisationToCheck(Event):
    """It answered, or changed something that matters."""

    organisation_id: UUID
