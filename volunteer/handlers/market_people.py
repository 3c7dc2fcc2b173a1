"""What follows when somebody registers for a market: they hear of their card, and late ones get a route."""

from __future__ import annotations

from volunteer.domain.market_days import VisitorState
from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import MarketGroup, MarketVisitor
from volunteer.queries import market_visitors as queries
from volunteer.services import market_telling, walk_ins
from volunteer.unit_of_work import UnitOfWork


def of_registration(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Send somebody the way to their own page."""
    visitor = uow.session.get(MarketVisitor, cause.event.visitor_id)
    if visitor is not None and visitor.state == VisitorState.REGISTERED:
        market_telling.tell_visitors(uow, [visitor], MessageKind.MARKET_REGISTERED, cause_id=cause.event_id)


def of_group(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Send a support worker the way to the page of their group."""
    group = uow.session.get(MarketGroup, cause.event.group_id)
    if group is not None and group.state == VisitorState.REGISTERED:
        market_telling.tell_groups(uow, [group], MessageKind.GROUP_REGISTERED, cause_id=cause.event_id)


def route_of_one(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Where the timetable is published already, give them what is free."""
    if uow.session.get(MarketVisitor, cause.event.visitor_id) is not None:
        walk_ins.route_of_newcomer(uow, cause.event.visitor_id)


def routes_of_group(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """The same for each card of a group."""
    for card in queries.cards_of(uow.session, cause.event.group_id):
        walk_ins.route_of_newcomer(uow, card.id)
