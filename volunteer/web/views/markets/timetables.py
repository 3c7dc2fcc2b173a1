"""Timetables at the desk: ask for one, see how far it is, compare, publish one or throw it away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.domain.market_days import MarketState, TimetableState
from volunteer.domain.markets import USUAL_MEETINGS
from volunteer.models import Market, Timetable
from volunteer.queries import stands
from volunteer.queries import timetables as queries
from volunteer.services import markets, timetable_publishing, timetable_reasons, timetables
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import timetable_words as words
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms import timetables as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.language import gettext as _
from volunteer.web.language import said_to_reader
from volunteer.web.stand_words import market_line
from volunteer.web.views.markets.blueprints import at_desk

_RUNNING = (TimetableState.WAITING, TimetableState.SOLVING)
_TOLD = (TimetableState.PUBLISHED, TimetableState.REPLACED)


@at_desk.get("/<uuid:market_id>/timetables")
@for_desk
def timetable_list(market_id: UUID) -> ResponseReturnValue:
    """The plans of a market side by side, and the form for another one."""
    with current_core().units.read() as uow:
        return _page(uow, markets.found(uow, market_id))


@at_desk.post("/<uuid:market_id>/timetables")
@for_desk
def ask_timetable(market_id: UUID) -> ResponseReturnValue:
    """Ask for one; while one is being made, that is the one."""
    answers = forms.rules(request.form)
    try:
        rules = forms.rules_of(answers)
        with current_core().units.write() as uow:
            timetables.ask(uow, market_id, rules=rules, by=_by())
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            return _page(uow, markets.found(uow, market_id), answers, error)
    return redirect(url_for(".timetable_list", market_id=market_id), code=303)


@at_desk.get("/<uuid:market_id>/timetables/now")
@for_desk
def timetable_now(market_id: UUID) -> ResponseReturnValue:
    """The live part of the list: how far the plan is that is being made."""
    with current_core().units.read() as uow:
        return render_template("markets/_timetables.html", **_shown(uow, markets.found(uow, market_id)))


@at_desk.get("/timetables/<uuid:timetable_id>")
@for_desk
def timetable(timetable_id: UUID) -> ResponseReturnValue:
    """One plan: what it comes to, and who is short in it and why."""
    with current_core().units.read() as uow:
        found = timetables.found(uow, timetable_id)
        market = markets.found(uow, found.market_id)
        chosen = request.args.get("reason", "")
        short = [] if found.state in _TOLD else timetable_reasons.who_is_short_in(uow, found)
        names = words.short_names()
        return render_template(
            "markets/timetable.html",
            market=market_line(uow, market),
            plan=_line(uow, found),
            lines=words.lines([found]) if found.figures.get("people") else [],
            reasons=words.reasons_line(found),
            chosen=chosen,
            short=[(each, names[each.reason]) for each in short if chosen in ("", each.reason)],
            is_open=market.state == MarketState.OPEN,
            may_discard=found.state in (TimetableState.READY, TimetableState.FAILED),
            is_told=found.state in _TOLD,
        )


@at_desk.get("/timetables/<uuid:timetable_id>/publish")
@for_desk
def check_publish(timetable_id: UUID) -> ResponseReturnValue:
    """What happens when it is published."""
    with current_core().units.read() as uow:
        found = timetables.found(uow, timetable_id)
        return render_template(
            "markets/timetable_publish.html",
            market=market_line(uow, markets.found(uow, found.market_id)),
            plan=_line(uow, found),
            figures=found.figures,
            without=(found.figures.get("people") or [0])[0],
            before=queries.published(uow.session, found.market_id) is not None,
            nowhere=stands.without_spot(uow.session, found.market_id),
        )


@at_desk.post("/timetables/<uuid:timetable_id>/publish")
@for_desk
def publish_timetable(timetable_id: UUID) -> ResponseReturnValue:
    """Make it everybody's; pressed again nothing happens."""
    try:
        with current_core().units.write() as uow:
            market_id = timetable_publishing.publish(uow, timetable_id, by=_by()).market_id
    except ImpossibleStep as error:
        flash(said_to_reader(error), "warning")
        return redirect(url_for(".timetable", timetable_id=timetable_id), code=303)
    flash(_("Published. Everybody hears of their route."), "success")
    return redirect(url_for(".timetable_list", market_id=market_id), code=303)


@at_desk.post("/timetables/<uuid:timetable_id>/discard")
@for_desk
def discard_timetable(timetable_id: UUID) -> ResponseReturnValue:
    """Throw a plan away that nobody was told of."""
    try:
        with current_core().units.write() as uow:
            market_id = timetables.discard(uow, timetable_id)
    except ImpossibleStep as error:
        flash(said_to_reader(error), "warning")
        return redirect(url_for(".timetable", timetable_id=timetable_id), code=303)
    flash(_("Thrown away."), "success")
    return redirect(url_for(".timetable_list", market_id=market_id), code=303)


def _page(
    uow: UnitOfWork, market: Market, answers: Answers | None = None, error: DomainError | None = None
) -> ResponseReturnValue:
    page = render_template(
        "markets/timetables.html",
        **_shown(uow, market),
        answers=forms.as_shown({"wanted": USUAL_MEETINGS, **market.rules}) if answers is None else answers,
        errors=form_errors([error], field="wanted") if error else [],
    )
    return page, status_of(error) if error else 200


def _shown(uow: UnitOfWork, market: Market) -> dict[str, Any]:
    plans = queries.timetables_of(uow.session, market.id)
    compared = words.comparable(plans, queries.COMPARED)
    shown = {each.id for each in compared}
    lines = [_line(uow, each) for each in compared]
    out_of_date = {each.id for each in lines if each.is_out_of_date}
    best = words.serves_most([each for each in compared if each.id not in out_of_date])
    return {
        "market": market_line(uow, market),
        "is_open": market.state == MarketState.OPEN,
        "nowhere": stands.without_spot(uow.session, market.id),
        "running": [words.plan_line(each) for each in plans if each.state in _RUNNING],
        "compared": lines,
        "lines": words.lines(compared) if compared else [],
        "best": best.id if best else None,
        "others": [_line(uow, each) for each in plans if each.id not in shown and each.state not in _RUNNING],
        "published": next((each.id for each in plans if each.state == TimetableState.PUBLISHED), None),
    }


def _line(uow: UnitOfWork, found: Timetable) -> words.PlanLine:
    """The plan in a line, and whether it is still true while nobody was told of it."""
    is_ready = found.state == TimetableState.READY
    return words.plan_line(found, is_out_of_date=is_ready and timetable_publishing.is_out_of_date(uow, found))


def _by() -> str:
    return f"account:{staff().account_id}"
