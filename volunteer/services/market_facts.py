"""The facts of a market as its timetable needs them: of everybody who comes, or of one visitor.

Rounds of the tables become slots of the solver, with a closed slot for every break.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from volunteer.domain.market_days import HelperRole, Rounds, StandState, VisitState
from volunteer.domain.markets import (
    USUAL_MEETINGS,
    MarketFacts,
    Promise,
    RouteRules,
    Visit,
    VisitorFacts,
    Window,
)
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.matching.scoring import Weights
from volunteer.matching.stand_fit import Suiting, suiting
from volunteer.matching.timetable.market import Market as Arrays
from volunteer.models import Market, MarketHelper, MarketVisitor, Stand
from volunteer.models import Visit as Meeting
from volunteer.queries import offer
from volunteer.queries import timetables as queries
from volunteer.services import market_people, market_rooms, timetable_basis, weights
from volunteer.services.interpreting import Interpreters
from volunteer.services.market_people import BY_THE_ENGINE, Known, Reading
from volunteer.unit_of_work import UnitOfWork


@dataclass(frozen=True, eq=False)
class MarketRead:
    """Everything a timetable follows from; ids and facts, no rows and no names."""

    market_id: UUID
    rounds: Rounds
    visitors: tuple[UUID, ...]
    stands: tuple[UUID, ...]
    facts: MarketFacts
    """Without ``fits``, which is worked out outside the transaction (``suited``)."""
    people: tuple[PersonFacts, ...]
    offers: tuple[RoleFacts, ...]
    """The stands, as the engine compares them."""
    roles: tuple[RoleFacts, ...]
    weights: Weights
    today: date
    standing: tuple[Standing, ...]
    """What stands already."""
    interpreters: tuple[Speaker, ...] = ()
    basis: Mapping[str, str] = field(default_factory=dict)
    """What a plan of it rests on (``timetable_basis``); nothing for one visitor alone."""


class Standing(NamedTuple):
    """A meeting somebody was told of."""

    id: UUID
    visitor_id: UUID
    round: int
    stand_id: UUID
    rounds: int
    interpreter: str | None
    interpreter_id: UUID | None


class Speaker(NamedTuple):
    """An interpreter."""

    id: UUID
    languages: tuple[str, ...]
    away: tuple[int, ...]


def read(uow: UnitOfWork, market: Market, rules: Mapping[str, Any]) -> MarketRead:
    """The whole market, for a timetable with these rules; what stands already is promised."""
    visitors = queries.expected(uow.session, market.id)
    known = market_people.known(uow, visitors, BY_THE_ENGINE)
    meetings, given = queries.standing(uow.session, market.id), queries.taken(uow.session, market.id)
    stands = _stands(uow, market, {each.stand_id for each in meetings})
    helpers = queries.helpers_of(uow.session, market.id, HelperRole.INTERPRETER)
    there = {each.id for each in visitors if windows(each, market.rounds)}
    promised = Counter((each.stand_id, each.round) for each in given if each.visitor_id in there)
    pools = market_rooms.pools(
        helpers,
        market.rounds,
        [each for each in given if each.interpreter],
        (each.spoken for each in known),
        [frozenset(each.languages) for each in stands],
    )
    came = {each.id: each.checked_in_at for each in visitors}
    lost = Counter(
        each.visitor_id
        for each in meetings
        if was_over_before(came.get(each.visitor_id), each, market.rounds)
    )
    facts = MarketFacts(
        visitors=tuple(
            _visitor_facts(each, market.rounds, rules, lost=lost[each.visitor.id]) for each in known
        ),
        stands=tuple(market_rooms.stand_facts(each, market.rounds, {}, promised) for each in stands),
        fits=(),
        pools=pools,
        rules=route_rules(rules),
        friends=_friends(visitors),
        promises=_promises(_sure_first(meetings, helpers), visitors, stands, market.rounds),
        now=market_rooms.now_slot(uow.now, market.rounds),
    )
    return replace(
        _read(uow, market, facts, known, stands, meetings),
        interpreters=tuple(Speaker(each.id, tuple(each.languages), tuple(each.away)) for each in helpers),
        basis=timetable_basis.basis_of(market, visitors, stands),
    )


def read_one(uow: UnitOfWork, market: Market, visitor: MarketVisitor, reading: Reading | None) -> MarketRead:
    """The market as it is for one visitor: seats and interpreters that others have are not there.

    Without a ``reading`` what they need stays closed, and counts as nothing.
    """
    known = market_people.known(uow, [visitor], reading)
    meetings = queries.route_of(uow.session, visitor.id)
    given = queries.taken(uow.session, market.id, interpreted=True)
    others = [each for each in given if each.visitor_id != visitor.id]
    seats = queries.seats_taken(uow.session, market.id, but_of=visitor.id)
    stands = _stands(uow, market, {each.stand_id for each in meetings})
    helpers = queries.helpers_of(uow.session, market.id, HelperRole.INTERPRETER)
    languages = {*known[0].spoken, *(each.interpreter for each in meetings if each.interpreter)}
    lost = sum(was_over_before(visitor.checked_in_at, each, market.rounds) for each in meetings)
    facts = MarketFacts(
        visitors=(_visitor_facts(known[0], market.rounds, market.rules, lost=lost),),
        stands=tuple(market_rooms.stand_facts(each, market.rounds, seats) for each in stands),
        fits=(),
        pools=market_rooms.free_pools(helpers, market.rounds, others, languages),
        rules=route_rules(market.rules),
        promises=_promises(meetings, [visitor], stands, market.rounds),
        now=market_rooms.now_slot(uow.now, market.rounds),
    )
    return _read(uow, market, facts, known, stands, meetings)


def suited(found: MarketRead) -> tuple[MarketFacts, Suiting]:
    """The facts with what the engine says of each visitor and each stand."""
    engine = suiting(found.people, found.offers, found.roles, today=found.today, weights=found.weights)
    return replace(found.facts, fits=engine.fits), engine  # type: ignore[arg-type]  # rows of numbers, too


def arrays(found: MarketRead) -> Arrays:
    """The market as the solver takes it."""
    facts, engine = suited(found)
    return Arrays.of(facts, engine.value)


def route_rules(rules: Mapping[str, Any]) -> RouteRules:
    """The rules of a market or of one plan, as the solver takes them."""
    ways = {tuple(pair.split("|", 1)): int(slots) for pair, slots in (rules.get("walking") or {}).items()}
    return RouteRules(
        walking={(start, end): slots for (start, end), slots in ways.items()},
        longest_wait=rules.get("longest_wait"),
        most_in_a_row=rules.get("most_in_a_row"),
        sure_only=bool(rules.get("sure_only")),
    )


def windows(visitor: MarketVisitor, rounds: Rounds) -> tuple[Window, ...]:
    """When somebody can be met, in slots. Who said that they do not come, or went home, cannot be."""
    if visitor.absent_at or visitor.left_at:
        return ()
    group = visitor.group
    arrives = _later(visitor.arrives_at or (group.arrives_at if group else None), visitor.late_until)
    leaves = visitor.leaves_at or (group.leaves_at if group else None)
    first = rounds.next_after(arrives) if arrives else 0
    there = [each for each in range(first, rounds.count) if leaves is None or rounds.ends(each) <= leaves]
    return (Window(rounds.slot_of(there[0]), rounds.slot_of(there[-1]) + 1),) if there else ()


def was_over_before(came: datetime | None, meeting: Meeting, rounds: Rounds) -> bool:
    """Whether who came in then was too late for this meeting: they are given another in its place."""
    return (
        meeting.state == VisitState.PLANNED and came is not None and rounds.ends(meeting.during[-1]) <= came
    )


def _later(arrives: datetime | None, late_until: datetime | None) -> datetime | None:
    return max((each for each in (arrives, late_until) if each), default=None)


def _visitor_facts(known: Known, rounds: Rounds, rules: Mapping[str, Any], *, lost: int) -> VisitorFacts:
    there = windows(known.visitor, rounds)
    wanted = known.visitor.wanted or rules.get("wanted") or USUAL_MEETINGS
    return VisitorFacts(
        windows=there,
        languages=known.spoken,
        # What they lost stays on their card, beside what they get for it.
        wanted=wanted + lost if there else 0,
        slots_each=2 if known.more_time else 1,
    )


def _stands(uow: UnitOfWork, market: Market, promised: set[UUID]) -> list[Stand]:
    """Who can be met, then who was: a promise names its stand also when that does not come any more.

    An organisation that withdrew and has another stand counts by the first: the one that stands.
    """
    found = queries.stands_of(uow.session, market.id, list(StandState))
    there = [each for each in found if each.state == StandState.CONFIRMED]
    return there + [each for each in found if each.id in promised and each not in there]


def _friends(visitors: Sequence[MarketVisitor]) -> tuple[tuple[int, int], ...]:
    """Who would like to go with whom; those of one group each with the next."""
    number = {each.id: index for index, each in enumerate(visitors)}
    pairs = {
        (number[each.id], number[each.together_id])
        for each in visitors
        if each.together_id in number and each.together_id != each.id
    }
    groups: dict[UUID, list[int]] = {}
    for index, each in enumerate(visitors):
        if each.group_id:
            groups.setdefault(each.group_id, []).append(index)
    pairs |= {pair for members in groups.values() for pair in pairwise(members)}
    return tuple(sorted({(min(pair), max(pair)) for pair in pairs}))


def _sure_first(meetings: Sequence[Meeting], helpers: Sequence[MarketHelper]) -> list[Meeting]:
    """Whose interpreter went home comes last: of two, the one whose interpreter is there keeps theirs."""
    interpreters = Interpreters(helpers, ())
    return sorted(
        meetings,
        key=lambda each: bool(each.interpreter_id) and not interpreters.goes_along(each),
    )


def _promises(
    meetings: Sequence[Meeting], visitors: Sequence[MarketVisitor], stands: Sequence[Stand], rounds: Rounds
) -> tuple[Promise, ...]:
    people = {each.id: index for index, each in enumerate(visitors)}
    places = {each.id: index for index, each in enumerate(stands)}
    return tuple(
        Promise(
            people[each.visitor_id],
            Visit(rounds.slot_of(each.round), places[each.stand_id], each.interpreter),
            each.rounds,
        )
        for each in meetings
        if each.visitor_id in people
    )


def _read(
    uow: UnitOfWork,
    market: Market,
    facts: MarketFacts,
    known: Sequence[Known],
    stands: Sequence[Stand],
    meetings: Sequence[Meeting],
) -> MarketRead:
    organisations = {each.organisation_id for each in stands}
    roles = offer.open_roles_of(uow.session, organisations, now=uow.now, day_began=uow.day_began)
    sectors: dict[UUID, set[str]] = {each: set() for each in organisations}
    for role in roles:
        sectors[role.organisation_id] |= role.sectors
    return MarketRead(
        market_id=market.id,
        rounds=market.rounds,
        visitors=tuple(each.visitor.id for each in known),
        stands=tuple(each.id for each in stands),
        facts=facts,
        people=tuple(each.facts for each in known),
        offers=tuple(market_rooms.as_offer(market, each, sectors[each.organisation_id]) for each in stands),
        roles=tuple(roles),
        weights=weights.in_use(uow),
        today=uow.today,
        standing=tuple(_standing(each) for each in meetings),
    )


def _standing(visit: Meeting) -> Standing:
    return Standing(
        visit.id,
        visit.visitor_id,
        visit.round,
        visit.stand_id,
        visit.rounds,
        visit.interpreter,
        visit.interpreter_id,
    )
