"""Messages to who comes to a market: whom they reach, what they say, where they lead, whether they hold.

Each is about one card, or about a group. Nothing of what anybody asked for is said, and nobody's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from volunteer.domain.access import FEATURES
from volunteer.domain.afterwards import takes_answers
from volunteer.domain.gatherings import said_in, text_in
from volunteer.domain.market_days import MarketState, VisitorState, VisitState
from volunteer.domain.messages import MessageKind
from volunteer.domain.places import MUNICIPALITIES
from volunteer.links import Links
from volunteer.messages.seats import SOON
from volunteer.messages.words import Facts, Meeting
from volunteer.models import Market, MarketGroup, MarketVisitor, Message
from volunteer.queries import market_visitors as queries
from volunteer.queries.messages import is_overtaken
from volunteer.queries.timetables import route_of
from volunteer.queries.visits import of_visitor as visits_of_visitor
from volunteer.services import market_cards, market_interests, market_visitors, stand_spots
from volunteer.times_in_words import hour
from volunteer.translation import listed
from volunteer.unit_of_work import UnitOfWork

About = MarketVisitor | MarketGroup
_ROUTES = (MessageKind.MARKET_ROUTE, MessageKind.MARKET_ROUTE_CHANGED)
_CHANGES = frozenset({MessageKind.MARKET_MOVED, MessageKind.MARKET_CANCELLED})


def about(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    """The facts with the market: ``number`` is that of the card, ``size`` how many cards a group has."""
    found = subject(uow, message)
    if found is None:
        return facts
    market, language = found.market, facts.language
    is_group = isinstance(found, MarketGroup)
    meeting = Meeting(
        title=text_in(market.texts, "title", language),
        place=place_of(market, language),
        directions=text_in(market.texts, "directions", language),
        ends_at=market.ends_at,
        number=0 if isinstance(found, MarketGroup) else found.card,
        size=len(queries.cards_of(uow.session, found.id)) if is_group else 1,
        there=tuple(FEATURES[code].label(language) for code in market.access),
        reason=said_in(market.cancel_reason or {}, language),
    )
    wants_route = isinstance(found, MarketGroup) or found.wants_route
    stops = "" if isinstance(found, MarketGroup) else _stops(uow, found)
    return replace(facts, gathering=meeting, when=market.starts_at, is_open=wants_route, what=stops)


def _stops(uow: UnitOfWork, found: MarketVisitor) -> str:
    """What is still to come of a route, in hours and spots: "14:20 A3, 14:40 B2"."""
    rounds, zone = found.market.rounds, uow.zone.key
    said = [
        f"{hour(rounds.starts(each.round), zone)} {stand_spots.spot_of(each.stand) or ''}".strip()
        for each in route_of(uow.session, found.id)
        if each.state == VisitState.PLANNED
    ]
    return ", ".join(said)


def with_link(uow: UnitOfWork, message: Message, links: Links, facts: Facts) -> Facts:
    """The facts with where to go on: the own page of a card, or that of a group; else as they were."""
    found = subject(uow, message) if message.kind in CHECKS else None
    if isinstance(found, MarketVisitor):
        return replace(facts, link=market_cards.own_link(links, found))
    if isinstance(found, MarketGroup):
        # Who wrote in a group that no referrer brings works at the desk.
        where = "support" if found.organisation_id else "desk"
        return replace(facts, link=links.to(f"/{where}/markets/groups/{found.id}"))
    return facts


def visitor(uow: UnitOfWork, message: Message, facts: Facts) -> tuple[str | None, Facts] | None:
    """Where a visitor without a file is reached; nobody once they are forgotten."""
    found = uow.session.get(MarketVisitor, message.recipient_id)
    if found is None or found.name_sealed is None:
        return None
    # Whoever typed a name and a number of somebody else must not make us say it.
    known = replace(
        facts,
        to_name=market_visitors.name_of(uow, found),
        from_stranger=found.registered_by is None,
    )
    return market_visitors.contact_of(uow, found), known


def subject(uow: UnitOfWork, message: Message) -> About | None:
    """The card or the group it is about."""
    card = uow.session.get(MarketVisitor, message.about_id)
    return card or uow.session.get(MarketGroup, message.about_id)


def place_of(market: Market, language: str) -> str:
    """Venue, street and municipality in one line."""
    town = MUNICIPALITIES.get(market.municipality or "")
    parts = [market.venue_name, market.street, town.label(language) if town else None]
    return listed([each for each in parts if each], language)


def comes(uow: UnitOfWork, found: About) -> bool:
    """Whether they still come to a market that is to come or on."""
    market = found.market
    return (
        found.state == VisitorState.REGISTERED
        and market.state == MarketState.OPEN
        and market.ends_at > uow.now
    )


def _is_to_come(uow: UnitOfWork, found: About) -> bool:
    return comes(uow, found) and found.market.starts_at > uow.now


def _wanted(uow: UnitOfWork, found: About) -> bool:
    """Whether somebody and a stand both want to go on, and wait for each other still."""
    cards = [found] if isinstance(found, MarketVisitor) else queries.cards_of(uow.session, found.id)
    return any(
        market_interests.is_mutual(visit) and visit.introduction_id is None
        for card in cards
        for visit in visits_of_visitor(uow.session, card.id)
    )


def cannot_wait(uow: UnitOfWork, message: Message) -> bool:
    """Whether it takes back what may be the first thing of somebody's morning: it leaves at night, too."""
    found = subject(uow, message) if message.kind in _CHANGES else None
    return found is not None and found.market.starts_at - uow.now <= SOON


def _is_off(_uow: UnitOfWork, found: About) -> bool:
    return found.state == VisitorState.REGISTERED and found.market.state == MarketState.CANCELLED


def _is_over(uow: UnitOfWork, found: About) -> bool:
    """Whether the day is past, and not for so long that nobody remembers it."""
    market = found.market
    is_past = takes_answers(market.ends_at, uow.now)
    return found.state == VisitorState.REGISTERED and market.state == MarketState.OPEN and is_past


_HOLDS: Mapping[MessageKind, Callable[[UnitOfWork, About], bool]] = {
    MessageKind.MARKET_REGISTERED: comes,
    MessageKind.MARKET_ROUTE: comes,
    MessageKind.MARKET_ROUTE_CHANGED: comes,
    MessageKind.MARKET_TOMORROW: _is_to_come,
    MessageKind.MARKET_MOVED: comes,
    MessageKind.MARKET_CANCELLED: _is_off,
    MessageKind.GROUP_REGISTERED: comes,
    MessageKind.MARKET_INTEREST: _wanted,
    MessageKind.GROUP_INTEREST: _wanted,
    MessageKind.MARKET_THANKS: _is_over,
    MessageKind.MARKET_MISSED: _is_over,
    MessageKind.GROUP_THANKS: _is_over,
}


def _holds(uow: UnitOfWork, message: Message) -> bool:
    found = subject(uow, message)
    return found is not None and _HOLDS[MessageKind(message.kind)](uow, found)


def _is_newest(uow: UnitOfWork, message: Message) -> bool:
    """Whether nothing was said of a newer route since: that says all of it."""
    return _holds(uow, message) and not is_overtaken(uow.session, message, _ROUTES)


CHECKS: Mapping[MessageKind, Callable[[UnitOfWork, Message], bool]] = {
    **dict.fromkeys(_HOLDS, _holds),
    **dict.fromkeys(_ROUTES, _is_newest),
}
"""What decides for each kind whether it is still true."""
