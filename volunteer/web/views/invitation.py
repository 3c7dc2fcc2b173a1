"""Taking up an invitation: the link in the mail to an organisation that nobody answers for yet."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.links import Purpose
from volunteer.services import accounts
from volunteer.web.auth import log_in
from volunteer.web.errors import FormError, status_of
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import auth as forms
from volunteer.web.forms.auth import Secret
from volunteer.web.language import said_to_reader

blueprint = Blueprint("invitation", __name__)

_INVALID = 422


@blueprint.get("/join/<token>")
@limiter.limit("60 per minute")
def show(token: str) -> ResponseReturnValue:
    """What the invitation offers. Opening it changes nothing: mail scanners open links too."""
    try:
        return _page(*_invited(token), forms.invitation(request.form))
    except DomainError as error:
        return _over(error)


@blueprint.post("/join/<token>")
@limiter.limit("20 per minute")
def take_up(token: str) -> ResponseReturnValue:
    """Make the account, and go to the introduction that waits."""
    form = forms.invitation(request.form)
    try:
        organisation_id, proof = _invited(token)
    except DomainError as error:
        return _over(error)
    try:
        with current_core().units.write() as uow:
            account = accounts.join(
                uow,
                organisation_id,
                proof=proof,
                name=form.text("name"),
                password=form.password("password"),
            )
    except (InvalidValue, NotAllowed) as error:
        return _page(organisation_id, proof, form, error)
    except DomainError as error:
        return _over(error)
    log_in(account)
    return redirect(url_for("organisation.home"), code=303)


def _invited(token: str) -> tuple[UUID, str]:
    return current_core().links.read(Purpose.JOIN_ORGANISATION, token)


def _page(
    organisation_id: UUID, proof: str, form: Secret, error: DomainError | None = None
) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        invitation = accounts.invitation_to(uow, organisation_id, proof=proof)
    # Nothing but a name and a password is asked here; a wrong address cannot be what is wrong.
    field = "name" if error and error.field == "name" else "password"
    page = render_template(
        "auth/invitation.html",
        organisation=invitation.organisation.name,
        email=invitation.email,
        has_account=invitation.account is not None,
        answers=form.answers,
        errors=[FormError(field, said_to_reader(error))] if error else [],
    )
    return page, _INVALID if error else 200


def _over(error: DomainError) -> ResponseReturnValue:
    """The link does not work (any more): say why, and how to go on."""
    was_used = isinstance(error, ImpossibleStep)
    gone = was_used or isinstance(error, NotFound) or error.code == "link_expired"
    page = render_template("auth/invitation_over.html", text=said_to_reader(error), was_used=was_used)
    return page, 410 if gone else status_of(error)
