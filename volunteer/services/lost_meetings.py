"""Meetings on the day that people were told of and that cannot be any more, and the new routes for it.

A stand that closes, or an interpreter who leaves, takes them away: then a new timetable is asked for at once,
because nobody else would.
"""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.market_days import HelperRole, MarketState, VisitorState, VisitState
from volunteer.models import Market, MarketVisitor, Visit
from volunteer.queries import timetables as queries
from volunteer.services import market_door, market_rooms, replanning
from volunteer.services.interpreting import Interpreters
from volunteer.unit_of_work import UnitOfWork


def ask_at_once(uow: UnitOfWork, market: Market, *, by: str) -> frozenset[UUID]:
    """Ask for new routes where somebody lost a meeting; returns the ids of who did, as :func:`of_whom`.

    Where none can be made nothing happens: the page of the day says who is left without.
    """
    uow.session.flush()
    who = of_whom(uow, market)
    if who:
        with suppress(ImpossibleStep):  # it does not go on, or nobody is there
            replanning.ask(uow, market.id, by=by)
    return who


def of_whom(uow: UnitOfWork, market: Market) -> frozenset[UUID]:
    """Ids of who still comes and has a meeting ahead that cannot be; none on another day than its own,
    nor of a market that does not go on.

    The stand is closed then or does not come, or their interpreter is not there. A meeting that has begun is
    none of them.
    """
    if market.state != MarketState.OPEN or not market_door.is_day(uow, market):
        return frozenset()
    interpreters = Interpreters(queries.helpers_of(uow.session, market.id, HelperRole.INTERPRETER), ())
    following = market.rounds.next_after(uow.now)
    lost = {
        each.visitor_id
        for each in queries.visits_of_market(uow.session, market.id)
        if each.state == VisitState.PLANNED
        and each.round >= following
        and not _can_be(each, market, interpreters)
    }
    return frozenset(each for each in lost if _comes(uow.session.get_one(MarketVisitor, each)))


def _can_be(visit: Visit, market: Market, interpreters: Interpreters) -> bool:
    rounds = range(visit.round, visit.round + visit.rounds)
    is_there = market_rooms.away_rounds(visit.stand, market.rounds).isdisjoint(rounds)
    return is_there and (visit.interpreter is None or interpreters.goes_along(visit))


def _comes(visitor: MarketVisitor) -> bool:
    return visitor.state == VisitorState.REGISTERED and not (visitor.absent_at or visitor.left_at)
