"""The person chooses one of the times that an organisation proposed, or says that none suits."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import ImpossibleStep, InvalidValue
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.extensions import current_core
from volunteer.web.language import said_to_reader
from volunteer.web.proposed_times import take_answer
from volunteer.web.views.me.blueprint import blueprint


@blueprint.post("/me/introductions/<uuid:introduction_id>/time")
@for_candidates
def choose_time(introduction_id: UUID) -> ResponseReturnValue:
    """One press chooses; whatever changed meanwhile is said, and the page shows how it stands."""
    try:
        with current_core().units.write() as uow:
            said = take_answer(uow, own_file(uow), introduction_id)
    except (ImpossibleStep, InvalidValue) as error:
        flash(said_to_reader(error), "warning")
    else:
        flash(said, "success")
    return redirect(url_for("me.file"), code=303)
