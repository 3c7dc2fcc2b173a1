"""Publishing a timetable: its meetings become those of everybody, under the lock of the market.

A plan is minutes or days old when it is published. So every seat and every interpreter is looked at again,
what somebody was given since stays, and what cannot be any more is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.events.timetables import TimetablePublished
from volunteer.domain.market_days import (
    HelperRole,
    MarketState,
    Rounds,
    StandState,
    TimetableState,
    VisitState,
)
from volunteer.domain.markets import Window
from volunteer.models import Market, Stand, Timetable, Visit
from volunteer.queries import timetables as queries
from volunteer.services import market_facts, market_rooms, timetables
from volunteer.services.interpreting import Interpreters
from volunteer.services.timetable_solving import Planned
from volunteer.unit_of_work import UnitOfWork

_TOLD = (TimetableState.PUBLISHED, TimetableState.REPLACED)


def publish(uow: UnitOfWork, timetable_id: UUID, *, by: str) -> Timetable:
    """Make it everybody's; pressed again nothing happens. Who is told follows from the event.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for one that is not ready, was made before another
    was published, or belongs to a market that does not go on.
    """
    market = timetables.held(uow, timetables.found(uow, timetable_id).market_id)
    timetable = timetables.found(uow, timetable_id, hold=True)
    if timetable.state in _TOLD:
        return timetable
    _check(uow, market, timetable)
    for before in queries.timetables_of(uow.session, market.id):
        if before.state == TimetableState.PUBLISHED:
            before.state = TimetableState.REPLACED
    plan = [
        (UUID(who), first, rounds, UUID(where), word)
        for who, first, rounds, where, word in timetable.visits or []
    ]
    left_out = _write(uow, market, timetable, plan)
    timetable.state, timetable.visits = TimetableState.PUBLISHED, None
    timetable.published_at, timetable.published_by = uow.now, by
    told = {name: value for name, value in timetable.figures.items() if name != "drops"}
    timetable.figures = {**told, "left_out": left_out}
    uow.record(TimetablePublished(timetable.id))
    return timetable


def _check(uow: UnitOfWork, market: Market, timetable: Timetable) -> None:
    if timetable.state != TimetableState.READY:
        raise ImpossibleStep("This timetable is not ready.")
    if market.state != MarketState.OPEN:
        raise ImpossibleStep("This market is not open.")
    before = queries.published(uow.session, market.id)
    if before is not None and before.published_at and before.published_at > timetable.asked_at:
        raise ImpossibleStep(
            "Another timetable was published since. Make a new one: it keeps what people were told."
        )


def _write(uow: UnitOfWork, market: Market, timetable: Timetable, plan: Sequence[Planned]) -> int:
    """Drop what the plan does not keep, write what is new; returns how many could not be any more."""
    kept = _keep(uow, market, timetable)
    uow.session.flush()
    room = _Room.of(uow, market, kept)
    room.interpreters.stand_in([each for each in kept if _is_ahead(each, room.following)])
    had = {(each.visitor_id, each.round, each.stand_id) for each in kept}
    left_out = 0
    for who, first, rounds, where, language in sorted(
        plan, key=lambda each: (each[1], -each[2], each[3], each[0])
    ):
        if (who, first, where) in had:
            continue
        visit = Visit(
            id=uuid4(),
            market_id=market.id,
            visitor_id=who,
            stand_id=where,
            round=first,
            rounds=rounds,
            interpreter=language,
            state=VisitState.PLANNED,
            timetable_id=timetable.id,
            made_at=uow.now,
        )
        if room.take(visit):
            uow.session.add(visit)
        else:
            left_out += 1
    uow.session.flush()
    return left_out


def _keep(uow: UnitOfWork, market: Market, timetable: Timetable) -> list[Visit]:
    """What goes on standing: the past, what the plan keeps, and what was given since the market was read.

    Who came in since keeps the route they had: the plan took them for absent, or late.
    """
    following = market.rounds.next_after(uow.now)
    drops = frozenset(timetable.figures.get("drops", ()))
    came = {
        each.id
        for each in queries.expected(uow.session, market.id)
        if each.checked_in_at and each.checked_in_at > timetable.asked_at
    }
    kept = []
    for visit in queries.standing(uow.session, market.id):
        is_dropped = str(visit.id) in drops and visit.visitor_id not in came
        if is_dropped and _is_ahead(visit, following):
            drop(uow, visit, by=queries.by_timetable(timetable.id))
        else:
            kept.append(visit)
    return kept


def _is_ahead(visit: Visit, following: int) -> bool:
    return visit.state == VisitState.PLANNED and visit.round >= following


def drop(uow: UnitOfWork, visit: Visit, *, by: str) -> None:
    """Take a meeting off a route."""
    visit.state, visit.settled_at, visit.settled_by = VisitState.DROPPED, uow.now, by


@dataclass(slots=True)
class _Room:
    """What is left at a market: whatever is taken from it is really there."""

    following: int
    """The first round that can still be given."""
    rounds: Rounds
    windows: dict[UUID, tuple[Window, ...]]
    """When each visitor can be met."""
    stands: dict[UUID, Stand]
    closed: dict[UUID, frozenset[int]]
    seats: Counter[tuple[UUID, int]]
    where: set[tuple[UUID, int]]
    """Visitor and round."""
    met: set[tuple[UUID, UUID]]
    interpreters: Interpreters

    @classmethod
    def of(cls, uow: UnitOfWork, market: Market, kept: Collection[Visit]) -> _Room:
        stands = queries.stands_of(uow.session, market.id, [StandState.CONFIRMED])
        taken = queries.taken(uow.session, market.id)
        helpers = queries.helpers_of(uow.session, market.id, HelperRole.INTERPRETER)
        return cls(
            following=market.rounds.next_after(uow.now),
            rounds=market.rounds,
            windows={
                each.id: market_facts.windows(each, market.rounds)
                for each in queries.expected(uow.session, market.id)
            },
            stands={each.id: each for each in stands},
            closed={each.id: market_rooms.closed_rounds(each, market.rounds) for each in stands},
            seats=Counter((each.stand_id, each.round) for each in taken),
            where={(each.visitor_id, each.round) for each in taken},
            met={(each.visitor_id, each.stand_id) for each in kept},
            interpreters=Interpreters(helpers, taken),
        )

    def take(self, visit: Visit) -> bool:
        """Take a seat, and an interpreter where one is needed; whether there were."""
        rounds = range(visit.round, visit.round + visit.rounds)
        if not self._has(visit, rounds) or (visit.interpreter and not self.interpreters.give(visit)):
            return False
        self.seats.update((visit.stand_id, number) for number in rounds)
        self.where |= {(visit.visitor_id, number) for number in rounds}
        self.met.add((visit.visitor_id, visit.stand_id))
        return True

    def _has(self, visit: Visit, rounds: range) -> bool:
        stand = self.stands.get(visit.stand_id)
        return (
            stand is not None
            and self._is_there(visit.visitor_id, rounds)
            and rounds.start >= self.following
            and (visit.visitor_id, visit.stand_id) not in self.met
            and not any((visit.visitor_id, number) in self.where for number in rounds)
            and not any(number in self.closed[stand.id] for number in rounds)
            and all(self.seats[stand.id, number] < stand.seats for number in rounds)
        )

    def _is_there(self, visitor_id: UUID, rounds: range) -> bool:
        """Whether they are there all the time, with the rounds and breaks that the market has by now."""
        slots = [self.rounds.slot_of(number) for number in rounds]
        return slots[-1] - slots[0] == len(rounds) - 1 and any(
            each.first <= slots[0] and slots[-1] < each.end for each in self.windows.get(visitor_id, ())
        )
