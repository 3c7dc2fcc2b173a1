"""Small steps that several tests of roles take."""

from __future__ import annotations

from uuid import UUID

from tests.integration.services.conftest import Town
from volunteer.models import Opportunity
from volunteer.services import opportunity_dates


def state_of(town: Town, role: UUID) -> str:
    """The state of a role now."""
    with town.core.units.read() as uow:
        return uow.session.get_one(Opportunity, role).state


def tick(town: Town) -> None:
    """What the clock does once an hour, two roles at a time."""
    opportunity_dates.act(town.core.units, at_once=2)
