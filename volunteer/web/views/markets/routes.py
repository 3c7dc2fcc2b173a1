"""Routes at the desk: who is short and why, one card with its route, why not that stand, one more now."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import DomainError, ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.market_days import StandState
from volunteer.domain.markets import Absence, Obstacle
from volunteer.matching.sentences import sentence
from volunteer.models import Market, MarketVisitor
from volunteer.queries import timetables as queries
from volunteer.services import markets, timetable_reasons, walk_ins
from volunteer.services.timetable_reasons import Answer
from volunteer.services.timetable_solving import POSSIBLE
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import market_words
from volunteer.web import timetable_words as words
from volunteer.web.auth import for_desk, staff
from volunteer.web.errors import form_errors, status_of
from volunteer.web.extensions import current_core
from volunteer.web.forms import timetables as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.language import current_language, ngettext, said_to_reader
from volunteer.web.language import gettext as _
from volunteer.web.stand_words import market_line
from volunteer.web.views.markets.blueprints import at_desk

_OPEN = (POSSIBLE, timetable_reasons.NEW, timetable_reasons.CHANGED)
_MAY_BE_FREE = (Obstacle.FULL, Obstacle.INTERPRETER, Obstacle.BUSY, Obstacle.ROUTE)


@at_desk.get("/<uuid:market_id>/routes")
@for_desk
def routes(market_id: UUID) -> ResponseReturnValue:
    """Everybody who is short, with the reason; or the route of one card, when its number is given."""
    answers = forms.question(request.args)
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        if "card" not in answers:
            return _list(uow, market)
        try:
            visitor = _visitor(uow, market, answers)
        except (InvalidValue, NotFound) as error:
            return _list(uow, market, answers, error)
        return _one(uow, market, visitor, answers)


@at_desk.post("/<uuid:market_id>/routes")
@for_desk
def why_not_stand(market_id: UUID) -> ResponseReturnValue:
    """Why this stand is not on the route of this card; that what they need was opened is written down."""
    answers = forms.question(request.form)
    try:
        with current_core().units.write() as uow:
            market = markets.found(uow, market_id)
            visitor = _visitor(uow, market, answers)
            said = timetable_reasons.why_not_at(uow, visitor, _stand(answers), reader=_by())
            return _one(uow, market, visitor, answers, said)
    except (InvalidValue, NotFound, ImpossibleStep) as error:
        error.field = error.field or "stand"
        with current_core().units.read() as uow:
            return _again(uow, markets.found(uow, market_id), answers, error)


@at_desk.post("/<uuid:market_id>/routes/now")
@for_desk
def give_route(market_id: UUID) -> ResponseReturnValue:
    """Give whoever has this card what is free and suits them."""
    answers = forms.question(request.form)
    try:
        with current_core().units.write() as uow:
            visitor = _visitor(uow, markets.found(uow, market_id), answers)
            given = walk_ins.route_now(uow, visitor.id)
    except (InvalidValue, NotFound) as error:
        with current_core().units.read() as uow:
            return _list(uow, markets.found(uow, market_id), answers, error)
    except ImpossibleStep as error:
        flash(said_to_reader(error), "warning")
    else:
        said = ngettext("%(num)d meeting more.", "%(num)d meetings more.", len(given))
        flash(said if given else _("Nothing that suits them is free."), "success" if given else "warning")
    return redirect(url_for(".routes", market_id=market_id, card=answers.get("card")), code=303)


def _visitor(uow: UnitOfWork, market: Market, answers: Answers) -> MarketVisitor:
    return timetable_reasons.visitor_of_card(uow, market.id, forms.card_of(answers))


def _stand(answers: Answers) -> UUID:
    try:
        return UUID(answers.get("stand", ""))
    except ValueError:
        raise InvalidValue("Choose a stand.", field="stand") from None


def _again(uow: UnitOfWork, market: Market, answers: Answers, error: DomainError) -> ResponseReturnValue:
    try:
        return _one(uow, market, _visitor(uow, market, answers), answers, error=error)
    except (InvalidValue, NotFound):
        return _list(uow, market, answers, error)


def _list(
    uow: UnitOfWork, market: Market, answers: Answers | None = None, error: DomainError | None = None
) -> ResponseReturnValue:
    short, names = timetable_reasons.who_is_short(uow, market.id), words.short_names()
    chosen = request.args.get("reason", "")
    counts = {code: sum(each.reason == code for each in short) for code in names}
    page = render_template(
        "markets/routes.html",
        market=market_line(uow, market),
        short=[(each, names[each.reason]) for each in short if chosen in ("", each.reason)],
        reasons=[(code, names[code], count) for code, count in counts.items() if count],
        chosen=chosen,
        total=len(short),
        has_plan=queries.published(uow.session, market.id) is not None,
        answers=answers or {},
        errors=form_errors([error], field="card") if error else [],
    )
    return page, status_of(error) if error else 200


def _one(
    uow: UnitOfWork,
    market: Market,
    visitor: MarketVisitor,
    answers: Answers,
    said: Answer | None = None,
    error: DomainError | None = None,
) -> ResponseReturnValue:
    language, names = current_language(), words.short_names()
    short = {each.visitor.id: each for each in timetable_reasons.who_is_short(uow, market.id)}.get(visitor.id)
    because = timetable_reasons.why_on_route(uow, visitor)
    visits = {each.id: each.stand_id for each in queries.route_of(uow.session, visitor.id)}
    missing = (said.shortage.obstacle or POSSIBLE if said.shortage else None) if said else None
    reason = missing or (short.reason if short and not said else None)
    page = render_template(
        "markets/route.html",
        market=market_line(uow, market),
        visitor=visitor,
        stops=[
            (stop, [sentence(each, _, language) for each in because.get(visits[stop.visit_id], [])])
            if stop.visit_id
            else (stop, [])
            for stop in market_words.route_of(uow, market, visitor.id)
        ],
        short=names[reason] if reason else None,
        stands=[
            (str(each.id), f"{market_words.name_of_spot(each)} {each.organisation.name}".strip())
            for each in queries.stands_of(uow.session, market.id, [StandState.CONFIRMED])
        ],
        said=words.absence_names()[said.reason] if said else None,
        said_of=said.stand.organisation.name if said else None,
        # What speaks against it stands beside it: of the rest, only a full seat can be free since.
        is_possible=bool(said and said.reason is Absence.POSSIBLE) or reason in _OPEN,
        may_be_free=reason in _MAY_BE_FREE,
        answers={**answers, "card": visitor.card},
        errors=form_errors([error], field="stand") if error else [],
    )
    return page, status_of(error) if error else 200


def _by() -> str:
    return f"account:{staff().account_id}"
