"""``/api/v1/candidates``: signing up, by the person or (pending, without needs) by somebody else."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, url_for
from flask_smorest import Blueprint

from volunteer.domain.access import parse_needs
from volunteer.domain.availability import Availability
from volunteer.domain.candidates import Channel, SignUp, clean_identifier, clean_name
from volunteer.domain.commitment import parse_commitments
from volunteer.domain.consent import GivenHow, Purpose
from volunteer.domain.devices import Kind
from volunteer.domain.errors import DomainError, ImpossibleStep
from volunteer.domain.interests import Interests
from volunteer.domain.languages import check_levels
from volunteer.queries.candidates import candidate_by_external_id
from volunteer.services import candidates, devices
from volunteer.services.contacts import clean_contact
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.api.errors import IN_USE
from volunteer.web.extensions import current_core, limiter
from volunteer.web.schemas.candidate import OTHER, EnrolledOnTheWire, PendingOnTheWire, SignUpOnTheWire

ORIGIN = "api"
LONGEST_EXTERNAL_ID = 120
_FOR_THE_PERSON_ALONE = ("needs_must", "needs_nice", "consents")

blueprint = Blueprint("candidates", __name__, description="People who want to volunteer.")


@blueprint.route("/candidates", methods=["POST"])
@limiter.limit("30 per minute")
@blueprint.arguments(SignUpOnTheWire)
@blueprint.response(201, EnrolledOnTheWire, description="Enrolled. The token is shown only now.")
@blueprint.alt_response(202, schema=PendingOnTheWire, description="Waits for its person to confirm it.")
@blueprint.alt_response(409, schema="Problem", description="The external id is in use.")
def enrol(given: dict[str, Any]) -> dict[str, Any] | tuple[Response, int]:
    """Sign someone up.

    Given by the person, with their consents: the file is confirmed, suggestions follow within a second, and
    the token in the answer shows them. Given by somebody else: the file waits for its person.
    """
    if given["given_by"] == OTHER:
        return _put_on_file(given)
    sign_up = understood(given)
    with current_core().units.write() as uow:
        _refuse_taken(uow, sign_up.external_id)
        candidate, card = candidates.enrol(uow, sign_up, origin=ORIGIN)
        # Whoever finds the card must not see by it what the person sees in the program they signed up with.
        token = devices.new_cookie()
        uow.session.flush()
        devices.welcome(uow, candidate.id, kind=Kind.PROGRAM, cookie=token)
    return {
        "id": candidate.id,
        "state": candidate.state,
        "token": token,
        "card": current_core().links.to(url_for("cards.by_card", token=card)),
        "suggestions": url_for("suggestions.show", candidate_id=candidate.id),
    }


def _put_on_file(given: dict[str, Any]) -> tuple[Response, int]:
    left_out = [name for name in _FOR_THE_PERSON_ALONE if given[name]]
    sign_up = understood(given | {name: [] for name in _FOR_THE_PERSON_ALONE})
    with current_core().units.write() as uow:
        _refuse_taken(uow, sign_up.external_id)
        candidate = candidates.put_on_file(uow, sign_up, origin=ORIGIN)
    pending = {
        "id": candidate.id,
        "state": candidate.state,
        "expires_at": candidate.expires_at,
        "left_out": left_out,
    }
    return jsonify(PendingOnTheWire().dump(pending)), 202


def understood(given: dict[str, Any]) -> SignUp:
    """What was sent, as the domain knows it; the whole is checked. Raises :class:`DomainError`."""
    channel = Channel(given["channel"])
    external_id = given["external_id"]
    try:
        sign_up = SignUp(
            first_name=clean_name(given["first_name"]),
            language=given["language"],
            municipality=given["municipality"],
            postal_code=given["postal_code"],
            district=given["district"] or None,
            travel_minutes=given["travel_minutes"],
            commitments=parse_commitments(given["commitments"]),
            interests=Interests.of(
                can=given["tasks_can"],
                want=given["tasks_want"],
                learn=given["tasks_learn"],
                sectors=given["sectors"],
            ),
            languages=check_levels(given["languages"]),
            times=Availability.parse(given["times"]),
            channel=channel,
            contact=clean_contact(channel, given["contact"] or ""),
            needs=parse_needs(given["needs_must"], given["needs_nice"]),
            consents=frozenset(Purpose(purpose) for purpose in given["consents"]),
            given_how=GivenHow.API,
            external_id=clean_identifier(external_id, longest=LONGEST_EXTERNAL_ID, field="external_id")
            if external_id
            else None,
        )
        if given["given_by"] != OTHER:
            sign_up.check()
    except DomainError as error:
        error.field = _name_on_the_wire(error.field)
        raise
    return sign_up


def _refuse_taken(uow: UnitOfWork, external_id: str | None) -> None:
    if external_id and candidate_by_external_id(uow.session, external_id):
        raise ImpossibleStep("This external id is in use already.", field="external_id", code=IN_USE)


def _name_on_the_wire(field: str | None) -> str | None:
    """The domain names the fields of a form; on the wire some have another name."""
    if field is None:
        return None
    if field.startswith("contact_"):
        return "contact"
    if field.startswith("consent_"):
        return "consents"
    return "needs_must" if field == "needs" else field
