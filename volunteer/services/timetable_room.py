"""What is left at a market while meetings are given out, with its market held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.market_days import Rounds, StandState
from volunteer.domain.markets import Window
from volunteer.models import Market, Stand, Visit
from volunteer.queries import timetables as queries
from volunteer.services import market_facts, market_rooms, timetable_basis
from volunteer.services.timetable_basis import Basis
from volunteer.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Room:
    """Seats, rounds and people: whatever is taken is really there."""

    following: int
    """The first round that can still be given."""
    rounds: Rounds
    windows: dict[UUID, tuple[Window, ...]]
    """When each visitor who wants a route can be met; empty for who stays away or went home."""
    stands: dict[UUID, Stand]
    closed: dict[UUID, frozenset[int]]
    changed: Collection[str]
    """What is not any more as it was when the plan was made (``timetable_basis``)."""
    seats: Counter[tuple[UUID, int]]
    where: set[tuple[UUID, int]]
    """Visitor and round."""
    met: set[tuple[UUID, UUID]]

    @classmethod
    def of(cls, uow: UnitOfWork, market: Market, kept: Collection[Visit], basis: Basis) -> Room:
        """What these meetings leave; ``basis`` is what the plan rests on whose meetings are given."""
        stands = queries.stands_of(uow.session, market.id, [StandState.CONFIRMED])
        visitors = queries.expected(uow.session, market.id)
        every = [(each, number) for each in kept for number in each.during]
        return cls(
            following=market.rounds.next_after(uow.now),
            rounds=market.rounds,
            windows={each.id: market_facts.windows(each, market.rounds) for each in visitors},
            stands={each.id: each for each in stands},
            closed={each.id: market_rooms.closed_rounds(each, market.rounds) for each in stands},
            changed=timetable_basis.changed(basis, timetable_basis.basis_of(market, visitors, stands)),
            seats=Counter((each.stand_id, number) for each, number in every),
            where={(each.visitor_id, number) for each, number in every},
            met={(each.visitor_id, each.stand_id) for each in kept},
        )

    def has(self, visit: Visit) -> bool:
        """Whether this meeting can be, the interpreter left aside."""
        stand, rounds = self.stands.get(visit.stand_id), visit.during
        rests_on = timetable_basis.rests_on(visit.visitor_id, visit.stand_id, rounds)
        return (
            stand is not None
            and not any(each in self.changed for each in rests_on)
            and self._is_there(visit.visitor_id, rounds)
            and rounds.start >= self.following
            and (visit.visitor_id, visit.stand_id) not in self.met
            and not any((visit.visitor_id, number) in self.where for number in rounds)
            and not any(number in self.closed[stand.id] for number in rounds)
            and all(self.seats[stand.id, number] < stand.seats for number in rounds)
        )

    def take(self, visit: Visit) -> None:
        """Take its seat."""
        self.seats.update((visit.stand_id, number) for number in visit.during)
        self.where |= {(visit.visitor_id, number) for number in visit.during}
        self.met.add((visit.visitor_id, visit.stand_id))

    def _is_there(self, visitor_id: UUID, rounds: range) -> bool:
        """Whether they are there all the time, with the rounds and breaks that the market has by now."""
        slots = [self.rounds.slot_of(number) for number in rounds]
        return slots[-1] - slots[0] == len(rounds) - 1 and any(
            each.first <= slots[0] and slots[-1] < each.end for each in self.windows.get(visitor_id, ())
        )
