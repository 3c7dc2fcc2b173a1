"""One person of a support worker: only what that person allows, and each look is in their journal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.support import EntryKind, Scope
from volunteer.messages.spoken import call_for, is_to_tell
from volunteer.models import Candidate
from volunteer.queries.introductions import introductions_of
from volunteer.services import introductions, passing_on, support_links
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_support_workers, staff
from volunteer.web.extensions import current_core
from volunteer.web.first_page import steps
from volunteer.web.language import current_language, said_to_reader
from volunteer.web.language import gettext as _

blueprint = Blueprint("support_people", __name__, url_prefix="/support/people")


@dataclass(frozen=True, slots=True)
class ToPassOn:
    """What to tell this person, in their language and in the reader's."""

    id: UUID
    subject: str
    language: str
    theirs: tuple[str, ...]
    ours: tuple[str, ...]


@blueprint.get("/<uuid:link_id>")
@for_support_workers
def show(link_id: UUID) -> ResponseReturnValue:
    """How far things are, what an organisation wrote, what to pass on: each only with the person's yes."""
    with current_core().units.write() as uow:
        link, candidate, may = support_links.person_of(uow, link_id, staff().account_id)
        support_links.note(uow, link, EntryKind.LOOKED)
        return render_template(
            "support/person.html",
            link_id=link.id,
            name=candidate.first_name,
            may={str(scope) for scope in may},
            steps=steps(uow, candidate) if Scope.SEES_PROGRESS in may else [],
            replies=_replies(uow, candidate) if Scope.HELPS_ANSWER in may else [],
            messages=_to_pass_on(uow, candidate) if Scope.IS_CHANNEL in may else [],
        )


@blueprint.post("/<uuid:link_id>/messages/<uuid:message_id>")
@for_support_workers
def pass_on(link_id: UUID, message_id: UUID) -> ResponseReturnValue:
    """The support worker told the person; a second press leads where the first one led."""
    try:
        with current_core().units.write() as uow:
            passing_on.pass_on(uow, link_id, message_id, account_id=staff().account_id)
    except ImpossibleStep as error:
        flash(said_to_reader(error), "warning")
    else:
        flash(_("Passed on. The person sees that in their journal."), "success")
    return redirect(url_for(".show", link_id=link_id), code=303)


def _replies(uow: UnitOfWork, candidate: Candidate) -> list[tuple[str, str]]:
    """What organisations wrote to this person: their name, and the words."""
    found = [
        (each.opportunity.organisation.name, introductions.reply_to(uow, each))
        for each in introductions_of(uow.session, candidate.id)
    ]
    return [(name, reply) for name, reply in found if reply]


def _to_pass_on(uow: UnitOfWork, candidate: Candidate) -> list[ToPassOn]:
    core = current_core()
    found = []
    for message in passing_on.waiting(uow, candidate):
        if is_to_tell(uow, message):
            call = call_for(
                uow,
                message,
                centre=core.settings.centre,
                links=core.links,
                language=current_language(),
            )
            found.append(ToPassOn(message.id, call.subject, call.language, call.theirs, call.ours))
    return found
