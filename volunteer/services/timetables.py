"""Timetables of a market: asked for, made by a worker while its progress can be read, kept or thrown away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import and_, or_, select

from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.events.timetables import TimetableAsked
from volunteer.domain.market_days import MarketState, StandState, TimetableState
from volunteer.domain.market_plan import Rules
from volunteer.models import Market, Timetable
from volunteer.models.base import field_name
from volunteer.queries import markets as market_queries
from volunteer.queries import timetables as queries
from volunteer.services import market_facts
from volunteer.services.market_facts import MarketRead
from volunteer.services.timetable_solving import Solved
from volunteer.unit_of_work import UnitOfWork

LOST_AFTER = timedelta(minutes=30)
"""A plan that a worker began and did not finish in this time is not going to be."""
NEVER_BEGUN_AFTER = timedelta(hours=6)
"""One that waits may stand behind long ones, or for a worker to come back."""
BROKE, LOST, NO_STANDS, NOBODY, CLOSED = "broke", "lost", "no_stands", "nobody", "closed"
"""Why one failed."""
_RUNNING = (TimetableState.WAITING, TimetableState.SOLVING)
_SHORT = field_name("timetables", "short_sealed")


def ask(
    uow: UnitOfWork,
    market_id: UUID,
    *,
    rules: Rules | None = None,
    by: str,
    is_replan: bool = False,
) -> Timetable:
    """Ask for a timetable; while one is being made, that is the one. ``rules`` go before those of the market.

    On the day one that has read the market already is not: it knows nothing of what this is asked for.
    Raises :class:`NotFound`, :class:`InvalidValue` for rules that cannot be, and :class:`ImpossibleStep` for
    a market that is not open or where nobody stands or comes.
    """
    market = held(uow, market_id)
    if rules is not None:
        rules.check(market.round_count)
    if market.state != MarketState.OPEN:
        raise ImpossibleStep("This market is not open.")
    under_way = queries.running(uow.session, market_id, is_replan=is_replan, has_begun=not is_replan)
    if under_way is not None:
        return under_way
    if not queries.stands_of(uow.session, market_id, [StandState.CONFIRMED]):
        raise ImpossibleStep("No stand is confirmed yet.")
    if not queries.expected(uow.session, market_id):
        raise ImpossibleStep("Nobody who wants a route is registered yet.")
    market.last_timetable += 1
    timetable = Timetable(
        id=uuid4(),
        market_id=market.id,
        number=market.last_timetable,
        state=TimetableState.WAITING,
        is_replan=is_replan,
        rules=asdict(rules) if rules else {},
        asked_by=by,
        asked_at=uow.now,
    )
    uow.session.add(timetable)
    uow.record(TimetableAsked(timetable.id))
    return timetable


def begin(uow: UnitOfWork, timetable_id: UUID) -> MarketRead | None:
    """Read the market, for a worker; ``None`` when there is nothing to make (any more).

    What a worker began that died is begun again: a plan is made from what is true then.
    """
    timetable = queries.timetable(uow.session, timetable_id, hold=True)
    if timetable is None or timetable.state not in _RUNNING:
        return None
    market = uow.session.get_one(Market, timetable.market_id)
    if market.state != MarketState.OPEN:
        _fail(uow, timetable, CLOSED)
        return None
    # Before anything else is read: whatever is published meanwhile makes this one too old.
    before = queries.published(uow.session, market.id)
    found = market_facts.read(uow, market, {**market.rules, **timetable.rules})
    if not found.stands or not found.visitors:
        _fail(uow, timetable, NO_STANDS if not found.stands else NOBODY)
        return None
    timetable.state, timetable.progress = TimetableState.SOLVING, 0
    timetable.asked_at = uow.now  # what stands now is what it knows of
    timetable.figures = {"after": before.number if before else 0}
    return found


def note(uow: UnitOfWork, timetable_id: UUID, percent: int) -> None:
    """Write how far it is."""
    timetable = queries.timetable(uow.session, timetable_id)
    if timetable is not None and timetable.state == TimetableState.SOLVING:
        timetable.progress = percent


def keep(uow: UnitOfWork, timetable_id: UUID, made: Solved) -> Timetable | None:
    """Keep what was made, to be compared; ``None`` when it was thrown away meanwhile."""
    timetable = queries.timetable(uow.session, timetable_id, hold=True)
    if timetable is None or timetable.state != TimetableState.SOLVING:
        return None
    timetable.state, timetable.progress = TimetableState.READY, 100
    timetable.solved_at = uow.now
    timetable.visits = [
        [str(visitor), first, rounds, str(stand), language]
        for visitor, first, rounds, stand, language in made.visits
    ]
    drops, after = [str(each) for each in made.drops], timetable.figures.get("after", 0)
    timetable.figures = {**made.figures, "drops": drops, "basis": made.basis, "after": after}
    say_short(uow, timetable, made.short)
    return timetable


def begin_again(uow: UnitOfWork, timetable: Timetable) -> None:
    """What it was made from is not so any more: it waits for a worker once more. It is held."""
    timetable.state, timetable.progress, timetable.solved_at = TimetableState.WAITING, 0, None
    timetable.visits, timetable.short_sealed, timetable.figures = None, None, {}
    timetable.asked_at = uow.now
    uow.record(TimetableAsked(timetable.id))


def fail(uow: UnitOfWork, timetable_id: UUID, why: str = BROKE) -> None:
    """It could not be made."""
    timetable = queries.timetable(uow.session, timetable_id, hold=True)
    if timetable is not None and timetable.state in _RUNNING:
        _fail(uow, timetable, why)


def give_up_lost(uow: UnitOfWork) -> None:
    """Say of plans that nobody finished that they failed, so that another can be asked for."""
    lost = or_(
        and_(Timetable.state == TimetableState.SOLVING, Timetable.asked_at <= uow.now - LOST_AFTER),
        and_(Timetable.state == TimetableState.WAITING, Timetable.asked_at <= uow.now - NEVER_BEGUN_AFTER),
    )
    for timetable in uow.session.scalars(select(Timetable).where(lost).with_for_update(skip_locked=True)):
        _fail(uow, timetable, LOST)


def discard(uow: UnitOfWork, timetable_id: UUID) -> UUID:
    """Throw a plan away that nobody was told of; returns its market.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for one that was published.
    """
    timetable = found(uow, timetable_id, hold=True)
    if timetable.state in (TimetableState.PUBLISHED, TimetableState.REPLACED):
        raise ImpossibleStep("People were told of this timetable. It stays.")
    uow.session.delete(timetable)
    return timetable.market_id


def say_short(uow: UnitOfWork, timetable: Timetable, short: Mapping[UUID, tuple[str, int]]) -> None:
    """Keep, sealed, why each visitor who is short in this plan is: as :func:`short_in` gives it back."""
    said = {str(visitor): list(why) for visitor, why in short.items()}
    timetable.short_sealed = uow.keyring.seal(json.dumps(said), field=_SHORT)


def short_in(uow: UnitOfWork, timetable: Timetable) -> dict[UUID, tuple[str, int]]:
    """Why each visitor who is short in this plan is: an obstacle or ``possible``, and the stands left."""
    if timetable.short_sealed is None:
        return {}
    said = json.loads(uow.keyring.open(timetable.short_sealed, field=_SHORT))
    return {UUID(visitor): (why, left) for visitor, (why, left) in said.items()}


def found(uow: UnitOfWork, timetable_id: UUID, *, hold: bool = False) -> Timetable:
    """This plan. Raises :class:`NotFound`."""
    timetable = queries.timetable(uow.session, timetable_id, hold=hold)
    if timetable is None:
        raise NotFound("This timetable is not there any more.")
    return timetable


def held(uow: UnitOfWork, market_id: UUID) -> Market:
    """The market, held: nobody else gives out meetings of it meanwhile. Raises :class:`NotFound`."""
    market = market_queries.held(uow.session, market_id)
    if market is None:
        raise NotFound("This market is not there any more.")
    return market


def _fail(uow: UnitOfWork, timetable: Timetable, why: str) -> None:
    timetable.state, timetable.figures = TimetableState.FAILED, {"failed": why}
    timetable.solved_at = uow.now
