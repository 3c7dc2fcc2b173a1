"""Telling who comes to a market: each in their own way, and a group through its support worker."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from volunteer.domain.candidates import BY_HAND
from volunteer.domain.messages import MessageKind
from volunteer.models import Market, MarketGroup, MarketVisitor, Timetable
from volunteer.queries import market_visitors, timetables
from volunteer.services import messages
from volunteer.unit_of_work import UnitOfWork

_NO_FILE = UUID(int=0)


def tell_visitors(
    uow: UnitOfWork, visitors: Iterable[MarketVisitor], kind: MessageKind, *, cause_id: UUID
) -> None:
    """Tell each by their own channel; who left none, and who is one of a group, hears nothing by this.

    Files are held in one order, in which nobody who merges two waits for us.
    """
    for visitor in sorted(visitors, key=lambda each: (each.candidate_id or _NO_FILE, each.card)):
        if visitor.candidate is not None:
            messages.tell_candidate(uow, visitor.candidate, kind, about_id=visitor.id, cause_id=cause_id)
        elif visitor.name_sealed is not None:
            messages.tell_visitor(uow, visitor, kind, cause_id=cause_id)


def tell_routes(uow: UnitOfWork, timetable_id: UUID, *, cause_id: UUID) -> None:
    """Tell whoever has another route by this timetable; who was told of it, or of a newer one, is not again.

    On the day nobody is called or written a letter: the board and the door tell them.
    """
    timetable = uow.session.get(Timetable, timetable_id)
    if timetable is None:
        return
    concerned = timetables.changed_by(uow.session, timetable)
    every = [
        each
        for each in market_visitors.visitors_of(uow.session, timetable.market_id)
        if each.id in concerned and each.told_version < timetable.number
    ]
    first = [each for each in every if not each.told_version]
    again = [each for each in every if each.told_version]
    for kind, told in ((MessageKind.MARKET_ROUTE, first), (MessageKind.MARKET_ROUTE_CHANGED, again)):
        _tell_of_route(uow, timetable.market, told, kind, cause_id)
    for each in every:
        each.told_version = timetable.number


def tell_of_loss(
    uow: UnitOfWork, market: Market, visitors: Collection[MarketVisitor], *, cause_id: UUID
) -> None:
    """Tell these that something of their route is gone, as of any other change of it."""
    _tell_of_route(uow, market, visitors, MessageKind.MARKET_ROUTE_CHANGED, cause_id)


def _tell_of_route(
    uow: UnitOfWork, market: Market, told: Collection[MarketVisitor], kind: MessageKind, cause_id: UUID
) -> None:
    is_on = uow.today >= market.starts_at.astimezone(uow.zone).date()
    tell_visitors(uow, [each for each in told if not (is_on and _by_hand(each))], kind, cause_id=cause_id)
    groups = {each.group_id: each.group for each in told if each.group}
    tell_groups(uow, groups.values(), kind, cause_id=cause_id)


def _by_hand(visitor: MarketVisitor) -> bool:
    return (visitor.candidate.channel if visitor.candidate else visitor.channel) in BY_HAND


def tell_groups(uow: UnitOfWork, groups: Iterable[MarketGroup], kind: MessageKind, *, cause_id: UUID) -> None:
    """Tell whoever brings each of these groups, once for each group."""
    for group in groups:
        if group.account is not None:
            messages.tell_account(uow, group.account, kind, about_id=group.id, cause_id=cause_id)
