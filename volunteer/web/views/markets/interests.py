"""Who wants to go on: a visitor says so on the page of their card, the desk sees what waits."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.afterwards import Answer
from volunteer.domain.errors import InvalidValue, NotAllowed, NotFound
from volunteer.links import Purpose
from volunteer.models import MarketVisitor
from volunteer.services import market_cards, market_interests, markets, visits
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import kiosk
from volunteer.web.auth import for_desk
from volunteer.web.card_to_file import remember_card
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms.desk import unknown_button
from volunteer.web.interest_rows import interest_rows
from volunteer.web.language import gettext as _
from volunteer.web.market_interest import may_answer
from volunteer.web.market_people import card_here
from volunteer.web.views.markets.blueprints import at_desk, for_all

_SAYS = {"yes": True, "no": False, "open": None}


@for_all.post("/m/<token>/interest")
@limiter.limit("60 per minute")
def say_interest(token: str) -> ResponseReturnValue:
    """They want to go on with a stand, or not; how the day was. Pressed again nothing more happens."""
    links = current_core().links
    with current_core().units.write() as uow:
        visitor, is_own = market_cards.opened(uow, *links.read(Purpose.MARKET_CARD, token))
        if not may_answer(visitor, is_own=is_own):
            raise NotAllowed("This code shows a route. The link in our message to you changes it.")
        way_on = _say(uow, visitor, is_own=is_own)
    return redirect(way_on or url_for(".card", token=token), code=303)


@for_all.post("/m/interest")
@limiter.limit("60 per minute")
def say_interest_here() -> ResponseReturnValue:
    """The same on a kiosk, where only this visit knows whose card it is."""
    with current_core().units.write() as uow:
        found = card_here(uow)
        if found is None:
            raise NotFound("This is not there any more.")
        way_on = _say(uow, found[0], is_own=found[1])
    return redirect(way_on or url_for(".card_here"), code=303)


@at_desk.get("/<uuid:market_id>/interests")
@for_desk
def interests(market_id: UUID) -> ResponseReturnValue:
    """Where both want to go on: what came of it, and what waits for somebody at the desk."""
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        return render_template(
            "markets/interests.html", market_id=market.id, rows=interest_rows(uow, market_id)
        )


@at_desk.post("/<uuid:market_id>/interests")
@for_desk
def look_again(market_id: UUID) -> ResponseReturnValue:
    """Look once more whether these two can be brought together."""
    try:
        visit_id = UUID(request.form.get("visit", ""))
    except ValueError:
        raise NotFound("This meeting is not there any more.") from None
    with current_core().units.write() as uow:
        if visits.found(uow, visit_id).market_id != market_id:
            raise NotFound("This meeting is not there any more.")
        market_interests.try_again(uow, visit_id)
    flash(_("We look again. It stands here in a moment."), "success")
    return redirect(url_for(".interests", market_id=market_id), code=303)


def _say(uow: UnitOfWork, visitor: MarketVisitor, *, is_own: bool) -> str:
    """Do what the pressed button says; returns where to go on, if that is elsewhere."""
    do = request.form.get("do", "")
    if do in _SAYS:
        visits.visitor_wants(uow, _visit_of(uow, visitor), yes=_SAYS[do], how=kiosk.given_how())
    elif do == "answer":
        market_interests.answer(uow, visitor.id, _answer())
        flash(_("Thank you. We read it."), "success")
    elif do == "file":
        if not market_interests.may_begin_file(uow, visitor, is_own=is_own):
            raise NotAllowed("This code shows a route. The link in our message to you changes it.")
        remember_card(visitor, now=uow.now)
        return url_for("signup.begin")
    else:
        raise unknown_button()
    return ""


def _visit_of(uow: UnitOfWork, visitor: MarketVisitor) -> UUID:
    """The meeting that the form names. Raises :class:`NotFound` for anybody else's."""
    try:
        visit = visits.found(uow, UUID(request.form.get("visit", "")))
    except ValueError:
        raise NotFound("This meeting is not there any more.") from None
    if visit.visitor_id != visitor.id:
        raise NotFound("This meeting is not there any more.")
    return visit.id


def _answer() -> Answer:
    try:
        return Answer(request.form.get("answer", ""))
    except ValueError:
        raise InvalidValue("Choose one of the three.", field="answer") from None
