"""The agreed moment, for the calendar of the person themselves: the same file as their mail carries."""

from __future__ import annotations

from uuid import UUID

from flask import Response

from volunteer.documents.calendar_file import calendar_file
from volunteer.domain.errors import NotFound
from volunteer.messages.in_calendar import appointment_of
from volunteer.messages.words import Facts
from volunteer.models import Introduction
from volunteer.services.opportunity_texts import said_in
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.calendar_reply import calendar_reply
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language
from volunteer.web.views.me.blueprint import blueprint


@blueprint.get("/me/introductions/<uuid:introduction_id>/calendar.ics")
@for_candidates
def calendar(introduction_id: UUID) -> Response:
    """One appointment; what was taken back is taken out of the calendar again."""
    centre = current_core().settings.centre
    with current_core().units.read() as uow:
        found = uow.session.get(Introduction, introduction_id)
        if found is None or found.candidate_id != own_file(uow).id:
            raise NotFound("This introduction is not there any more.")
        facts = Facts(
            language=current_language(),
            centre=centre,
            to_name="",
            link="",
            organisation=found.opportunity.organisation.name,
            role=said_in(found.opportunity, current_language()).title,
        )
        appointment = appointment_of(found, facts, for_team=False, made_at=uow.now)
    if appointment is None:
        raise NotFound("This introduction is not there any more.")
    return calendar_reply(calendar_file(appointment, centre))
