"""The desk's today page, and what is done from its rows."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.models import Signal
from volunteer.services import (
    calls,
    deliveries,
    figures,
    messages,
    questions,
    referrals,
    remarks,
    signals,
    spent_forms,
)
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk, staff
from volunteer.web.desk.page import done, gone, today_page
from volunteer.web.extensions import current_core
from volunteer.web.figure_lines import openings
from volunteer.web.forms import desk as forms
from volunteer.web.forms import person_work
from volunteer.web.forms.answers import Answers, text
from volunteer.web.language import gettext as _
from volunteer.web.once import form_id
from volunteer.web.person_work import services
from volunteer.web.signal_words import said_signal

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("")
@for_desk
def today() -> ResponseReturnValue:
    """The page of the day; the call that waits longest is open."""
    return today_page()


@blueprint.get("/figures")
@for_desk
def city_figures() -> ResponseReturnValue:
    """What would open most for people who have nothing sure now."""
    with current_core().units.read() as uow:
        would_open = openings(figures.of_city(uow))
    return render_template("desk/figures.html", would_open=would_open)


@blueprint.get("/<kind>/<uuid:row_id>")
@for_desk
def row(kind: str, row_id: UUID) -> ResponseReturnValue:
    """The page of the day with one row open."""
    return today_page(opened=(kind, row_id))


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
        return today_page(opened=("questions", row_id), answers=answers, error=error)
    except (NotFound, ImpossibleStep) as error:
        return gone(error)
    return done(_("Written down. Whoever waited for this is looked at again."))


@blueprint.post("/calls/<uuid:row_id>")
@for_desk
def finish_call(row_id: UUID) -> ResponseReturnValue:
    """Somebody was told, did not answer, or wants another hour; or their address was learned."""
    answers = forms.call(request.form)
    account_id = staff().account_id
    try:
        with current_core().units.write() as uow:
            match request.form.get("do"):
                case "send":
                    messages.send_after_all(uow, row_id, email=answers.get("email", ""))
                    said = _("Done. Thank you.")
                case "no_answer":
                    tried = calls.no_answer(uow, row_id)
                    said = _("Written down. It comes back tomorrow.")
                    if tried.tries >= calls.MANY_TRIES:
                        said = _("Tried three times or more. Is there another way? Look at their file.")
                case "other_hour":
                    calls.other_hour(uow, row_id, on=forms.wish_day(answers), words=text(answers, "wish"))
                    said = _("Written down. It comes back on that day.")
                case "still_true":
                    calls.still_true(uow, row_id, account_id=account_id)
                    said = _("Written down. We go on looking for people for this role.")
                case "done":
                    calls.done(uow, row_id, account_id=account_id)
                    said = _("Done. Thank you.")
                case _unknown:
                    raise forms.unknown_button()
    except InvalidValue as error:
        return today_page(opened=("calls", row_id), answers=answers, error=error)
    except (NotFound, ImpossibleStep) as error:
        return gone(error)
    return done(said)


@blueprint.post("/stuck/<uuid:row_id>")
@blueprint.post("/undelivered/<uuid:row_id>")
@for_desk
def try_again(row_id: UUID) -> ResponseReturnValue:
    """Bring back work that was given up, or take a message that cannot be sent upon oneself."""
    kind = request.path.split("/")[2]
    try:
        with current_core().units.write() as uow:
            match request.form.get("do"):
                case "call":
                    calls.instead_of_sending(uow, row_id)
                    said = _("It is on the list to call now.")
                case "again":
                    deliveries.retry(uow, row_id)
                    said = _("We try it again now.")
                case _unknown:
                    raise forms.unknown_button()
    except InvalidValue as error:
        return today_page(opened=(kind, row_id), error=error)
    except NotFound as error:
        return gone(error)
    return done(said)


@blueprint.post("/signals/<uuid:row_id>")
@for_desk
def deal_with_signal(row_id: UUID) -> ResponseReturnValue:
    """Read why nothing fits (the reading is written in the journal), refer on, or close it."""
    answers = person_work.referral(request.form)
    try:
        with current_core().units.write() as uow:
            signal = _open_signal(uow, row_id)
            match request.form.get("do"):
                case "read":
                    seen = signals.read(uow, signal, reader=f"account:{staff().account_id}")
                    aside = said_signal(seen)
                case "refer":
                    aside = ""
                    if spent_forms.spend(uow, form_id()):
                        _refer(uow, signal, answers)
                case "done":
                    aside = ""
                    signals.close(uow, row_id, account_id=staff().account_id)
                case _unknown:
                    raise forms.unknown_button()
    except InvalidValue as error:
        return today_page(opened=("signals", row_id), answers=answers, error=error)
    except NotFound as error:
        return gone(error)
    if aside:
        return today_page(opened=("signals", row_id), read_aside=aside)
    return done(_("Written down."))


@blueprint.post("/remarks/<uuid:row_id>")
@for_desk
def decide_on_remark(row_id: UUID) -> ResponseReturnValue:
    """Pass on what a team wrote, as it is, or hold it back for a standard reason."""
    answers = forms.remark(request.form)
    account_id = staff().account_id
    try:
        with current_core().units.write() as uow:
            match request.form.get("do"):
                case "pass_on":
                    remarks.pass_on(uow, row_id, account_id=account_id)
                    said = _("Passed on. The person hears it today.")
                case "hold_back":
                    reason = forms.reason(answers)
                    remarks.hold_back(uow, row_id, reason=reason, account_id=account_id)
                    said = _("Held back. The person reads the reason on their page.")
                case _unknown:
                    raise forms.unknown_button()
    except InvalidValue as error:
        return today_page(opened=("remarks", row_id), answers=answers, error=error)
    except (NotFound, ImpossibleStep) as error:
        return gone(error)
    return done(said)


def _refer(uow: UnitOfWork, signal: Signal, answers: Answers) -> None:
    referrals.refer(
        uow,
        signal.candidate,
        service=text(answers, "service"),
        known=frozenset(each.code for each in services()),
        reason=text(answers, "reason"),
        words=text(answers, "words"),
        account_id=staff().account_id,
    )


def _open_signal(uow: UnitOfWork, signal_id: UUID) -> Signal:
    signal = uow.session.get(Signal, signal_id)
    if signal is None or signal.closed_at is not None:
        raise NotFound("This was done already.")
    return signal
