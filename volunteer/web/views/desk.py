"""The desk's today page: what to ask, whom to call, what is stuck, and the day in figures."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.queries.deliveries import unfinished_count
from volunteer.queries.desk import counts
from volunteer.services import deliveries, figures, messages, questions
from volunteer.web.auth import for_desk, staff
from volunteer.web.dates import spoken_day, spoken_hour
from volunteer.web.desk_rows import call_rows, question_rows, stuck_rows
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.figure_lines import openings
from volunteer.web.forms import desk as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.language import gettext as _
from volunteer.web.language import said_to_reader

blueprint = Blueprint("desk", __name__, url_prefix="/desk")

_INVALID = 422


@blueprint.get("")
@for_desk
def today() -> ResponseReturnValue:
    """The page of the day; the row that waits longest is open."""
    return _today()


@blueprint.get("/figures")
@for_desk
def city_figures() -> ResponseReturnValue:
    """What would open most for people who have nothing sure now."""
    with current_core().units.read() as uow:
        would_open = openings(figures.of_city(uow))
    return render_template("desk/figures.html", would_open=would_open)


@blueprint.get("/questions/<uuid:row_id>", endpoint="question")
@blueprint.get("/calls/<uuid:row_id>", endpoint="call")
@blueprint.get("/stuck/<uuid:row_id>", endpoint="stuck")
@for_desk
def open_row(row_id: UUID) -> ResponseReturnValue:
    """The page of the day with one row open."""
    return _today(opened=row_id)


@blueprint.post("/questions/<uuid:row_id>")
@for_desk
def answer_question(row_id: UUID) -> ResponseReturnValue:
    """Write down what the organisation said; whoever waited for it is looked at again by a worker."""
    answers = forms.answer(request.form)
    try:
        with current_core().units.write() as uow:
            questions.answer(
                uow,
                row_id,
                said=forms.said(answers),
                languages=forms.languages(answers),
                note=forms.note(answers),
                account_id=staff().account_id,
            )
    except InvalidValue as error:
        return _today(opened=row_id, answers=answers, error=error)
    except (NotFound, ImpossibleStep) as error:
        return _gone(error)
    return _done(_("Written down. Whoever waited for this is looked at again."))


@blueprint.post("/calls/<uuid:row_id>")
@for_desk
def finish_call(row_id: UUID) -> ResponseReturnValue:
    """Somebody was told; or their address was learned, and the message is sent to it."""
    answers = forms.call(request.form)
    try:
        with current_core().units.write() as uow:
            if request.form.get("do") == "send":
                messages.send_after_all(uow, row_id, email=answers.get("email", ""))
            else:
                messages.mark_done(uow, row_id)
    except InvalidValue as error:
        return _today(opened=row_id, answers=answers, error=error)
    except (NotFound, ImpossibleStep) as error:
        return _gone(error)
    return _done(_("Done. Thank you."))


@blueprint.post("/stuck/<uuid:row_id>")
@for_desk
def try_again(row_id: UUID) -> ResponseReturnValue:
    """Bring back work that was given up."""
    try:
        with current_core().units.write() as uow:
            deliveries.retry(uow, row_id)
    except NotFound as error:
        return _gone(error)
    return _done(_("We try it again now."))


def _today(
    *, opened: UUID | None = None, answers: Answers | None = None, error: DomainError | None = None
) -> ResponseReturnValue:
    core = current_core()
    with core.units.read() as uow:
        asks, calls, stuck = question_rows(uow), call_rows(uow), stuck_rows(uow)
        figures = counts(uow.session, since=_start_of_day(uow.now))
        unfinished = unfinished_count(uow.session)
        now = uow.now
    rows = [*(row.id for row in asks), *(row.call.message_id for row in calls), *(row.id for row in stuck)]
    if opened is not None and opened not in rows:
        return _gone(NotFound("This was done already."))
    page = render_template(
        "desk/today.html",
        asks=asks,
        calls=calls,
        stuck=stuck,
        figures=figures,
        unfinished=unfinished,
        opened=opened or next(iter(rows), None),
        day=spoken_day(now),
        hour=spoken_hour(now),
        answers=answers or {},
        errors=form_errors([error]) if error else [],
    )
    return page, _INVALID if error else 200


def _start_of_day(now: datetime) -> datetime:
    local = now.astimezone(ZoneInfo(current_core().settings.centre.time_zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _gone(error: DomainError) -> ResponseReturnValue:
    flash(said_to_reader(error), "warning")
    return redirect(url_for("desk.today"), code=303)


def _done(said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("desk.today"), code=303)
