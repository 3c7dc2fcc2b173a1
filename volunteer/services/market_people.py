"""What the timetable of a market may know of who comes: what they like, speak and need."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from volunteer.domain.access import Strength
from volunteer.domain.interests import Interests
from volunteer.domain.languages import COMFORTABLE_LEVEL, SIGN_LANGUAGES
from volunteer.domain.matching_facts import PersonFacts
from volunteer.domain.places import Position
from volunteer.models import Candidate, MarketVisitor
from volunteer.queries.districts import label_points
from volunteer.queries.suggestions import who_refused
from volunteer.services import market_help, needs, refusals, suggestions, ways
from volunteer.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Known:
    """One visitor as the engine and the timetable see them."""

    visitor: MarketVisitor
    facts: PersonFacts
    spoken: frozenset[str]
    """What they speak well, sign languages included; empty is not asked."""
    more_time: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Who opens what people need, and why: a line in the journal for each of them."""

    reader: str
    purpose: str


BY_THE_ENGINE = Reading("engine", "market_timetable")


def known(uow: UnitOfWork, visitors: Sequence[MarketVisitor], reading: Reading | None) -> list[Known]:
    """Everything about these visitors; without a ``reading`` what they need stays closed."""
    ids = [each.candidate_id for each in visitors if each.candidate_id]
    points = label_points(uow.session)
    refusing = who_refused(uow.session, ids)
    return [
        _with_file(uow, each, each.candidate, points, refusing, reading)
        if each.candidate
        else _without_file(uow, each, reading)
        for each in visitors
    ]


def spoken_well(levels: Mapping[str, int]) -> frozenset[str]:
    """The languages somebody speaks well; where that is none, what they speak best. Signs always count."""
    enough = min(max(levels.values(), default=0), COMFORTABLE_LEVEL)
    return frozenset(
        code
        for code, level in levels.items()
        if 0 < enough <= level or (level > 0 and code in SIGN_LANGUAGES)
    )


def _with_file(
    uow: UnitOfWork,
    visitor: MarketVisitor,
    candidate: Candidate,
    points: Mapping[str, Position],
    refusing: Collection[UUID],
    reading: Reading | None,
) -> Known:
    facts = suggestions.facts_at(candidate, _home(candidate, points))
    if candidate.id in refusing:
        facts = refusals.heeded_by(uow, facts)
    if reading is not None:
        opened = needs.read(uow, candidate, reader=reading.reader, purpose=reading.purpose)
        facts = replace(facts, needs=opened)
    spoken = spoken_well(candidate.languages) or frozenset(visitor.languages)
    return _with_help(uow, Known(visitor, facts, spoken), reading)


def _home(candidate: Candidate, points: Mapping[str, Position]) -> ways.Home:
    """What ``ways.home_of`` says, for many people at once."""
    if candidate.district is not None and candidate.district in points:
        return ways.Home(points[candidate.district], candidate.district)
    municipality = ways.municipality_of_person(candidate)
    return ways.Home(municipality.position, municipality.code) if municipality else ways.Home(None, None)


def _without_file(uow: UnitOfWork, visitor: MarketVisitor, reading: Reading | None) -> Known:
    spoken = visitor.languages or (visitor.group.languages if visitor.group else [])
    facts = PersonFacts(
        candidate_id=visitor.id,
        languages=dict.fromkeys(spoken, COMFORTABLE_LEVEL),
        interests=Interests.of(want=visitor.tasks),
    )
    return _with_help(uow, Known(visitor, facts, frozenset(spoken)), reading)


def _with_help(uow: UnitOfWork, who: Known, reading: Reading | None) -> Known:
    """With what they told for this day, as far as it may be opened."""
    if reading is None or who.visitor.help_sealed is None:
        return who
    told = market_help.read(uow, who.visitor, reader=reading.reader, purpose=reading.purpose)
    musts = {**who.facts.needs, **dict.fromkeys(sorted(told.codes), Strength.MUST)}
    return replace(who, facts=replace(who.facts, needs=musts), more_time=told.more_time)
