"""Markets at the desk: the list, one with what is next, opening it and calling it off."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.domain.gatherings import LONGEST_REASON
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import MarketState
from volunteer.models import Market
from volunteer.queries import markets as queries
from volunteer.queries import timetables as timetable_queries
from volunteer.queries.markets import MarketCounts
from volunteer.services import markets
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.auth import for_desk
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core
from volunteer.web.forms import gatherings as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.language import gettext as _
from volunteer.web.language import said_to_reader
from volunteer.web.market_steps import StepState, steps_of
from volunteer.web.stand_words import MarketLine, market_line
from volunteer.web.views.gatherings.writing import written_in
from volunteer.web.views.markets.blueprints import at_desk

_INVALID = 422


@dataclass(frozen=True, slots=True)
class Listed:
    """A market in the list of the desk."""

    line: MarketLine
    counts: MarketCounts
    is_draft: bool
    is_over: bool
    is_on: bool


@at_desk.get("")
@for_desk
def index() -> ResponseReturnValue:
    """What comes, what is still being written, and what is past."""
    with current_core().units.read() as uow:
        every = [listed(uow, each) for each in queries.every(uow.session)]
    drafts = [each for each in every if each.is_draft]
    past = [each for each in every if each.is_over or each.line.is_cancelled]
    coming = [each for each in every if each not in (*drafts, *past)]
    return render_template("markets/index.html", coming=coming[::-1], drafts=drafts[::-1], past=past)


@at_desk.get("/<uuid:market_id>")
@for_desk
def show(market_id: UUID) -> ResponseReturnValue:
    """How far it is, what is next, and the way to everything of it."""
    with current_core().units.read() as uow:
        return home_page(uow, markets.found(uow, market_id))


@at_desk.post("/<uuid:market_id>/publish")
@for_desk
def publish(market_id: UUID) -> ResponseReturnValue:
    """Let everybody read it; what is missing is said."""
    try:
        with current_core().units.write() as uow:
            markets.publish(uow, market_id)
    except InvalidValue as error:
        with current_core().units.read() as uow:
            page = home_page(uow, markets.found(uow, market_id), [error])
        return page, _INVALID
    except ImpossibleStep as error:
        return back(market_id, said_to_reader(error), "warning")
    return back(market_id, _("It is open. Organisations can ask for a stand, and people can register."))


@at_desk.get("/<uuid:market_id>/cancel")
@for_desk
def cancel_form(market_id: UUID) -> ResponseReturnValue:
    """Why does it not go on?"""
    return _cancel_page(market_id, {})


@at_desk.post("/<uuid:market_id>/cancel")
@for_desk
def cancel(market_id: UUID) -> ResponseReturnValue:
    """Call it off; everyone who comes, and every stand, is told why."""
    answers = forms.reason(request.form, written_in())
    try:
        with current_core().units.write() as uow:
            markets.cancel(uow, market_id, forms.reasons(answers, written_in()))
    except InvalidValue as error:
        return _cancel_page(market_id, answers, error)
    except ImpossibleStep as error:
        return back(market_id, said_to_reader(error), "warning")
    return back(market_id, _("It is called off. Everyone who comes is told."))


def listed(uow: UnitOfWork, market: Market) -> Listed:
    """The market with its numbers."""
    return Listed(
        market_line(uow, market),
        queries.counts_of(uow.session, market.id),
        is_draft=market.state == MarketState.DRAFT,
        is_over=market.ends_at <= uow.now,
        is_on=market.starts_at <= uow.now < market.ends_at,
    )


def home_page(uow: UnitOfWork, market: Market, errors: list[DomainError] | None = None) -> str:
    """The page of one market, with these complaints about opening it."""
    found = listed(uow, market)
    steps = steps_of(uow, market, found.counts, timetable_queries.timetables_of(uow.session, market.id))
    return render_template(
        "markets/home.html",
        found=found,
        steps=steps,
        next=next((step for step in steps if step.state is StepState.NEXT), None),
        errors=form_errors(errors or [], field="steps"),
        reason=(market.cancel_reason or {}).get("nl", ""),
        may_change=market.starts_at > uow.now and market.state != MarketState.CANCELLED,
        is_open=market.state == MarketState.OPEN,
    )


def back(market_id: UUID, said: str, kind: str = "success") -> ResponseReturnValue:
    """To the page of the market, with these words."""
    flash(said, kind)
    return redirect(url_for("desk_markets.show", market_id=market_id), code=303)


def _cancel_page(market_id: UUID, answers: Answers, error: DomainError | None = None) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        line = market_line(uow, markets.found(uow, market_id))
    page = render_template(
        "markets/cancel.html",
        market=line,
        answers=answers,
        errors=form_errors([error]) if error else [],
        written_in=[(code, LANGUAGES[code].own) for code in written_in()],
        longest=LONGEST_REASON,
    )
    return page, _INVALID if error else 200
