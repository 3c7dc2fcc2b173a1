"""A company day at the desk: what the company brings, and what meets what organisations ask for."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import InvalidValue
from volunteer.domain.interests import TASKS
from volunteer.services import company_days
from volunteer.web.auth import for_desk
from volunteer.web.errors import form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms.answers import several, typed
from volunteer.web.gathering_lists import listed
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.views.gatherings.blueprints import at_desk


@at_desk.get("/<uuid:gathering_id>/expertise")
@for_desk
def expertise(gathering_id: UUID) -> ResponseReturnValue:
    """Each task, who asks for it and who offers it; to look at, and to print."""
    return _page(gathering_id)


@at_desk.post("/<uuid:gathering_id>/expertise")
@for_desk
def say_expertise(gathering_id: UUID) -> ResponseReturnValue:
    """What the company as a whole brings."""
    chosen = several(typed(request.form, lists=("expertise",)), "expertise")
    try:
        with current_core().units.write() as uow:
            company_days.say_offer(uow, gathering_id, chosen)
    except InvalidValue as error:
        return _page(gathering_id, error)
    flash(_("Saved."), "success")
    return redirect(url_for(".expertise", gathering_id=gathering_id), code=303)


def _page(gathering_id: UUID, error: InvalidValue | None = None) -> ResponseReturnValue:
    language = current_language()
    with current_core().units.read() as uow:
        gathering = company_days.found(uow, gathering_id)
        company = gathering.organisation.name if gathering.organisation else _("The company")
        page = render_template(
            "gatherings/expertise.html",
            found=listed(uow, [gathering])[0],
            rows=company_days.meetings(uow, gathering, company=company),
            task_names={code: task.label(language) for code, task in TASKS.items()},
            offered=gathering.expertise_offered,
            errors=form_errors([error], field="expertise") if error else [],
        )
    return page, status_of(error) if error else 200
