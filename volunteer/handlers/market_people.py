"""What is told to who comes to a market: that they have a card."""

from __future__ import annotations

from volunteer.domain.market_days import VisitorState
from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import MarketGroup, MarketVisitor
from volunteer.services import market_telling
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
