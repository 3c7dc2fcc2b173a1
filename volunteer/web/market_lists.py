"""Lists of a market on paper, in the reader's language: of stands, interpreters, groups and the door.

Everything needed without a network stands on them, and nothing of what helps anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from volunteer.documents.market_list import Column, Line, MarketList, lists_pdf
from volunteer.domain.interests import TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import HelperRole
from volunteer.models import Market, MarketGroup, MarketHelper, MarketVisitor, Stand, Visit
from volunteer.queries import market_visitors as queries
from volunteer.queries import timetables
from volunteer.services import market_helpers, market_visitors, stand_guests
from volunteer.services.stand_guests import Guest
from volunteer.translation import listed
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_hour
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language, ngettext
from volunteer.web.language import gettext as _
from volunteer.web.market_words import name_of_spot
from volunteer.web.stand_words import market_line, shapes_of

_TO_WRITE_IN = 4
_HOUR, _CARD, _SPOT, _TICK = 15.0, 14.0, 26.0, 17.0


def stand_sheets(uow: UnitOfWork, market: Market, stands: Sequence[Stand]) -> bytes:
    """A page for each stand: who comes in each round, with boxes. Raises :class:`ValueError` without any."""
    return _printed(uow, [_of_stand(uow, market, each) for each in stands])


def interpreter_sheets(uow: UnitOfWork, market: Market) -> bytes:
    """A page for each interpreter: where to be. Raises :class:`ValueError` without any."""
    visits = timetables.visits_of_market(uow.session, market.id)
    cards = {each.id: each.card for each in queries.visitors_of(uow.session, market.id)}
    helpers = timetables.helpers_of(uow.session, market.id, HelperRole.INTERPRETER)
    return _printed(
        uow,
        [
            _of_interpreter(
                uow, market, helper, [each for each in visits if each.interpreter_id == helper.id], cards
            )
            for helper in helpers
        ],
    )


def group_lists(uow: UnitOfWork, market: Market, groups: Sequence[MarketGroup]) -> bytes:
    """A list for who brings each group: each card with its route. Raises :class:`ValueError` without any."""
    return _printed(uow, [_of_group(uow, market, each) for each in groups])


def door_list(uow: UnitOfWork, market: Market) -> bytes:
    """Every card by its number, with whose it is and where it begins."""
    visits = _by_visitor(timetables.visits_of_market(uow.session, market.id))
    visitors = queries.visitors_of(uow.session, market.id)
    found = MarketList(
        title=market_line(uow, market).title.text,
        kind=_("Who comes, by card"),
        facts=_facts(uow, market, is_titled=True),
        columns=[
            Column(_("Here"), 12, is_box=True),
            Column(_("Card"), _CARD, is_strong=True),
            Column(_("Name or group")),
            Column(_("First meeting"), 84),
        ],
        lines=[
            Line([str(each.card), _who(uow, each), _first(market, visits[each.id], each)])
            for each in visitors
        ],
        empty_lines=_TO_WRITE_IN,
        foot=_foot(),
    )
    return _printed(uow, [found])


def _of_interpreter(
    uow: UnitOfWork, market: Market, helper: MarketHelper, visits: Sequence[Visit], cards: Mapping[UUID, int]
) -> MarketList:
    return MarketList(
        title=market_helpers.name_of(uow, helper),
        kind=_("Where you interpret"),
        facts=[*_facts(uow, market), _languages(helper.languages)],
        columns=[
            Column(_("Hour"), _HOUR, is_strong=True),
            Column(_("Spot"), _SPOT, is_strong=True),
            Column(_("Stand")),
            Column(_("Language"), 52),
            Column(_("Card"), _CARD),
        ],
        lines=[
            Line(
                [
                    _hour(market, each.round),
                    name_of_spot(each.stand),
                    each.stand.organisation.name,
                    _language(each.interpreter or ""),
                    str(cards.get(each.visitor_id, "")),
                ]
            )
            for each in visits
        ],
        foot=[*([] if visits else [_("No meetings yet.")]), *_foot()],
    )


def _of_stand(uow: UnitOfWork, market: Market, stand: Stand) -> MarketList:
    shapes = shapes_of(market)
    guests = stand_guests.of_stand(uow, stand)
    lines, before = [], None
    for guest in guests:
        lines.append(_guest_line(market, guest, is_first=guest.round != before))
        before = guest.round
    return MarketList(
        title=stand.organisation.name,
        kind=_("Who comes to you"),
        facts=_facts(uow, market),
        spot=name_of_spot(stand),
        shape=shapes.get(stand.zone.letter, "") if stand.zone and stand.spot else "",
        columns=[
            Column(_("Hour"), _HOUR, is_strong=True),
            Column(_("Card"), _CARD, is_strong=True),
            Column(_("Who")),
            Column(_("Came"), _TICK, is_box=True),
            Column(_("Did not come"), _TICK, is_box=True),
            Column(_("They want to go on"), _TICK, is_box=True),
            Column(_("We want to go on"), _TICK, is_box=True),
        ],
        lines=lines,
        empty_lines=_TO_WRITE_IN,
        foot=[
            _("Does somebody come who is not on this list? Write the number of their card on an empty line."),
            _("Give this sheet back at the entrance when the market is over."),
            *_foot(),
        ],
    )


def _guest_line(market: Market, guest: Guest, *, is_first: bool) -> Line:
    who = guest.name or (_("Group of %(group)s", group=guest.group) if guest.group else _("A visitor"))
    about = [_languages(guest.languages)]
    if guest.learns:
        about.append(_("learns %(languages)s", languages=_languages(guest.learns)))
    if guest.tasks:
        liked = [TASKS[each].label(current_language()) for each in guest.tasks if each in TASKS]
        about.append(_("likes: %(tasks)s", tasks=listed(liked, current_language())))
    if guest.interpreter:
        name = guest.interpreter_name or _language(guest.interpreter)
        about.append(_("interpreter: %(name)s", name=name))
    if guest.rounds > 1:
        about.append(_("two rounds"))
    hour = _hour(market, guest.round) if is_first else ""
    return Line([hour, str(guest.card), who], " · ".join(filter(None, about)), goes_on=not is_first)


def _of_group(uow: UnitOfWork, market: Market, group: MarketGroup) -> MarketList:
    cards = queries.cards_of(uow.session, group.id)
    routes = timetables.routes_of(uow.session, [each.id for each in cards])
    return MarketList(
        title=group.name,
        kind=_("Cards of your group"),
        facts=[*_facts(uow, market), *([group.organisation.name] if group.organisation else [])],
        columns=[
            Column(_("Card"), _CARD, is_strong=True),
            Column(_("Hour"), _HOUR),
            Column(_("Spot"), _SPOT, is_strong=True),
            Column(_("Stand")),
            Column(_("Who has it?"), 50),
        ],
        lines=[line for each in cards for line in _card_lines(market, each, routes[each.id])],
        foot=[_("Only you know who has which card. Write it here if that helps you."), *_foot()],
    )


def _card_lines(market: Market, visitor: MarketVisitor, visits: Sequence[Visit]) -> list[Line]:
    if not visits:
        return [Line([str(visitor.card), "", "", _no_route(visitor), ""])]
    return [
        Line(
            [
                "" if place else str(visitor.card),
                _hour(market, each.round),
                name_of_spot(each.stand),
                each.stand.organisation.name,
                "",
            ],
            goes_on=place > 0,
        )
        for place, each in enumerate(visits)
    ]


def _by_visitor(visits: Iterable[Visit]) -> dict[UUID, list[Visit]]:
    found: dict[UUID, list[Visit]] = defaultdict(list)
    for each in visits:
        found[each.visitor_id].append(each)
    return found


def _first(market: Market, visits: Sequence[Visit], visitor: MarketVisitor) -> str:
    if not visits:
        return _no_route(visitor)
    stand = visits[0].stand
    return f"{_hour(market, visits[0].round)} {name_of_spot(stand)} {stand.organisation.name}"


def _no_route(visitor: MarketVisitor) -> str:
    return _("No route yet") if visitor.wants_route else _("Walks about")


def _who(uow: UnitOfWork, visitor: MarketVisitor) -> str:
    return visitor.group.name if visitor.group else market_visitors.name_of(uow, visitor)


def _hour(market: Market, number: int) -> str:
    return spoken_hour(market.rounds.starts(number))


def _language(code: str) -> str:
    return LANGUAGES[code].label(current_language()) if code in LANGUAGES else ""


def _languages(codes: Iterable[str]) -> str:
    return listed([_language(each) for each in codes], current_language())


def _facts(uow: UnitOfWork, market: Market, *, is_titled: bool = False) -> list[str]:
    """When and where; and which market, unless that is its title."""
    line = market_line(uow, market)
    rounds = ngettext("%(num)d round", "%(num)d rounds", market.round_count)
    return [
        line.when if is_titled else f"{line.title.text}, {line.when}",
        listed([*filter(None, [line.venue, line.address]), rounds], current_language()),
    ]


def _foot() -> list[str]:
    centre = current_core().settings.centre
    return [_("Help? %(names)s: %(phone)s", names=" & ".join(centre.people), phone=centre.phone)]


def _printed(uow: UnitOfWork, lists: Sequence[MarketList]) -> bytes:
    return lists_pdf(lists, desk=current_language(), made_at=uow.now)
