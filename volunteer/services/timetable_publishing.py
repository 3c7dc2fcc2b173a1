"""Publishing a timetable: its meetings become those of everybody, under the lock of the market.

A plan is minutes or days old when it is published. So every seat and every interpreter is looked at again,
and whatever a meeting rests on. What somebody was given since stays. A plan that was compared with others is
published as it was shown or not at all; one of the day without what cannot be any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.events.timetables import TimetablePublished
from volunteer.domain.market_days import HelperRole, MarketState, StandState, TimetableState, VisitState
from volunteer.domain.market_plan import Rules
from volunteer.domain.markets import Obstacle
from volunteer.models import Market, Timetable, Visit
from volunteer.queries import timetables as queries
from volunteer.services import market_rooms, timetables
from volunteer.services.interpreting import Interpreters
from volunteer.services.timetable_room import Room
from volunteer.services.timetable_solving import Planned, as_planned, in_order
from volunteer.unit_of_work import UnitOfWork

_TOLD = (TimetableState.PUBLISHED, TimetableState.REPLACED)
_FOR_NOW = ("drops", "basis", "after")
"""What a plan knows until it is published."""


def publish(uow: UnitOfWork, timetable_id: UUID, *, by: str) -> Timetable:
    """Make it everybody's; pressed again nothing happens. Who is told follows from the event.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for one that is not ready, was made before another
    was published, belongs to a market that does not go on, or is not true any more; then nothing of it may be
    committed.
    """
    market = timetables.held(uow, timetables.found(uow, timetable_id).market_id)
    timetable = timetables.found(uow, timetable_id, hold=True)
    if timetable.state in _TOLD:
        return timetable
    _check(uow, market, timetable)
    put_in_place(uow, market, timetable, by=by)
    if timetable.figures["left_out"] and not timetable.is_replan:
        raise ImpossibleStep(
            "Something changed since this timetable was made: not every meeting in it can be any more. "
            "Make a new one."
        )
    uow.record(TimetablePublished(timetable.id))
    return timetable


def put_in_place(uow: UnitOfWork, market: Market, timetable: Timetable, *, by: str) -> None:
    """The same, and nobody is told. Both are held. What it was asked with holds for the market from now on.

    ``left_out`` of its figures counts the meetings of people who still come that cannot be any more.
    """
    for before in queries.timetables_of(uow.session, market.id):
        if before.state == TimetableState.PUBLISHED:
            before.state = TimetableState.REPLACED
    lost = _write(uow, market, timetable)
    timetable.state, timetable.visits = TimetableState.PUBLISHED, None
    timetable.published_at, timetable.published_by = uow.now, by
    if timetable.rules:
        market.rules = Rules(**timetable.rules).stored(market.rules.get("walking", {}))
    told = {name: value for name, value in timetable.figures.items() if name not in _FOR_NOW}
    timetable.figures = {**told, "left_out": lost.count}
    if lost.alone:
        said = dict.fromkeys(lost.alone, (Obstacle.INTERPRETER, 1))
        timetables.say_short(uow, timetable, {**timetables.short_in(uow, timetable), **said})


def is_overtaken(uow: UnitOfWork, timetable: Timetable) -> bool:
    """Whether another was published since this one was made; sure while the market is held."""
    before = queries.published(uow.session, timetable.market_id)
    number = before.number if before else 0
    return number != int(timetable.figures.get("after", 0))


def is_out_of_date(uow: UnitOfWork, timetable: Timetable) -> bool:
    """Whether publishing would refuse this plan, which is ready: a look that holds and changes nothing."""
    if is_overtaken(uow, timetable):
        return True
    market = timetable.market
    standing = [_as_it_stands(each) for each in queries.standing(uow.session, market.id)]
    return _weigh(uow, market, timetable, standing).lost.count > 0


def drop(uow: UnitOfWork, visit: Visit, *, by: str) -> None:
    """Take a meeting off a route."""
    visit.state, visit.settled_at, visit.settled_by = VisitState.DROPPED, uow.now, by


@dataclass(slots=True)
class _Lost:
    """What cannot be any more, of people who still come."""

    count: int = 0
    alone: set[UUID] = field(default_factory=set)
    """Who has a meeting less because nobody can go along."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What comes of a plan beside what stands."""

    goes: list[Visit]
    new: list[Visit]
    lost: _Lost


def _check(uow: UnitOfWork, market: Market, timetable: Timetable) -> None:
    if timetable.state != TimetableState.READY:
        raise ImpossibleStep("This timetable is not ready.")
    if market.state != MarketState.OPEN:
        raise ImpossibleStep("This market is not open.")
    if is_overtaken(uow, timetable):
        raise ImpossibleStep(
            "Another timetable was published since. Make a new one: it keeps what people were told."
        )


