"""A route for somebody at the door, out of what is free, in the moment they stand there."""

from __future__ import annotations

from uuid import UUID, uuid4

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.market_days import HelperRole, MarketState, VisitorState, VisitState
from volunteer.domain.markets import Visit as Planned
from volunteer.matching.timetable.plan import Plan
from volunteer.matching.timetable.solving import walk_in
from volunteer.models import Visit
from volunteer.queries import timetables as queries
from volunteer.services import market_facts, market_visitors
from volunteer.services.interpreting import Interpreters
from volunteer.services.market_people import Reading
from volunteer.unit_of_work import UnitOfWork

AT_THE_DOOR = Reading("engine", "market_walk_in")


def route_now(uow: UnitOfWork, visitor_id: UUID) -> list[Visit]:
    """Give this visitor what is free and suits them, from the next round on; returns what is new.

    What they have already stays, and nobody else's route changes. The market is held meanwhile.
    Raises :class:`NotFound`, and :class:`ImpossibleStep` when they do not come, or the market does not go on.
    """
    visitor = market_visitors.held(uow, visitor_id)
    market = visitor.market
    if market.state != MarketState.OPEN:
        raise ImpossibleStep("This market is not open.")
    if visitor.state != VisitorState.REGISTERED:
        raise ImpossibleStep("They said that they do not come.")
    found = market_facts.read_one(uow, market, visitor, AT_THE_DOOR)
    arrays = market_facts.arrays(found)
    had = tuple(promise.visit for promise in found.facts.promises)
    route = walk_in(arrays, Plan(routes=(had,)), 0)
    helpers = queries.helpers_of(uow.session, market.id, HelperRole.INTERPRETER)
    interpreters = Interpreters(helpers, queries.taken(uow.session, market.id, interpreted=True))
    new = [_visit(uow, found, each, int(arrays.lengths[0])) for each in route if each not in had]
    given = [each for each in new if each.interpreter is None or interpreters.give(each)]
    uow.session.add_all(given)
    uow.session.flush()
    return given


def route_of_newcomer(uow: UnitOfWork, visitor_id: UUID) -> list[Visit]:
    """Give who registered after the timetable was published what is free; returns what is new.

    Nothing while none is published, and for who has a meeting, walks freely or does not come.
    """
    visitor = market_visitors.held(uow, visitor_id)
    waits = (
        visitor.market.state == MarketState.OPEN
        and bool(queries.expected(uow.session, visitor.market_id, only=[visitor_id]))
        and not queries.route_of(uow.session, visitor_id)
        and queries.published(uow.session, visitor.market_id) is not None
    )
    return route_now(uow, visitor_id) if waits else []


def _visit(uow: UnitOfWork, found: market_facts.MarketRead, planned: Planned, rounds: int) -> Visit:
    return Visit(
        id=uuid4(),
        market_id=found.market_id,
        visitor_id=found.visitors[0],
        stand_id=found.stands[planned.stand],
        round=found.rounds.round_of(planned.slot),
        rounds=rounds,
        interpreter=planned.interpreter,
        state=VisitState.PLANNED,
        made_at=uow.now,
    )
