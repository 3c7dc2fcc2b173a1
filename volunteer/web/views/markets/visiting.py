"""A market for everybody: what it is, whom one meets there, and registering with a file or without."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import (
    ConsentMissing,
    DomainError,
    ImpossibleStep,
    InvalidValue,
    NotFound,
)
from volunteer.domain.market_days import MarketState
from volunteer.domain.market_visitors import Wishes
from volunteer.models import Market, MarketVisitor
from volunteer.queries import market_visitors as queries
from volunteer.services import market_visitors
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import kiosk
from volunteer.web.auth import candidate_in_session, for_candidates, own_file
from volunteer.web.errors import Complaints, form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import market_visitors as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.gathering_sign_up import status_for
from volunteer.web.language import current_language, in_another_language, is_chosen_here, said_to_reader
from volunteer.web.language import gettext as _
from volunteer.web.market_people import offers, to_card
from volunteer.web.market_words import market_page, zones_of
from volunteer.web.once import form_id
from volunteer.web.views.markets.blueprints import for_all


@for_all.get("/market/<uuid:market_id>")
def show(market_id: UUID) -> ResponseReturnValue:
    """The day, the hall, what helps there, whom one meets, and the way in."""
    with current_core().units.read() as uow:
        market = shown(uow, market_id)
        return render_template(
            "markets/show.html",
            page=market_page(uow, market),
            zones=zones_of(uow, market),
            has_card=_own_card(uow, market) is not None,
            has_file=candidate_in_session() is not None,
        )


@for_all.post("/market/<uuid:market_id>/mine")
@for_candidates
@limiter.limit("30 per minute")
def register_own(market_id: UUID) -> ResponseReturnValue:
    """Whose file is open here comes; pressed again, they have the card they had."""
    asked = market_visitors.Asked(given_how=kiosk.given_how())
    try:
        with current_core().units.write() as uow:
            visitor = market_visitors.register_person(uow, market_id, own_file(uow), asked=asked)
            return _welcome(visitor)
    except ImpossibleStep as error:
        flash(said_to_reader(error), "warning")
    return redirect(url_for(".show", market_id=market_id), code=303)


@for_all.get("/market/<uuid:market_id>/my-card")
@for_candidates
def own_card(market_id: UUID) -> ResponseReturnValue:
    """From the own file to the page of that card."""
    with current_core().units.read() as uow:
        standing = _own_card(uow, shown(uow, market_id))
        if standing is None:
            raise NotFound("This is not there any more.")
        return to_card(standing)


@for_all.get("/market/<uuid:market_id>/join")
def join(market_id: UUID) -> ResponseReturnValue:
    """A first name and what somebody likes: no file, no account."""
    return _form(market_id, {"languages": [current_language()]})


@for_all.post("/market/<uuid:market_id>/join")
@limiter.limit("60 per hour", exempt_when=is_chosen_here)
def send(market_id: UUID) -> ResponseReturnValue:
    """They have a card; the same form again is the same card."""
    answers = forms.newcomer(request.form)
    if is_chosen_here():
        return in_another_language(lambda: _form(market_id, answers))
    complaints, wishes = Complaints(), Wishes()
    told = forms.told(answers, current_language(), complaints)
    with current_core().units.read() as uow, complaints.collect():
        wishes = forms.wishes(answers, shown(uow, market_id), uow.zone)
    if told is None or complaints.errors:
        return _form(market_id, answers, *complaints.errors)
    try:
        with current_core().units.write() as uow:
            asked = market_visitors.Asked(given_how=kiosk.given_how(), form_id=form_id())
            return _welcome(market_visitors.register_visitor(uow, market_id, told, wishes, asked))
    except (InvalidValue, ConsentMissing, ImpossibleStep) as error:
        return _form(market_id, answers, error)


def shown(uow: UnitOfWork, market_id: UUID) -> Market:
    """A market that everybody may read. Raises :class:`NotFound`."""
    market = uow.session.get(Market, market_id)
    if market is None or market.state == MarketState.DRAFT:
        raise NotFound("This market is not there any more.")
    return market


def _form(market_id: UUID, answers: Answers, *errors: DomainError) -> ResponseReturnValue:
    with current_core().units.read() as uow:
        market = shown(uow, market_id)
        page = render_template(
            "markets/join.html",
            page=market_page(uow, market),
            answers=answers,
            errors=form_errors(errors, field="name"),
            **offers(uow, market, answers),
        )
    return page, status_for(errors[0]) if errors else 200


def _welcome(visitor: MarketVisitor) -> ResponseReturnValue:
    flash(
        _("You have card number %(number)s. We look forward to seeing you.", number=visitor.card), "success"
    )
    return to_card(visitor)


def _own_card(uow: UnitOfWork, market: Market) -> MarketVisitor | None:
    """The card of whose file is open here."""
    candidate_id = candidate_in_session()
    if candidate_id is None:
        return None
    return queries.live_visitor(uow.session, market.id, MarketVisitor.candidate_id == candidate_id)