def _write(uow: UnitOfWork, market: Market, timetable: Timetable) -> _Lost:
    """Drop what the plan does not keep, and what cannot be any more; write what is new."""
    weighed = _weigh(uow, market, timetable, queries.standing(uow.session, market.id))
    for visit in weighed.goes:
        drop(uow, visit, by=queries.by_timetable(timetable.id))
    uow.session.flush()
    uow.session.add_all(weighed.new)
    uow.session.flush()
    return weighed.lost


def _weigh(uow: UnitOfWork, market: Market, timetable: Timetable, standing: Iterable[Visit]) -> _Weighed:
    """What comes of this plan beside what stands; nothing is written, but interpreters may change places."""
    plan = [
        (UUID(who), first, rounds, UUID(where), word)
        for who, first, rounds, where, word in timetable.visits or []
    ]
    kept, not_kept, of_their_own = _keep(uow, market, timetable, standing, set(plan))
    following = market.rounds.next_after(uow.now)
    ahead = [each for each in kept if _is_ahead(each, following)]
    gone = _without_stand(uow, market, ahead)
    lost = {each.id for each in gone}
    helpers = queries.helpers_of(uow.session, market.id, HelperRole.INTERPRETER)
    interpreters = Interpreters(helpers, _taken(each for each in kept if each.id not in lost))
    alone = interpreters.stand_in([each for each in ahead if each.id not in lost])
    goes = [*gone, *alone]
    going = {each.id for each in goes}
    stays = [each for each in kept if each.id not in going]
    room = Room.of(uow, market, stays, timetable.figures.get("basis", {}))
    had = {as_planned(each) for each in kept}
    new = []
    for planned in in_order(plan):
        visit = _visit(uow, timetable, planned)
        if planned in had or visit.visitor_id in of_their_own:
            continue
        if not room.has(visit):
            gone.append(visit)
        elif visit.interpreter and not interpreters.give(visit):
            alone.append(visit)
        else:
            room.take(visit)
            new.append(visit)
    count = sum(1 for each in (*gone, *alone) if room.windows.get(each.visitor_id))
    return _Weighed([*not_kept, *goes], new, _Lost(count, {each.visitor_id for each in alone}))


def _keep(
    uow: UnitOfWork,
    market: Market,
    timetable: Timetable,
    standing: Iterable[Visit],
    planned: set[Planned],
) -> tuple[list[Visit], list[Visit], set[UUID]]:
    """What goes on standing: the past, what the plan keeps, and what was given since the market was read.

    Then what does not. Who came in since keeps the route they had: the plan took them for absent, or late.
    They, and who was given a route since, have one of their own: nothing of the plan is added to it.
    """
    following = market.rounds.next_after(uow.now)
    drops = frozenset(timetable.figures.get("drops", ()))
    came = {
        each.id
        for each in queries.expected(uow.session, market.id)
        if each.checked_in_at and each.checked_in_at > timetable.asked_at
    }
    kept, not_kept, of_their_own = [], [], set()
    for visit in standing:
        is_known = str(visit.id) in drops
        if is_known and _is_ahead(visit, following) and visit.visitor_id not in came:
            not_kept.append(visit)
            continue
        kept.append(visit)
        if _is_ahead(visit, following) and (is_known or as_planned(visit) not in planned):
            of_their_own.add(visit.visitor_id)
    return kept, not_kept, of_their_own


def _is_ahead(visit: Visit, following: int) -> bool:
    return visit.state == VisitState.PLANNED and visit.round >= following


def _without_stand(uow: UnitOfWork, market: Market, visits: Iterable[Visit]) -> list[Visit]:
    """Promised meetings whose stand, or whose round, is not there any more."""
    stands = queries.stands_of(uow.session, market.id, [StandState.CONFIRMED])
    open_rounds = {
        each.id: set(range(market.round_count)) - market_rooms.away_rounds(each, market.rounds)
        for each in stands
    }
    return [each for each in visits if not open_rounds.get(each.stand_id, set()).issuperset(each.during)]


def _as_it_stands(visit: Visit) -> Visit:
    """The same meeting, that may be changed without being written."""
    return Visit(
        id=visit.id,
        visitor_id=visit.visitor_id,
        stand_id=visit.stand_id,
        round=visit.round,
        rounds=visit.rounds,
        interpreter=visit.interpreter,
        interpreter_id=visit.interpreter_id,
        state=visit.state,
    )


def _taken(visits: Iterable[Visit]) -> list[queries.Taken]:
    return [
        queries.Taken(each.visitor_id, each.stand_id, number, each.interpreter, each.interpreter_id)
        for each in visits
        for number in each.during
    ]


def _visit(uow: UnitOfWork, timetable: Timetable, planned: Planned) -> Visit:
    who, first, rounds, where, language = planned
    return Visit(
        id=uuid4(),
        market_id=timetable.market_id,
        visitor_id=who,
        stand_id=where,
        round=first,
        rounds=rounds,
        interpreter=language,
        state=VisitState.PLANNED,
        timetable_id=timetable.id,
        made_at=uow.now,
    )
