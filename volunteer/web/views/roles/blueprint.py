"""Where the pages about roles meet: which role, of which team, and whether this person may change it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from volunteer.domain.accounts import ANSWERING, SEEING
from volunteer.domain.errors import NotAllowed, NotFound
from volunteer.models import Opportunity
from volunteer.services import opportunity_states
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import staff

blueprint = Blueprint("roles", __name__)


def role_to_see(uow: UnitOfWork, role_id: UUID) -> Opportunity:
    """A role of a team that this person belongs to. Raises :class:`NotFound` for any other."""
    opportunity = uow.session.get(Opportunity, role_id)
    if opportunity is None or opportunity.organisation_id not in staff().organisations(*SEEING):
        raise NotFound("This role is not there any more.")
    return opportunity


def role_to_change(uow: UnitOfWork, role_id: UUID) -> Opportunity:
    """The same, held. Raises :class:`NotAllowed` for who only looks on."""
    role_to_see(uow, role_id)
    opportunity = opportunity_states.held(uow, role_id)
    may_change(opportunity.organisation_id)
    return opportunity


def may_change(organisation_id: UUID) -> None:
    """Raise :class:`NotAllowed` for who does not speak for this team."""
    if organisation_id not in staff().organisations(*ANSWERING):
        raise NotAllowed("You can look at this role. A colleague of your team changes it.")


def said_by() -> str:
    """Who speaks."""
    return f"account:{staff().account_id}"
