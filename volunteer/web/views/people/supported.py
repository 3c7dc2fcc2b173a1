"""At the desk: somebody did not ask for their file, wants nothing more of their support worker, or did not
give an answer that was passed on.
"""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.candidates import CandidateState
from volunteer.domain.deeds import DeedKind
from volunteer.domain.errors import ImpossibleStep
from volunteer.services import deeds, passed_answers, pending_files, support_links
from volunteer.web.auth import for_desk, staff
from volunteer.web.card_panel import keep_issued, replaced_at_desk
from volunteer.web.extensions import current_core
from volunteer.web.language import gettext as _
from volunteer.web.language import said_to_reader
from volunteer.web.views.people.blueprint import blueprint, page_of, person


@blueprint.post("/<uuid:candidate_id>/contest")
@for_desk
def contest(candidate_id: UUID) -> ResponseReturnValue:
    """The person did not ask for this file: it goes at once, and a report without a name stays."""
    account_id = staff().account_id
    with current_core().units.write() as uow:
        candidate = person(uow, candidate_id, hold=True)
        if candidate.state != CandidateState.PENDING:
            raise ImpossibleStep("This person confirmed their file. Erase it, if they ask for that.")
        support_links.check_witness(uow, candidate.id, account_id)
        pending_files.contest(uow, candidate, language=candidate.language, account_id=account_id)
    flash(_("Erased. That they did not ask for it stands among the reports."), "success")
    return redirect(url_for("desk.today"), code=303)


@blueprint.post("/<uuid:candidate_id>/support/<uuid:link_id>/stop")
@for_desk
def stop_supporter(candidate_id: UUID, link_id: UUID) -> ResponseReturnValue:
    """The person, who is here or on the phone, wants nothing more of this support worker."""
    account_id = staff().account_id
    with current_core().units.write() as uow:
        candidate = person(uow, candidate_id, hold=True)
        support_links.check_witness(uow, candidate.id, account_id)
        link = support_links.own_link(uow, candidate, link_id)
        token = support_links.end(uow, link, by=f"account:{account_id}")
        deeds.note(uow, candidate.id, DeedKind.TAKEN_BACK, account_id=account_id)
    flash(_("Taken back, as they asked."), "success")
    if token is not None:
        keep_issued(candidate_id, token)
        flash(replaced_at_desk(), "warning")
    return redirect(page_of(candidate_id, "agreed"), code=303)


@blueprint.post("/<uuid:candidate_id>/support/answers/<uuid:entry_id>")
@for_desk
def say_of_passed(candidate_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """The person, who is here or on the phone, undoes a passed-on answer, or says it was not theirs."""
    account_id = staff().account_id
    by, is_undone = f"account:{account_id}", True
    try:
        with current_core().units.write() as uow:
            candidate = person(uow, candidate_id)
            support_links.check_witness(uow, candidate.id, account_id)
            if request.form.get("do") == "undo":
                passed_answers.undo(uow, candidate, entry_id, by=by)
            else:
                is_undone = passed_answers.deny(uow, candidate, entry_id, language=candidate.language, by=by)
    except ImpossibleStep as error:
        flash(said_to_reader(error), "warning")
    else:
        if is_undone:
            flash(_("Undone, as they asked."), "success")
        else:
            flash(_("Written down. What came of it is not undone: look at it together."), "warning")
    return redirect(page_of(candidate_id, "passed"), code=303)
