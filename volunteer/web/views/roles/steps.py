"""What a team does with a role: publish, put on hold, fill, close, open again, confirm, throw away."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.opportunities import OpportunityState, Step
from volunteer.services import opportunity_states
from volunteer.web.auth import for_members
from volunteer.web.extensions import current_core
from volunteer.web.language import gettext as _
from volunteer.web.language import said_to_reader
from volunteer.web.views.roles.blueprint import blueprint, role_to_change


@blueprint.post("/organisation/roles/<uuid:role_id>/step")
@for_members
def take(role_id: UUID) -> ResponseReturnValue:
    """Go the step whose button was pressed; what cannot be done says why, and changes nothing."""
    pressed = request.form.get("step", "")
    if pressed not in set(Step) - {Step.WAIT}:
        raise NotFound("There is nothing at this address.")
    try:
        with current_core().units.write() as uow:
            opportunity = role_to_change(uow, role_id)
            if pressed == Step.OPEN:
                opportunity_states.publish(uow, opportunity)
            else:
                opportunity_states.take(uow, opportunity, Step(pressed))
            state = OpportunityState(opportunity.state)
    except InvalidValue as error:
        flash(said_to_reader(error), "warning")
        return redirect(url_for("roles.edit", role_id=role_id), code=303)
    except ImpossibleStep as error:
        flash(said_to_reader(error), "warning")
    else:
        flash(_done(state), "success")
    return redirect(url_for("roles.show", role_id=role_id), code=303)


@blueprint.post("/organisation/roles/<uuid:role_id>/confirm")
@for_members
def confirm(role_id: UUID) -> ResponseReturnValue:
    """It is still true."""
    try:
        with current_core().units.write() as uow:
            opportunity_states.confirm(uow, role_to_change(uow, role_id))
    except ImpossibleStep as error:
        flash(said_to_reader(error), "warning")
    else:
        flash(_("Thank you. We go on looking for people."), "success")
    return redirect(url_for("roles.show", role_id=role_id), code=303)


@blueprint.post("/organisation/roles/<uuid:role_id>/discard")
@for_members
def discard(role_id: UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    with current_core().units.write() as uow:
        opportunity_states.discard(uow, role_to_change(uow, role_id))
    flash(_("The draft is gone."), "success")
    return redirect(url_for("roles.index"), code=303)


def _done(state: OpportunityState) -> str:
    return {
        OpportunityState.DRAFT: _("It is a draft again. Nobody sees it."),
        OpportunityState.WAITING: _("Your role is ready, and waits."),
        OpportunityState.OPEN: _("Your role is open. We look for people from now on."),
        OpportunityState.PAUSED: _("Your role is on hold. We suggest it to nobody."),
        OpportunityState.FULL: _("Well done. We suggest it to nobody any more."),
        OpportunityState.CLOSED: _("Your role is closed. Whoever waited for it is told."),
    }[state]
