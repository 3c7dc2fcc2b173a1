"""How somebody would like to spend the day of a market: written down, and read again."""

from __future__ import annotations

from uuid import UUID

from volunteer.domain.errors import InvalidValue
from volunteer.domain.market_days import VisitorKind, VisitorState
from volunteer.domain.market_visitors import Wishes
from volunteer.models import Market, MarketVisitor
from volunteer.queries import market_visitors as queries
from volunteer.unit_of_work import UnitOfWork


def tell(uow: UnitOfWork, market: Market, visitor: MarketVisitor, wishes: Wishes) -> None:
    """Write down how they would like to spend the day. Raises :class:`InvalidValue`."""
    wishes.check(opens=market.starts_at, closes=market.ends_at)
    visitor.together_id = _together(uow, market, visitor, wishes.together_card)
    if visitor.kind != VisitorKind.CANDIDATE:
        visitor.languages, visitor.tasks = sorted(wishes.languages), sorted(wishes.tasks)
    visitor.wants_route, visitor.wanted = wishes.wants_route, wishes.wanted
    visitor.arrives_at, visitor.leaves_at = wishes.arrives_at, wishes.leaves_at
    visitor.shares = wishes.shares


def told_by(uow: UnitOfWork, visitor: MarketVisitor) -> Wishes:
    """What they told, for a form that changes it."""
    friend = uow.session.get(MarketVisitor, visitor.together_id) if visitor.together_id else None
    return Wishes(
        languages=frozenset(visitor.languages),
        tasks=frozenset(visitor.tasks),
        wants_route=visitor.wants_route,
        wanted=visitor.wanted,
        arrives_at=visitor.arrives_at,
        leaves_at=visitor.leaves_at,
        together_card=friend.card if friend and friend.state == VisitorState.REGISTERED else None,
        shares_tasks=bool(visitor.shares),
    )


def _together(uow: UnitOfWork, market: Market, visitor: MarketVisitor, card: int | None) -> UUID | None:
    if card is None:
        return None
    other = queries.with_card(uow.session, market.id, card)
    if other is None or other.id == visitor.id or other.state != VisitorState.REGISTERED:
        raise InvalidValue("There is no other card with this number.", field="together")
    return other.id
