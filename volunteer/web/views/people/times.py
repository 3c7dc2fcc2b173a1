"""A colleague at the desk chooses a proposed time together with the person, or says that none suits."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from volunteer.domain.deeds import DeedKind
from volunteer.domain.errors import ImpossibleStep, InvalidValue
from volunteer.services import deeds
from volunteer.web.auth import for_desk, staff
from volunteer.web.extensions import current_core
from volunteer.web.language import gettext as _
from volunteer.web.language import said_to_reader
from volunteer.web.proposed_times import take_answer
from volunteer.web.views.people.blueprint import blueprint, page_of, person


@blueprint.post("/<uuid:candidate_id>/introductions/<uuid:introduction_id>/time")
@for_desk
def choose_time(candidate_id: UUID, introduction_id: UUID) -> ResponseReturnValue:
    """The person, who is here or on the phone, says which time suits; who wrote it down is kept."""
    try:
        with current_core().units.write() as uow:
            candidate = person(uow, candidate_id)
            take_answer(uow, candidate, introduction_id)
            deeds.note(uow, candidate.id, DeedKind.TIME_ANSWERED, account_id=staff().account_id)
    except (ImpossibleStep, InvalidValue) as error:
        flash(said_to_reader(error), "warning")
    else:
        flash(_("Written down. We tell the organisation."), "success")
    return redirect(page_of(candidate_id), code=303)
