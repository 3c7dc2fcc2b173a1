"""Route cards of a market from the tables: in each person's language, in the order of printing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from volunteer import times_in_words
from volunteer.documents.route_card import route_cards_pdf
from volunteer.documents.route_facts import CardSize, CardStop, CardZone, RouteCard, RouteCards
from volunteer.documents.sheet import Tongues
from volunteer.domain.gatherings import FIRST_LANGUAGE, said_in, text_in
from volunteer.models import Market, MarketVisitor, Visit
from volunteer.queries import market_visitors as queries
from volunteer.queries import timetables
from volunteer.services import market_visitors
from volunteer.translation import translations
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.extensions import current_core
from volunteer.web.market_people import code_link
from volunteer.web.market_words import name_of_spot
from volunteer.web.stand_offer import doing_at
from volunteer.web.stand_words import shapes_of


def in_print_order(uow: UnitOfWork, market_id: UUID) -> list[MarketVisitor]:
    """Everybody who comes: group after group as they were registered, then who comes alone; by card."""
    places = {each.id: place for place, each in enumerate(queries.groups_of(uow.session, market_id))}
    every = queries.visitors_of(uow.session, market_id)
    last = len(places)
    return sorted(
        every,
        key=lambda each: (places.get(each.group_id, last) if each.group_id else last, each.card),
    )


def cards_pdf(
    uow: UnitOfWork,
    market: Market,
    visitors: Sequence[MarketVisitor],
    size: CardSize,
    *,
    with_names: bool = True,
) -> bytes:
    """The cards of these visitors in this order. Raises :class:`ValueError` without any."""
    routes: dict[UUID, list[Visit]] = defaultdict(list)
    if len(visitors) == 1:
        routes[visitors[0].id] = list(timetables.route_of(uow.session, visitors[0].id))
    else:
        for visit in timetables.visits_of_market(uow.session, market.id):
            routes[visit.visitor_id].append(visit)
    cards = [_card(uow, market, each, routes[each.id], with_name=with_names) for each in visitors]
    zones = {each.tongues.theirs: _zones(market, each.tongues.theirs) for each in cards}
    centre = current_core().settings.centre
    return route_cards_pdf(RouteCards(cards=cards, zones=zones, centre=centre, made_at=uow.now), size)


def _card(
    uow: UnitOfWork, market: Market, visitor: MarketVisitor, visits: Sequence[Visit], *, with_name: bool
) -> RouteCard:
    centre = current_core().settings.centre
    language = visitor.language if visitor.language in centre.languages else FIRST_LANGUAGE
    zone = centre.time_zone
    return RouteCard(
        number=visitor.card,
        first_name=market_visitors.name_of(uow, visitor) if with_name else "",
        tongues=Tongues(theirs=language, ours=FIRST_LANGUAGE),
        title=text_in(market.texts, "title", language),
        day=times_in_words.day(market.starts_at, language, zone),
        stops=_stops(market, visits, language, zone),
        walks_about=not visitor.wants_route,
        link=code_link(visitor),
    )


def _stops(market: Market, visits: Sequence[Visit], language: str, zone: str) -> list[CardStop]:
    rounds, shapes = market.rounds, shapes_of(market)
    stops = [
        (
            rounds.starts(each.round),
            _meeting(each, shapes, language, _hour(market, each.round, language, zone)),
        )
        for each in visits
    ]
    if len(visits) > 1:
        first, last = visits[0].round + visits[0].rounds - 1, visits[-1].round
        for after in rounds.breaks:
            if first <= after < last:
                hour = times_in_words.written_hour(rounds.ends(after), language, zone)
                stops.append(
                    (
                        rounds.ends(after),
                        CardStop(hour=hour, name=_break(rounds.breaks[after], language), is_break=True),
                    )
                )
    return [stop for _starts, stop in sorted(stops, key=lambda pair: pair[0])]


def _hour(market: Market, number: int, language: str, zone: str) -> str:
    return times_in_words.written_hour(market.rounds.starts(number), language, zone)


def _meeting(visit: Visit, shapes: dict[str, str], language: str, hour: str) -> CardStop:
    stand = visit.stand
    doing = doing_at(stand, language)
    return CardStop(
        hour=hour,
        name=stand.organisation.name,
        spot=name_of_spot(stand),
        shape=shapes.get(stand.zone.letter, "circle") if stand.zone and stand.spot else "",
        what=doing.words.text,
        picture=doing.task,
        with_interpreter=bool(visit.interpreter),
    )


def _break(minutes: int, language: str) -> str:
    found = translations(language)
    return found.ngettext("Break of %(num)d minute", "Break of %(num)d minutes", minutes) % {"num": minutes}


def _zones(market: Market, language: str) -> list[CardZone]:
    shapes = shapes_of(market)
    return [
        CardZone(letter=each.letter, shape=shapes[each.letter], name=said_in(each.texts, language))
        for each in market.zones
    ]
