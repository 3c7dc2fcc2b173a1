"""What the desk does with a report that something is not right, and with the organisation it is about."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.models import Incident
from volunteer.services import incidents, suspensions
from volunteer.web.auth import for_desk, staff
from volunteer.web.desk.page import done, gone, today_page
from volunteer.web.extensions import current_core
from volunteer.web.forms import incidents as forms
from volunteer.web.forms.answers import text
from volunteer.web.forms.desk import unknown_button
from volunteer.web.language import gettext as _

blueprint = Blueprint("desk_reports", __name__, url_prefix="/desk")


@blueprint.post("/reports/<uuid:row_id>")
@for_desk
def deal_with(row_id: UUID) -> ResponseReturnValue:
    """Take it upon oneself, say that it can (not) wait, close it, or hold the organisation back meanwhile."""
    answers = forms.closing(request.form)
    account_id = staff().account_id
    try:
        with current_core().units.write() as uow:
            match request.form.get("do"):
                case "urgent" | "calm" as how:
                    incidents.set_urgent(uow, row_id, urgent=how == "urgent")
                    said = _("Written down.")
                case "close":
                    incidents.close(
                        uow,
                        row_id,
                        outcome=text(answers, "outcome"),
                        words=text(answers, "done"),
                        account_id=account_id,
                    )
                    said = _("Closed. Whoever wanted to hear of it is told.")
                case "suspend":
                    incidents.take(uow, row_id, account_id=account_id)
                    about = _organisation_of(uow.session.get(Incident, row_id))
                    suspensions.suspend(uow, about, account_id=account_id)
                    said = _("Suspended. Those concerned are told.")
                case "take":
                    incidents.take(uow, row_id, account_id=account_id)
                    said = _("You look into it.")
                case _unknown:
                    raise unknown_button()
    except InvalidValue as error:
        return today_page(opened=("reports", row_id), answers=answers, error=error)
    except (NotFound, ImpossibleStep) as error:
        return gone(error)
    return done(said)


@blueprint.post("/suspended/<uuid:row_id>")
@for_desk
def lift(row_id: UUID) -> ResponseReturnValue:
    """The organisation goes on, and with it whoever waited."""
    try:
        with current_core().units.write() as uow:
            suspensions.reinstate(uow, row_id, account_id=staff().account_id)
    except DomainError as error:
        return gone(error)
    return done(_("It goes on. Those concerned are told."))


def _organisation_of(incident: Incident | None) -> UUID:
    if incident is None or incident.organisation_id is None:
        raise NotFound("This report names no organisation.")
    return incident.organisation_id
