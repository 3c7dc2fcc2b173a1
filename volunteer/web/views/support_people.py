"""One person of a support worker: only what that person allows, and each look is in their journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import ImpossibleStep, InvalidValue
from volunteer.domain.support import EntryKind, Scope
from volunteer.messages.spoken import call_for, is_to_tell
from volunteer.models import Candidate
from volunteer.services import passed_answers, passing_on, support_links
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_support_workers, staff
from volunteer.web.extensions import current_core
from volunteer.web.first_page import steps
from volunteer.web.forms import follow_ups
from volunteer.web.forms import proposed_times as times
from volunteer.web.language import current_language, said_to_reader
from volunteer.web.language import gettext as _
from volunteer.web.to_answer import answers_of

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
            may_pass_on=support_links.may_pass_on(uow, link),
            answers=answers_of(uow, candidate) if Scope.HELPS_ANSWER in may else [],
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


@blueprint.post("/<uuid:link_id>/introductions/<uuid:introduction_id>")
@for_support_workers
def answer(link_id: UUID, introduction_id: UUID) -> ResponseReturnValue:
    """The person said which time suits, or that none does, or that they cannot come."""

    def passed_on(uow: UnitOfWork, account_id: UUID) -> None:
        if times.cannot_come(request.form):
            passed_answers.cannot_come(uow, link_id, introduction_id, account_id=account_id)
        else:
            moment = times.chosen(request.form)
            passed_answers.choose_time(uow, link_id, introduction_id, moment, account_id=account_id)

    return _pass_answer(link_id, passed_on)


@blueprint.post("/<uuid:link_id>/how/<uuid:follow_up_id>")
@for_support_workers
def tell_how(link_id: UUID, follow_up_id: UUID) -> ResponseReturnValue:
    """The person said how it goes."""

    def passed_on(uow: UnitOfWork, account_id: UUID) -> None:
        going, _outcomes = follow_ups.answer(request.form)
        passed_answers.tell_how(uow, link_id, follow_up_id, going, account_id=account_id)

    return _pass_answer(link_id, passed_on)


def _pass_answer(link_id: UUID, passed_on: Callable[[UnitOfWork, UUID], None]) -> ResponseReturnValue:
    try:
        with current_core().units.write() as uow:
            passed_on(uow, staff().account_id)
    except (ImpossibleStep, InvalidValue) as error:
        flash(said_to_reader(error), "warning")
    else:
        flash(_("Passed on. The person hears of it, and can say that it is not right."), "success")
    return redirect(url_for(".show", link_id=link_id), code=303)


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
