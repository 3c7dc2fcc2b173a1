"""Small markets of every kind, each made from one number: full halls, closed stands, few interpreters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from hypothesis import strategies as st

from volunteer.domain.markets import (
    MarketFacts,
    PoolFacts,
    Promise,
    RouteRules,
    StandFacts,
    VisitorFacts,
    Window,
)
from volunteer.matching.timetable.market import Market
from volunteer.matching.timetable.plan import Plan

LANGUAGES = ("nl", "ar", "vgt")
ZONES = ("A", "B", "C")


@dataclass(frozen=True)
class World:
    """The facts of a market, and how well each stand suits each visitor."""

    facts: MarketFacts
    value: tuple[tuple[float, ...], ...]

    def market(self) -> Market:
        """As arrays."""
        return Market.of(self.facts, self.value)

    def later(self, plan: Plan, *, now: int, absent: frozenset[int] = frozenset()) -> World:
        """The same world on the day itself, when this plan was told."""
        promises = tuple(
            Promise(person, visit)
            for person, route in enumerate(plan.routes)
            if person not in absent
            for visit in route
        )
        visitors = tuple(
            replace(visitor, wanted=0, windows=()) if person in absent else visitor
            for person, visitor in enumerate(self.facts.visitors)
        )
        return replace(self, facts=replace(self.facts, visitors=visitors, promises=promises, now=now))

    def promising(self, promises: tuple[Promise, ...]) -> World:
        """The same world, where these were told."""
        return replace(self, facts=replace(self.facts, promises=promises))

    def taking_nobody_new(self, slots: frozenset[int]) -> World:
        """The same world, where every second stand keeps in these slots what was promised and no more."""
        stands = [
            replace(stand, nobody_new=slots if number % 2 else frozenset())
            for number, stand in enumerate(self.facts.stands)
        ]
        return replace(self, facts=replace(self.facts, stands=stands))

    def without_last(self) -> World:
        """The same world before its last visitor came."""
        facts = replace(self.facts, visitors=self.facts.visitors[:-1], fits=self.facts.fits[:-1], friends=())
        return World(facts, self.value[:-1])


def world(seed: int) -> World:
    """Make one."""
    random = Random(seed)
    people, stands, slots = random.randint(1, 9), random.randint(1, 6), random.randint(1, 10)
    halls = tuple(
        StandFacts(
            tuple(random.choice((0, 1, 1, 2)) for _ in range(slots)), random.choice(ZONES), _some(random)
        )
        for _ in range(stands)
    )
    facts = MarketFacts(
        visitors=tuple(_visitor(random, slots) for _ in range(people)),
        stands=halls,
        fits=tuple(tuple(random.choice((0, 1, 2, 2)) for _ in halls) for _ in range(people)),
        pools=tuple(
            PoolFacts(language, tuple(random.randint(0, 2) for _ in range(slots)))
            for language in LANGUAGES[: random.randint(0, 3)]
        ),
        rules=RouteRules(
            {(start, end): random.randint(0, 2) for start in ZONES for end in ZONES},
            longest_wait=random.choice((None, 0, 1, 3)),
            most_in_a_row=random.choice((None, 2, 3)),
            sure_only=random.random() < 0.2,
        ),
    )
    value = tuple(tuple(random.random() for _ in halls) for _ in range(people))
    if random.random() < 0.5:
        facts = replace(facts, friends=tuple((each, each + 1) for each in range(0, people - 1, 2)))
    return World(facts, value)


def _visitor(random: Random, slots: int) -> VisitorFacts:
    cuts = sorted(random.randint(0, slots) for _ in range(4))
    windows = (Window(cuts[0], cuts[1]), Window(cuts[2], cuts[3]))
    return VisitorFacts(
        windows if random.random() < 0.6 else (Window(0, slots),),
        _some(random),
        wanted=random.randint(1, 4),
        slots_each=2 if random.random() < 0.2 else 1,
    )


def _some(random: Random) -> frozenset[str]:
    return frozenset(random.sample(LANGUAGES, random.choice((0, 1, 1, 1, 2))))


worlds = st.integers(0, 2**32).map(world)
