"""A finished timetable, and the draft it can be made into again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from volunteer.domain.markets import Promise, Visit, worth
from volunteer.matching.timetable.draft import NO_INTERPRETER, Draft
from volunteer.matching.timetable.market import Market


@dataclass(frozen=True, slots=True)
class Plan:
    """Everybody's route. Equal markets have equal plans."""

    routes: tuple[tuple[Visit, ...], ...]
    """By visitor, in order of time."""
    let_go: tuple[Promise, ...] = ()
    """Promises that cannot be kept: the stand, the window or the interpreter is not there any more."""

    @classmethod
    def of(cls, draft: Draft, let_go: tuple[Promise, ...] = ()) -> Plan:
        """Write down a draft."""
        return cls(tuple(draft.visits(person) for person in range(len(draft.count))), let_go)

    def kept(self, market: Market) -> dict[tuple[int, Visit], Promise]:
        """Return the promises of this market that are in it, by visitor and meeting.

        One that was let go may be given again, as long as that visitor needs now.
        """
        gone = set(self.let_go)
        return {(each.visitor, each.visit): each for each in market.promises if each not in gone}

    def drafted(self, market: Market) -> Draft:
        """Return it as a draft of this market, which may have more visitors at the end."""
        draft = Draft(market)
        told = self.kept(market)
        for person, route in enumerate(self.routes):
            for visit in route:
                promise = told.get((person, visit))
                if promise is None:
                    draft.add(person, visit.slot, visit.stand, pool_of(market, visit))
                else:
                    write_down(draft, promise)
        draft.close_to_others()
        return draft


@dataclass(frozen=True, slots=True)
class Worth:
    """What a plan comes to, to compare it with another."""

    total: float
    """The rewards and the values: what is made as large as can be."""
    value: float
    """How well all meetings fit, together."""
    meetings: int
    people: tuple[int, ...]
    """How many visitors have 0, 1, 2, ... meetings."""


def worth_of(market: Market, plan: Plan) -> Worth:
    """Add up a plan."""
    value = float(
        sum(
            market.value[person, visit.stand]
            for person, route in enumerate(plan.routes)
            for visit in route
            if np.isfinite(market.value[person, visit.stand])
        )
    )
    counts = [len(route) for route in plan.routes]
    return Worth(
        total=value + sum(map(worth, counts)),
        value=value,
        meetings=sum(counts),
        people=tuple(np.bincount(counts).tolist()) if counts else (),
    )


def pool_of(market: Market, visit: Visit) -> int:
    """Return the number of the pool a visit takes its interpreter from."""
    if visit.interpreter is None:
        return NO_INTERPRETER
    return market.pool_languages.index(visit.interpreter)


def slots_of(market: Market, promise: Promise) -> int:
    """Return how many slots a promise takes."""
    return promise.slots or int(market.lengths[promise.visitor])


def write_down(draft: Draft, promise: Promise) -> None:
    """Write a promise into a draft, where it stays."""
    person, visit, slots = promise.visitor, promise.visit, slots_of(draft.market, promise)
    draft.add(person, visit.slot, visit.stand, pool_of(draft.market, visit), slots)
    draft.promised[person, visit.slot : visit.slot + slots] = True
