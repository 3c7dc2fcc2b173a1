"""``/api/v1/tokens``: a token with which a program speaks for an organisation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from volunteer.domain.accounts import ANSWERING, Role
from volunteer.domain.errors import InvalidValue, NotAllowed
from volunteer.models import Account, Organisation
from volunteer.services import accounts
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.api.bearer import READING, roles_in
from volunteer.web.api.errors import BAD_LOG_IN
from volunteer.web.extensions import current_core, limiter
from volunteer.web.schemas.token import LogInOnTheWire, TokenOnTheWire

blueprint = Blueprint("tokens", __name__, description="Tokens for programs of organisations.")


@blueprint.route("/tokens", methods=["POST"])
@limiter.limit("10 per minute")
@blueprint.arguments(LogInOnTheWire)
@blueprint.response(201, TokenOnTheWire)
@blueprint.alt_response(401, schema="Problem", description="The address or the password is not right.")
@blueprint.alt_response(403, schema="Problem", description="No role in this organisation.")
def issue(given: dict[str, Any]) -> dict[str, Any]:
    """Make a token that speaks for one organisation, with the rights of whoever logs in.

    It works until it is taken back, or until its owner has no role there any more.
    """
    units = current_core().units
    # Checking a password is slow on purpose: it stays outside the transaction that writes.
    with units.read() as uow:
        account = _authenticated(uow, given["email"], given["password"])
        organisation = _chosen(account, given["organisation_id"])
        roles = roles_in(account, organisation.id)
    with units.write() as uow:
        token = accounts.issue_token(uow, account.id, organisation.id)
    return {
        "token": token,
        "organisation_id": organisation.id,
        "organisation": organisation.name,
        "may_write": bool(roles & ANSWERING),
    }


def _authenticated(uow: UnitOfWork, email: str, password: str) -> Account:
    try:
        return accounts.authenticate(uow, email, password)
    except NotAllowed as error:
        error.code = BAD_LOG_IN
        raise


def _chosen(account: Account, organisation_id: UUID | None) -> Organisation:
    own = {
        membership.organisation.id: membership.organisation
        for membership in account.memberships
        if membership.organisation is not None and Role(membership.role) in READING
    }
    if organisation_id is None and len(own) > 1:
        raise InvalidValue("Say for which organisation.", field="organisation_id")
    chosen = next(iter(own.values()), None) if organisation_id is None else own.get(organisation_id)
    if chosen is None:
        raise NotAllowed("You have no role in this organisation.", field="organisation_id")
    return chosen
