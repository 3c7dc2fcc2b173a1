"""A card of a market, opened by its code or by the link of a message: only a button changes anything."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer.domain.accounts import OF_THE_CENTRE
from volunteer.domain.errors import (
    ConsentMissing,
    DomainError,
    ImpossibleStep,
    InvalidValue,
    NotAllowed,
    NotFound,
)
from volunteer.domain.market_days import VisitorKind, VisitorState
from volunteer.links import Purpose
from volunteer.models import MarketVisitor
from volunteer.queries import timetables
from volunteer.services import (
    market_cards,
    market_forgetting,
    market_more_time,
    market_visitors,
    market_wishes,
    timetable_reasons,
)
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import kiosk
from volunteer.web.auth import staff_if_any
from volunteer.web.errors import form_errors
from volunteer.web.extensions import current_core, limiter
from volunteer.web.forms import market_visitors as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.forms.desk import unknown_button
from volunteer.web.gathering_sign_up import status_for
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.market_interest import interest_panel
from volunteer.web.market_people import card_here as card_on_kiosk
from volunteer.web.market_people import code_link, offers, to_card
from volunteer.web.market_words import market_page, route_of
from volunteer.web.qr import qr_code
from volunteer.web.views.markets.blueprints import for_all

Opened = tuple[MarketVisitor, bool]
"""A card, and whether its owner opened it: who has the code alone reads the route."""


@for_all.get("/m/<token>")
@limiter.limit("120 per minute")
def card(token: str) -> ResponseReturnValue:
    """The route of this card. Opening it answers nothing: mail scanners open links too."""
    with current_core().units.read() as uow:
        visitor, is_own = _opened(uow, token)
        if is_own and kiosk.is_kiosk():
            return to_card(visitor)
        if not is_own and _is_desk():
            return redirect(url_for("desk_markets.visitor", visitor_id=visitor.id), code=303)
        return _page(uow, visitor, is_own=is_own)


@for_all.post("/m/<token>")
@limiter.limit("30 per minute")
def decide(token: str) -> ResponseReturnValue:
    """They come in another way, or not at all; pressed again nothing more happens."""
    return _decide(lambda uow: _opened(uow, token))


@for_all.get("/m")
@limiter.limit("60 per minute")
def card_here() -> ResponseReturnValue:
    """The same on a kiosk, where no address leads back to it: only this visit knows whose it is."""
    with current_core().units.read() as uow:
        found = card_on_kiosk(uow)
        if found is None:
            return redirect(url_for("agenda.index"), code=303)
        return _page(uow, found[0], is_own=True)


@for_all.post("/m")
@limiter.limit("30 per minute")
def decide_here() -> ResponseReturnValue:
    """The same as with a link."""
    return _decide(_held_here)


def _decide(opened: Callable[[UnitOfWork], Opened]) -> ResponseReturnValue:
    """Do what the pressed button says with this card, for its owner alone."""
    answers = forms.wished(request.form)
    try:
        with current_core().units.write() as uow:
            visitor, is_own = opened(uow)
            if not is_own:
                raise NotAllowed("This code shows a route. The link in our message to you changes it.")
            said = _do(uow, visitor, answers)
    except (InvalidValue, ImpossibleStep, ConsentMissing) as error:
        with current_core().units.read() as uow:
            return _page(uow, opened(uow)[0], is_own=True, answers=answers, error=error)
    flash(said, "success")
    return redirect(request.path, code=303)


def _do(uow: UnitOfWork, visitor: MarketVisitor, answers: Answers) -> str:
    """Do so; returns what to say of it."""
    match request.form.get("do"):
        case "change":
            wishes = forms.wishes(answers, visitor.market, uow.zone)
            market_visitors.change(uow, visitor.id, wishes)
            return _("Saved.")
        case "more_time":
            market_more_time.ask(uow, visitor.id, agrees=True)
            return _("Saved. Your next route gives you more time at each stand.")
        case "does_not_come":
            market_visitors.withdraw(uow, visitor.id)
            return _("Thank you for telling us.")
        case "forget_help":
            market_forgetting.forget_help(uow, visitor.id)
            return _("Done. We do not know any more what helps you.")
        case "forget_me":
            market_forgetting.forget_now(uow, visitor.id)
            return _("Done. We do not know any more who you are.")
        case _unknown:
            raise unknown_button()


def _opened(uow: UnitOfWork, token: str) -> Opened:
    return market_cards.opened(uow, *current_core().links.read(Purpose.MARKET_CARD, token))


def _held_here(uow: UnitOfWork) -> Opened:
    found = card_on_kiosk(uow)
    if found is None:
        raise NotFound("This is not there any more.")
    return found


def _is_desk() -> bool:
    found = staff_if_any()
    return found is not None and found.holds(*OF_THE_CENTRE)


def _why(uow: UnitOfWork, visitor: MarketVisitor) -> dict[UUID, list[str]]:
    """Why they meet these stands, by stand, once they ask: nobody else is told what they like."""
    if "why" not in request.args:
        return {}
    return timetable_reasons.why_for(uow, visitor.id, current_language())


def _is_reached_by_nobody(visitor: MarketVisitor) -> bool:
    return not (visitor.candidate_id or visitor.group_id or visitor.channel)


def _page(
    uow: UnitOfWork,
    visitor: MarketVisitor,
    *,
    is_own: bool,
    answers: Answers | None = None,
    error: DomainError | None = None,
) -> ResponseReturnValue:
    market = visitor.market
    said = answers or forms.as_wished(market_wishes.told_by(uow, visitor), uow.zone)
    comes = visitor.state == VisitorState.REGISTERED
    shown = market_page(uow, market)
    goes_on = comes and not shown.is_over and shown.state == "open"
    page = render_template(
        "markets/card.html",
        page=shown,
        market_id=market.id,
        number=visitor.card,
        name=market_visitors.name_of(uow, visitor) if is_own else "",
        comes=comes,
        goes_on=goes_on,
        wants_route=visitor.wants_route,
        is_published=timetables.published(uow.session, market.id) is not None,
        stops=route_of(uow, market, visitor.id),
        why=_why(uow, visitor) if is_own else None,
        qr=qr_code(code_link(visitor)) if goes_on else None,
        interest=interest_panel(uow, visitor, is_own=is_own),
        interest_url=f"{request.path}/interest",
        paper_url=f"{request.path}/card.pdf" if request.view_args else "",
        dates_url=f"{request.path}/calendar.ics" if request.view_args else "",
        is_kept_by_them=is_own and goes_on and _is_reached_by_nobody(visitor),
        may_change=is_own and goes_on,
        has_file=visitor.kind == VisitorKind.CANDIDATE,
        answers=said,
        has_help=is_own and visitor.help_sealed is not None,
        may_forget=is_own and market_forgetting.is_asked_to_forget(uow, visitor),
        errors=form_errors([error], field="walk") if error else [],
        **offers(uow, market, said),
    )
    return page, status_for(error) if error else 200
