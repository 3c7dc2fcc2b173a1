"""Writing a market at the desk: one form, whose draft nobody else sees."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue
from volunteer.domain.gatherings import (
    FIRST_LANGUAGE,
    LONGEST_ABOUT,
    LONGEST_LINE,
    LONGEST_REASON,
    LONGEST_TITLE,
)
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import MarketState, Rounds
from volunteer.domain.market_plan import (
    PROPOSED_CHANGE,
    PROPOSED_MINUTES,
    PROPOSED_ROUNDS,
    REPLAN_EVERY,
    Rules,
)
from volunteer.domain.plain_language import advise
from volunteer.models import Market
from volunteer.queries import markets as queries
from volunteer.services import markets, spent_forms
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import choices
from volunteer.web.auth import for_desk, staff
from volunteer.web.dates import spoken_day
from volunteer.web.errors import Complaints, form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms import markets as forms
from volunteer.web.forms.answers import Answers, unchecked
from volunteer.web.forms.gatherings import WORDS
from volunteer.web.gathering_words import title_of
from volunteer.web.language import gettext as _
from volunteer.web.once import form_id
from volunteer.web.stand_words import hours_of, rounds_of
from volunteer.web.views.gatherings.writing import access_groups, written_in
from volunteer.web.views.markets.blueprints import at_desk
from volunteer.web.views.markets.desk import back

_PROPOSED: Answers = {
    "from": "13:00",
    "first_round": "13:30",
    "until": "17:30",
    "round_count": str(PROPOSED_ROUNDS),
    "round_minutes": str(PROPOSED_MINUTES),
    "change_minutes": str(PROPOSED_CHANGE),
    "wanted": str(Rules().wanted),
}
"""What an empty form proposes."""


@at_desk.get("/new")
@for_desk
def new() -> ResponseReturnValue:
    """An empty form."""
    return _page(None, _PROPOSED)


@at_desk.post("/new")
@for_desk
def add() -> ResponseReturnValue:
    """Keep it as a draft; the same form again makes no second one."""
    answers, complaints = forms.market(request.form, written_in()), Complaints()
    if request.form.get("do") == "times":
        return _times(None, answers)
    try:
        with current_core().units.write() as uow:
            told = forms.details(answers, uow.zone, written_in(), complaints)
            if told is None:
                return _page(None, answers, complaints.errors)
            if not spent_forms.spend(uow, form_id()):
                return redirect(url_for(".index"), code=303)
            made = markets.make(uow, told, account_id=staff().account_id).id
    except InvalidValue as error:
        return _page(None, answers, [error])
    return back(made, _("Saved as a draft. Only the desk sees it."))


@at_desk.get("/<uuid:market_id>/change")
@for_desk
def change_form(market_id: UUID) -> ResponseReturnValue:
    """The form, with what was said before; nothing more is said of what was called off."""
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        if market.state == MarketState.CANCELLED:
            flash(_("This market was called off."), "warning")
            return redirect(url_for(".show", market_id=market_id), code=303)
        return _page(market, forms.filled(market, markets.rules_of(market), uow.zone))


@at_desk.post("/<uuid:market_id>/change")
@for_desk
def change(market_id: UUID) -> ResponseReturnValue:
    """Say something else; who comes hears of another time or place."""
    answers, complaints = forms.market(request.form, written_in()), Complaints()
    with current_core().units.read() as uow:
        before = markets.found(uow, market_id)
        if request.form.get("do") == "times":
            return _times(before, answers)
        told = forms.details(answers, uow.zone, written_in(), complaints)
    if told is None:
        return _page(before, answers, complaints.errors)
    try:
        with current_core().units.write() as uow:
            markets.change(uow, market_id, told)
    except (InvalidValue, ImpossibleStep) as error:
        return _page(before, answers, [error])
    return back(market_id, _("Saved."))


def _times(market: Market | None, answers: Answers) -> ResponseReturnValue:
    """The form with the hours of the rounds as typed; nothing is saved, nor looked at but for them."""
    complaints = Complaints()
    with current_core().units.read() as uow:
        said = forms.rounds(answers, uow.today, uow.zone, complaints)
    return _page(market, unchecked(answers), complaints.errors, typed=said)


def _page(
    market: Market | None,
    answers: Answers,
    errors: Sequence[DomainError] = (),
    *,
    typed: Rounds | None = None,
) -> ResponseReturnValue:
    """The form with what was typed; ``typed`` are rounds to show in the place of those that were saved."""
    said = [text for name in WORDS if (text := str(answers.get(f"{name}_{FIRST_LANGUAGE}") or ""))]
    with current_core().units.read() as uow:
        trainings = _trainings(uow, market)
    page = render_template(
        "markets/form.html",
        market_id=market.id if market else None,
        is_open=market is not None and market.state == MarketState.OPEN,
        rounds=hours_of(typed) if typed else rounds_of(market) if market else [],
        are_typed=typed is not None,
        advice=advise(said, FIRST_LANGUAGE) if said else None,
        answers=answers,
        errors=form_errors([forms.placed(each) for each in errors], field="day"),
        written_in=[(code, LANGUAGES[code].own) for code in written_in()],
        municipalities=choices.municipalities(),
        access_groups=access_groups(),
        trainings=trainings,
        breaks=forms.BREAKS,
        replan_every=[(str(each), _("Every %(count)s minutes", count=each)) for each in REPLAN_EVERY],
        longest={
            "title": LONGEST_TITLE,
            "about": LONGEST_ABOUT,
            "directions": LONGEST_REASON,
            "line": LONGEST_LINE,
        },
    )
    return page, status_of(errors[0]) if errors else 200


def _trainings(uow: UnitOfWork, market: Market | None) -> list[tuple[str, str]]:
    """Trainings of organisations to choose from, with their day."""
    chosen = market.training_id if market else None
    return [
        (str(each.id), f"{title_of(each)}, {spoken_day(each.starts_at)}")
        for each in queries.trainings(uow.session, after=uow.now, chosen=chosen)
    ]
