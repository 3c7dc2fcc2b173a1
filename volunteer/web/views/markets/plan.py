"""The plan of the hall at the desk: who stands at which spot."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.models import Market
from volunteer.queries import stands as queries
from volunteer.services import stand_spots
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import stand_hall
from volunteer.web.auth import for_desk
from volunteer.web.errors import form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms import stands as forms
from volunteer.web.forms.answers import Answers, ticked
from volunteer.web.language import gettext as _
from volunteer.web.language import ngettext
from volunteer.web.stand_words import cards, market_line
from volunteer.web.views.markets.blueprints import at_desk


@at_desk.get("/<uuid:market_id>/plan")
@for_desk
def plan(market_id: UUID) -> ResponseReturnValue:
    """Every zone with its spots, and who has none yet."""
    with current_core().units.read() as uow:
        return _page(uow, market_id, {})


@at_desk.post("/<uuid:market_id>/plan")
@for_desk
def lay_out(market_id: UUID) -> ResponseReturnValue:
    """Put one stand at a spot, or everybody who has none."""
    answers = forms.move(request.form)
    try:
        with current_core().units.write() as uow:
            said = _do(uow, market_id, answers)
    except (InvalidValue, ImpossibleStep) as error:
        with current_core().units.read() as uow:
            return _page(uow, market_id, answers, error)
    flash(said, "success")
    return redirect(url_for(".plan", market_id=market_id), code=303)


def _do(uow: UnitOfWork, market_id: UUID, answers: Answers) -> str:
    """Do what the pressed button says; returns what to say of it."""
    if request.form.get("do") == "all":
        given = stand_spots.place_all(uow, market_id)
        return ngettext("%(num)d stand has a spot now.", "%(num)d stands have a spot now.", given)
    stand_id = forms.stand(answers)
    if stand_id not in {each.id for each in queries.of_market(uow.session, market_id)}:
        raise InvalidValue("Choose a stand.", field="stand")
    at = forms.spot(answers)
    placed = stand_spots.place(uow, stand_id, at, swap=ticked(answers, "swap"))
    return _("%(name)s stands at %(spot)s now.", name=placed.organisation.name, spot=str(at))


def _page(
    uow: UnitOfWork, market_id: UUID, answers: Answers, error: DomainError | None = None
) -> ResponseReturnValue:
    market = uow.session.get(Market, market_id)
    if market is None:
        raise NotFound("This market is not there any more.")
    live = [
        each for each in cards(uow, market, list(queries.of_market(uow.session, market_id))) if each.is_live
    ]
    by_name = sorted(live, key=lambda each: each.organisation.casefold())
    page = render_template(
        "markets/plan.html",
        market=market_line(uow, market),
        zones=stand_hall.zones_of(market, live),
        stands=by_name,
        without=[each for each in by_name if not each.spot],
        to_place=[each for each in by_name if not each.spot and each.code == "confirmed"],
        answers=answers,
        errors=form_errors([error], field="stand") if error else [],
    )
    return page, status_of(error) if error else 200
