"""Everything of a market on paper: the desk prints all of it, others what is theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from volunteer.documents.calendar_file import calendar_file
from volunteer.documents.route_facts import CardSize
from volunteer.domain.errors import NotFound
from volunteer.domain.market_days import HelperRole, StandState, VisitorState
from volunteer.links import Purpose
from volunteer.models import Market, MarketGroup, MarketVisitor, Stand
from volunteer.queries import market_visitors as queries
from volunteer.queries import stands as stand_queries
from volunteer.queries import timetables
from volunteer.services import market_cards, market_groups, markets
from volunteer.services.organisations import gets_people
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import market_lists
from volunteer.web.auth import for_desk, for_members, for_support_workers
from volunteer.web.calendar_reply import calendar_reply
from volunteer.web.extensions import current_core, limiter
from volunteer.web.gathering_words import written
from volunteer.web.language import gettext as _
from volunteer.web.market_calendar import of_group, of_stand, of_visitor
from volunteer.web.market_papers import cards_pdf, in_print_order
from volunteer.web.market_words import name_of_spot
from volunteer.web.paper_reply import pdf_reply
from volunteer.web.stand_words import market_line, shapes_of
from volunteer.web.support_team import our_referrer
from volunteer.web.views.markets.blueprints import at_desk, for_all, of_organisation, of_support
from volunteer.web.views.organisation.blueprint import our_team

CHUNK = 100
"""So many cards make a pile that a printer takes at once."""


@at_desk.get("/<uuid:market_id>/papers")
@for_desk
def papers(market_id: UUID) -> ResponseReturnValue:
    """What can be printed: all of it, by group, by zone, or one card."""
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        shapes = shapes_of(market)
        groups = queries.groups_of(uow.session, market.id)
        sizes = queries.sizes_of(uow.session, [each.id for each in groups])
        total = queries.count_visitors(uow.session, market.id)
        return render_template(
            "markets/papers.html",
            market=market_line(uow, market),
            total=total,
            piles=[(first, min(first + CHUNK - 1, total)) for first in range(1, total + 1, CHUNK)],
            groups=[(each.id, each.name, sizes.get(each.id, 0)) for each in groups],
            zones=[(each.letter, shapes[each.letter], written(each.texts)) for each in market.zones],
            stands=[(each.id, name_of_spot(each), each.organisation.name) for each in _stands(uow, market)],
            interpreters=len(timetables.helpers_of(uow.session, market.id, HelperRole.INTERPRETER)),
            nowhere=stand_queries.without_spot(uow.session, market.id),
            has_routes=timetables.published(uow.session, market.id) is not None,
        )


@at_desk.get("/<uuid:market_id>/papers/cards.pdf")
@for_desk
def route_cards(market_id: UUID) -> ResponseReturnValue:
    """Route cards in the order of printing: all, a pile of them, of one group, or one number."""
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        chosen = _chosen(in_print_order(uow, market.id))
        return _pdf("cards", lambda: cards_pdf(uow, market, chosen, _size(CardSize.A4)))


@at_desk.get("/<uuid:market_id>/papers/stands.pdf")
@for_desk
def stand_sheets(market_id: UUID) -> ResponseReturnValue:
    """The sheets of all stands, of one zone, or of one stand."""
    letter, one = request.args.get("zone", ""), request.args.get("stand", "")
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        stands = [
            each
            for each in _stands(uow, market)
            if (not letter or (each.zone and each.zone.letter == letter)) and (not one or str(each.id) == one)
        ]
        return _pdf("stands", lambda: market_lists.stand_sheets(uow, market, stands))


@at_desk.get("/<uuid:market_id>/papers/interpreters.pdf")
@for_desk
def interpreter_sheets(market_id: UUID) -> ResponseReturnValue:
    """Where each interpreter is to be."""
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        return _pdf("interpreters", lambda: market_lists.interpreter_sheets(uow, market))


@at_desk.get("/<uuid:market_id>/papers/groups.pdf")
@for_desk
def group_lists(market_id: UUID) -> ResponseReturnValue:
    """The lists of all groups, for who brings them."""
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        groups = queries.groups_of(uow.session, market.id)
        return _pdf("groups", lambda: market_lists.group_lists(uow, market, groups))


@at_desk.get("/<uuid:market_id>/papers/door.pdf")
@for_desk
def door_list(market_id: UUID) -> ResponseReturnValue:
    """Every card by its number, for the door."""
    with current_core().units.read() as uow:
        market = markets.found(uow, market_id)
        return _pdf("door", lambda: market_lists.door_list(uow, market))


@of_support.get("/groups/<uuid:group_id>/cards.pdf")
@for_support_workers
def cards_of_group(group_id: UUID) -> ResponseReturnValue:
    """The route cards of our group."""
    with current_core().units.read() as uow:
        group = _our_group(uow, group_id)
        cards = queries.cards_of(uow.session, group.id)
        return _pdf("cards", lambda: cards_pdf(uow, group.market, cards, _size(CardSize.A4)))


@of_support.get("/groups/<uuid:group_id>/list.pdf")
@for_support_workers
def list_of_group(group_id: UUID) -> ResponseReturnValue:
    """Every card of our group with its route."""
    with current_core().units.read() as uow:
        group = _our_group(uow, group_id)
        return _pdf("group", lambda: market_lists.group_lists(uow, group.market, [group]))


@of_support.get("/groups/<uuid:group_id>/calendar.ics")
@for_support_workers
def calendar_of_group(group_id: UUID) -> ResponseReturnValue:
    """The day of our group, for a calendar."""
    core = current_core()
    with core.units.read() as uow:
        found = of_group(uow, _our_group(uow, group_id))
    return calendar_reply(calendar_file(found, core.settings.centre))


@of_organisation.get("/<uuid:market_id>/sheet.pdf")
@for_members
def own_sheet(market_id: UUID) -> ResponseReturnValue:
    """Who comes to our stand."""
    with current_core().units.read() as uow:
        stand = _our_stand(uow, market_id)
        return _pdf("stand", lambda: market_lists.stand_sheets(uow, stand.market, [stand]))


@of_organisation.get("/<uuid:market_id>/calendar.ics")
@for_members
def own_calendar(market_id: UUID) -> ResponseReturnValue:
    """The day of our stand, for a calendar."""
    core = current_core()
    with core.units.read() as uow:
        found = of_stand(uow, _our_stand(uow, market_id))
    return calendar_reply(calendar_file(found, core.settings.centre))


@for_all.get("/m/<token>/card.pdf")
@limiter.limit("30 per minute")
def own_paper(token: str) -> ResponseReturnValue:
    """The card of whoever has this link; the code on a card prints it without a name."""
    with current_core().units.read() as uow:
        visitor, is_own = _opened(uow, token)
        size = _size(CardSize.A5)
        return _pdf("card", lambda: cards_pdf(uow, visitor.market, [visitor], size, with_names=is_own))


@for_all.get("/m/<token>/calendar.ics")
@limiter.limit("30 per minute")
def own_dates(token: str) -> ResponseReturnValue:
    """The day of this card, for a calendar: whom they meet and when."""
    core = current_core()
    with core.units.read() as uow:
        found = of_visitor(uow, _opened(uow, token)[0])
    return calendar_reply(calendar_file(found, core.settings.centre))


def _chosen(every: list[MarketVisitor]) -> list[MarketVisitor]:
    group, card, first = (request.args.get(name, "") for name in ("group", "card", "from"))
    if group:
        return [each for each in every if str(each.group_id) == group]
    if card:
        return [each for each in every if str(each.card) == card.strip()]
    if first.isdecimal():
        begin = max(0, int(first[:6]) - 1)
        return every[begin : begin + CHUNK]
    return every


def _pdf(name: str, made: Callable[[], bytes]) -> ResponseReturnValue:
    """Raises :class:`NotFound` where there is nothing to print."""
    try:
        return pdf_reply(name, made())
    except ValueError as error:
        raise NotFound(_("There is nothing to print yet.")) from error


def _size(usual: CardSize) -> CardSize:
    asked = request.args.get("size", "")
    return CardSize(asked) if asked in set(CardSize) else usual


def _stands(uow: UnitOfWork, market: Market) -> Sequence[Stand]:
    return timetables.stands_of(uow.session, market.id, [StandState.CONFIRMED])


def _opened(uow: UnitOfWork, token: str) -> tuple[MarketVisitor, bool]:
    found = market_cards.opened(uow, *current_core().links.read(Purpose.MARKET_CARD, token))
    if found[0].state != VisitorState.REGISTERED:
        raise NotFound("This card is not used any more.")
    return found


def _our_group(uow: UnitOfWork, group_id: UUID) -> MarketGroup:
    return market_groups.of_referrer(uow, group_id, our_referrer().id)


def _our_stand(uow: UnitOfWork, market_id: UUID) -> Stand:
    stand = stand_queries.live_of(uow.session, market_id, our_team().id)
    if stand is None or stand.state != StandState.CONFIRMED or not gets_people(stand.organisation):
        raise NotFound("This stand is not there any more.")
    return stand
