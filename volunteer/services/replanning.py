"""Making the timetable again on the day: the past and what was told stand, what came free is given."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.market_days import MarketState
from volunteer.models import Market, Timetable
from volunteer.queries import timetables as queries
from volunteer.services import timetable_publishing, timetables
from volunteer.services.timetable_solving import Solved
from volunteer.unit_of_work import UnitOfWork

BY_THE_CLOCK = "clock"
ONCE_MORE = "once_more"
"""Who asks where something changed while one was being made."""
FASTEST, SLOWEST = 5, 120
"""Minutes between two by the clock."""


def ask(uow: UnitOfWork, market_id: UUID, *, by: str) -> Timetable:
    """Ask for the timetable to be made again; it publishes itself. While one waits, that is the one.

    Seats of who does not come or went home are free for others, who is late is expected later, who checked in
    without a route gets one, and stands that withdrew are left out; one that runs
    rounds behind gets nobody new in them. Raises as :func:`timetables.ask`.
    """
    return timetables.ask(uow, market_id, by=by, is_replan=True)


def by_the_clock(uow: UnitOfWork, market_id: UUID, minutes: int | None) -> None:
    """From now on one is made every so many minutes; ``None`` is by the button alone."""
    market = timetables.held(uow, market_id)
    market.replan_minutes = minutes
    market.replan_at = uow.now + timedelta(minutes=minutes) if minutes else None


def ask_due(uow: UnitOfWork) -> None:
    """Ask wherever the clock says so; before the doors open it waits, when the last round began it ends."""
    due = select(Market).where(Market.replan_at <= uow.now).with_for_update(skip_locked=True)
    for market in uow.session.scalars(due):
        is_over = market.state != MarketState.OPEN or market.rounds.next_after(uow.now) == market.rounds.count
        if is_over or not market.replan_minutes:
            market.replan_at = None
            continue
        market.replan_at = uow.now + timedelta(minutes=market.replan_minutes)
        if market.starts_at <= uow.now:
            _ask(uow, market)


def keep(uow: UnitOfWork, timetable_id: UUID, made: Solved) -> None:
    """Keep what a worker made; one of the day is published with it, in the same transaction.

    When another was published meanwhile it is made again: it knows nothing of what people were told then.
    What cannot be any more is left out, and another one is asked for, once: others may have what is free.
    """
    known = queries.timetable(uow.session, timetable_id)
    if known is None:
        return
    # The market before the timetable, as whoever publishes one.
    market = timetables.held(uow, known.market_id)
    timetable = timetables.keep(uow, timetable_id, made)
    if timetable is None or not timetable.is_replan:
        return
    if timetable_publishing.is_overtaken(uow, timetable):
        timetables.begin_again(uow, timetable)
        return
    timetable_publishing.publish(uow, timetable.id, by=timetable.asked_by or BY_THE_CLOCK)
    if timetable.figures["left_out"] and timetable.asked_by != ONCE_MORE:
        _ask(uow, market, by=ONCE_MORE)


def _ask(uow: UnitOfWork, market: Market, *, by: str = BY_THE_CLOCK) -> None:
    try:
        ask(uow, market.id, by=by)
    except ImpossibleStep:  # nobody is there (yet); the clock looks again
        return
