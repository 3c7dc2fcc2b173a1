"""What a support worker answered for somebody: they look, and undo it or say that it was not theirs.

Opened by the link of a message, or in one's own file. Programs that look at mail open links too: only a
button changes anything.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.support import EntryKind
from volunteer.links import Purpose
from volunteer.models import Candidate, SupportLink
from volunteer.services import passed_answers
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_candidates, own_file
from volunteer.web.dates import spoken_day
from volunteer.web.extensions import current_core, limiter
from volunteer.web.language import current_language, said_to_reader
from volunteer.web.language import gettext as _
from volunteer.web.passed_at_desk import what_was_said
from volunteer.web.support_words import answer_in_words

blueprint = Blueprint("passed_answers", __name__)

_Whose = Callable[[UnitOfWork], Candidate]


@blueprint.get("/passed/<token>")
@limiter.limit("60 per minute")
def show(token: str) -> ResponseReturnValue:
    """What was answered, by the link of a message."""
    entry_id, proof = current_core().links.read(Purpose.PASSED_ANSWER, token)
    return _show(entry_id, lambda uow: passed_answers.by_link(uow, entry_id, proof))


@blueprint.post("/passed/<token>")
@limiter.limit("30 per minute")
def say(token: str) -> ResponseReturnValue:
    """One press undoes it, or says that it was not theirs."""
    entry_id, proof = current_core().links.read(Purpose.PASSED_ANSWER, token)
    _say(entry_id, lambda uow: passed_answers.by_link(uow, entry_id, proof))
    return redirect(url_for(".show", token=token), code=303)


@blueprint.get("/me/support/answers/<uuid:entry_id>")
@for_candidates
def show_own(entry_id: UUID) -> ResponseReturnValue:
    """The same, in one's own file."""
    return _show(entry_id, own_file)


@blueprint.post("/me/support/answers/<uuid:entry_id>")
@for_candidates
def say_own(entry_id: UUID) -> ResponseReturnValue:
    """The same, in one's own file."""
    _say(entry_id, own_file)
    return redirect(url_for(".show_own", entry_id=entry_id), code=303)


def _show(entry_id: UUID, whose: _Whose) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        entry = passed_answers.own_entry(uow, whose(uow), entry_id)
        state = passed_answers.state_of(uow, entry)
        link = uow.session.get_one(SupportLink, entry.link_id)
        return render_template(
            "me/passed_answer.html",
            name=link.account.name,
            organisation=link.organisation.name,
            day=spoken_day(entry.done_at),
            answer=answer_in_words(EntryKind(entry.kind), stands=state.stands),
            what=what_was_said(uow, entry),
            is_taken_back=state.is_taken_back,
            is_denied=state.is_denied,
            can_undo=state.can_be_undone(uow.now),
            can_deny=state.can_be_denied(uow.now),
        )


def _say(entry_id: UUID, whose: _Whose) -> None:
    is_undone = True
    try:
        with current_core().units.write() as uow:
            if request.form.get("do") == "undo":
                passed_answers.undo(uow, whose(uow), entry_id)
            else:
                is_undone = passed_answers.deny(uow, whose(uow), entry_id, language=current_language())
    except ImpossibleStep as error:
        flash(said_to_reader(error), "warning")
    else:
        if is_undone:
            flash(_("Done. It does not count any more."), "success")
        else:
            flash(_("We wrote down that it was not you."), "success")
