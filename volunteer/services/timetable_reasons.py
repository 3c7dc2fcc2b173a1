"""Why a route is as it is: why each stand, why not that one, and why somebody is short of meetings.

All of it is worked out again for one person from what stands now, so it is true now. What they need is opened
only where the answer needs it, and a line in the journal says who asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from volunteer.domain.availability import UNKNOWN
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.market_days import StandState
from volunteer.domain.markets import USUAL_MEETINGS, Absence, Obstacle, Shortage
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.matching.explanation import Reason, ReasonKind, explain
from volunteer.matching.sentences import sentences
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import suggest
from volunteer.matching.timetable.draft import Draft
from volunteer.matching.timetable.plan import Plan
from volunteer.matching.timetable.reasons import shortage, why_not
from volunteer.models import Market, MarketVisitor, Stand, Timetable
from volunteer.queries import timetables as queries
from volunteer.services import market_facts, timetables
from volunteer.services.market_facts import MarketRead
from volunteer.services.market_people import Reading
from volunteer.services.timetable_solving import POSSIBLE
from volunteer.translation import translations
from volunteer.unit_of_work import UnitOfWork

EXPLAIN = "explain_route"
"""Why what somebody needs is opened here, in the journal."""
NEW, CHANGED = "new", "changed"
"""Stand in the place of a reason: for who came after the plan was made, and who lost a meeting since."""
MAY_END = frozenset({NEW, CHANGED, POSSIBLE})
"""Reasons that another plan may end; the others stay while the market is as it is."""


@dataclass(frozen=True, slots=True)
class Short:
    """Somebody with fewer meetings than they want, in the plan that everybody has."""

    visitor: MarketVisitor
    meetings: int
    reason: str
    """An ``Obstacle``, ``possible``, ``NEW`` or ``CHANGED``."""
    left: int
    """How many stands were left before it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Why one stand is not on a route, and what is missing on it as a whole."""

    stand: Stand
    reason: Obstacle | Absence
    shortage: Shortage | None


def visitor_of_card(uow: UnitOfWork, market_id: UUID, card: int) -> MarketVisitor:
    """Whoever has this card. Raises :class:`NotFound`."""
    visitor = queries.visitor_with_card(uow.session, market_id, card)
    if visitor is None:
        raise NotFound("There is no card with this number.", field="card")
    return visitor


def why_on_route(uow: UnitOfWork, visitor: MarketVisitor) -> dict[UUID, list[Reason]]:
    """What speaks for each stand on their route, by stand; what they need stays closed.

    It is what the engine says of the stand itself, and where that says nothing, of the best open role there.
    """
    market = uow.session.get_one(Market, visitor.market_id)
    found = market_facts.read_one(uow, market, visitor, None)
    person = replace(found.people[0], times=UNKNOWN, position=None, district=None)
    offers = {offer.opportunity_id: offer for offer in found.offers}
    return {each.stand_id: _in_favour(found, person, offers[each.stand_id]) for each in found.standing}


def why_for(uow: UnitOfWork, visitor_id: UUID, language: str) -> dict[UUID, list[str]]:
    """The same in sentences to the visitor, by stand; where nothing is said there are none."""
    visitor = uow.session.get(MarketVisitor, visitor_id)
    if visitor is None:
        return {}
    said = translations(language).gettext
    return {
        stand_id: sentences(reasons, said, language)[ReasonKind.FITS]
        for stand_id, reasons in why_on_route(uow, visitor).items()
    }


def why_not_at(uow: UnitOfWork, visitor: MarketVisitor, stand_id: UUID, *, reader: str) -> Answer:
    """Why this stand is not on their route. What they need is opened for it, and that is written down.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for who walks about freely or does not come.
    """
    stand = uow.session.get(Stand, stand_id)
    if stand is None or stand.market_id != visitor.market_id or stand.state != StandState.CONFIRMED:
        raise NotFound("This stand is not there any more.", field="stand")
    if not queries.expected(uow.session, visitor.market_id, only=[visitor.id]):
        raise ImpossibleStep("They do not want a route, or do not come.")
    market = uow.session.get_one(Market, visitor.market_id)
    found = market_facts.read_one(uow, market, visitor, Reading(reader, EXPLAIN))
    draft = _draft(found)
    return Answer(stand, why_not(draft, 0, found.stands.index(stand_id)), shortage(draft, 0))


def who_is_short(uow: UnitOfWork, market_id: UUID) -> list[Short]:
    """Who comes and has fewer meetings than they want, fewest first; nothing is opened anew.

    The reason is that of the published plan: ``NEW`` for who came after it, ``CHANGED`` for who was not short
    in it.
    """
    market = uow.session.get_one(Market, market_id)
    published = queries.published(uow.session, market_id)
    said = timetables.short_in(uow, published) if published else {}
    counts = queries.meetings_of(uow.session, market_id)
    usual = market.rules.get("wanted") or USUAL_MEETINGS
    found = [
        Short(each, counts[each.id], *(said.get(each.id) or (_since(each, published), 0)))
        for each in queries.expected(uow.session, market_id)
        if counts[each.id] < (each.wanted or usual) and not (each.absent_at or each.left_at)
    ]
    return _in_order(found)


def waiting(uow: UnitOfWork, market_id: UUID) -> int:
    """How many have no route in the plan that everybody has, for a reason that another plan may end."""
    if queries.published(uow.session, market_id) is None:
        return 0
    return sum(1 for reason in why_without(uow, market_id).values() if reason in MAY_END)


def why_without(uow: UnitOfWork, market_id: UUID) -> dict[UUID, str]:
    """The reason of everybody who comes and has no meeting at all, by visitor."""
    return {each.visitor.id: each.reason for each in who_is_short(uow, market_id) if not each.meetings}


def _since(visitor: MarketVisitor, published: Timetable | None) -> str:
    return CHANGED if published and visitor.registered_at <= published.asked_at else NEW


def who_is_short_in(uow: UnitOfWork, timetable: Timetable) -> list[Short]:
    """The same of a plan that nobody was told of."""
    counts = Counter(who for who, *_ in timetable.visits or [])
    said = timetables.short_in(uow, timetable)
    found = [
        Short(each, counts[str(each.id)], *said[each.id])
        for each in queries.expected(uow.session, timetable.market_id)
        if each.id in said
    ]
    return _in_order(found)


def _in_order(found: list[Short]) -> list[Short]:
    return sorted(found, key=lambda each: (each.meetings, each.visitor.card))


def _draft(found: MarketRead) -> Draft:
    market = market_facts.arrays(found)
    had = tuple(promise.visit for promise in found.facts.promises)
    return Plan(routes=(had,)).drafted(market)


def _in_favour(found: MarketRead, person: PersonFacts, offer: RoleFacts) -> list[Reason]:
    said = _fitting([offer], person, found)
    if said:
        return said
    return _fitting(
        [each for each in found.roles if each.organisation_id == offer.organisation_id], person, found
    )


def _fitting(offers: Sequence[RoleFacts], person: PersonFacts, found: MarketRead) -> list[Reason]:
    """What the engine says in favour of the best of these."""
    snapshot = Snapshot.build(offers, "stand", today=found.today)
    for match in suggest(snapshot, person, 1, weights=found.weights):
        offer = next(each for each in offers if each.opportunity_id == match.opportunity_id)
        return [each for each in explain(match, person, offer, found.today) if each.kind is ReasonKind.FITS]
    return []
