"""Who comes to a market as the desk and support workers read it: by the number of a card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.access import FEATURES
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import VisitorKind, VisitorState
from volunteer.domain.market_visitors import Help
from volunteer.models import Market, MarketGroup, MarketVisitor, Visit
from volunteer.queries import market_visitors as queries
from volunteer.queries import timetables
from volunteer.services import contacts, market_visitors
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_hour
from volunteer.web.gathering_words import tongues
from volunteer.web.language import current_language, ngettext
from volunteer.web.language import gettext as _
from volunteer.web.market_words import MarketPage, market_page, name_of_spot
from volunteer.web.own_introductions import State


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorRow:
    """One card."""

    id: UUID
    card: int
    name: str
    """Of a person; of one of a group, what the group is called."""
    about: str
    languages: list[str]
    contact: str
    candidate_id: UUID | None
    group_id: UUID | None
    meetings: int
    state: State
    comes: bool
    window: str
    """From when till when, where that is not the whole day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """One group."""

    id: UUID
    name: str
    organisation: str
    worker: str
    size: int
    companions: int
    about: str
    """How many, and who comes along."""
    languages: list[str]
    window: str
    comes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingMarket:
    """A market to come as a support worker sees it."""

    page: MarketPage
    groups: list[GroupRow]
    """Those of one referrer."""
    has_routes: bool
    """A timetable is published: cards say where to go."""


def visitor_rows(uow: UnitOfWork, market: Market, visitors: Iterable[MarketVisitor]) -> list[VisitorRow]:
    """These cards in the same order, with everything looked up for all of them at once."""
    meetings = timetables.meetings_of(uow.session, market.id)
    return [visitor_row(uow, each, meetings[each.id]) for each in visitors]


def visitor_row(uow: UnitOfWork, visitor: MarketVisitor, meetings: int) -> VisitorRow:
    """One of them."""
    comes = visitor.state == VisitorState.REGISTERED
    group = visitor.group
    return VisitorRow(
        id=visitor.id,
        card=visitor.card,
        name=group.name if group else market_visitors.name_of(uow, visitor) or _("Forgotten, as promised"),
        about=_about(visitor),
        languages=tongues(market_visitors.languages_of(visitor)),
        contact=contacts.spoken_phone(market_visitors.contact_of(uow, visitor) or ""),
        candidate_id=visitor.candidate_id,
        group_id=visitor.group_id,
        meetings=meetings,
        state=_state(visitor, meetings),
        comes=comes,
        window=window(visitor),
    )


def stops_said(market: Market, route: Sequence[Visit]) -> list[tuple[str, str, str]]:
    """Hour, spot and stand of each meeting of a route, in order of time."""
    rounds = market.rounds
    return [
        (spoken_hour(rounds.starts(each.round)), name_of_spot(each.stand), each.stand.organisation.name)
        for each in route
    ]


def group_rows(uow: UnitOfWork, groups: Iterable[MarketGroup]) -> list[GroupRow]:
    """These groups in the same order."""
    every = list(groups)
    sizes = queries.sizes_of(uow.session, [each.id for each in every])
    return [group_row(each, sizes.get(each.id, 0)) for each in every]


def coming_markets(uow: UnitOfWork, organisation_id: UUID) -> list[ComingMarket]:
    """Every market to come, with the groups that this referrer brings."""
    groups = queries.groups_of_organisation(uow.session, organisation_id, since=uow.now)
    rows = list(zip(groups, group_rows(uow, groups), strict=True))
    return [
        ComingMarket(
            page=market_page(uow, market),
            groups=[row for group, row in rows if group.market_id == market.id],
            has_routes=timetables.published(uow.session, market.id) is not None,
        )
        for market in queries.open_markets(uow.session, now=uow.now)
    ]


def group_row(group: MarketGroup, size: int) -> GroupRow:
    """One group with so many cards."""
    parts = [ngettext("%(num)d card", "%(num)d cards", size)]
    if group.companions:
        parts.append(ngettext("%(num)d comes along to help", "%(num)d come along to help", group.companions))
    return GroupRow(
        id=group.id,
        name=group.name,
        organisation=group.organisation.name if group.organisation else "",
        worker=group.account.name if group.account else "",
        size=size,
        companions=group.companions,
        about=" · ".join(parts),
        languages=tongues(group.languages),
        window=window(group),
        comes=group.state == VisitorState.REGISTERED,
    )


def window(found: MarketVisitor | MarketGroup) -> str:
    """From when till when somebody is there; empty where that is as long as the doors are open."""
    arrives, leaves = found.arrives_at, found.leaves_at
    if arrives and leaves:
        return _("from %(start)s to %(end)s", start=spoken_hour(arrives), end=spoken_hour(leaves))
    if arrives:
        return _("from %(start)s on", start=spoken_hour(arrives))
    return _("until %(end)s", end=spoken_hour(leaves)) if leaves else ""


def help_words(told: Help) -> list[str]:
    """What helps somebody, in words."""
    said = [feature.label(current_language()) for code, feature in FEATURES.items() if code in told.codes]
    return [*said, *([_("More time at each stand")] if told.more_time else [])]


def card_language(visitor: MarketVisitor) -> str:
    """In which language the card is printed, beside Dutch."""
    return LANGUAGES[visitor.language].label(current_language())


def _about(visitor: MarketVisitor) -> str:
    return {
        VisitorKind.CANDIDATE: _("Has a file"),
        VisitorKind.VISITOR: _("Without a file"),
        VisitorKind.MEMBER: _("One of a group"),
    }[VisitorKind(visitor.kind)]


def _state(visitor: MarketVisitor, meetings: int) -> State:
    if visitor.state != VisitorState.REGISTERED:
        return State("withdrawn", _("Does not come"))
    if visitor.checked_in_at:
        return State("accepted", _("Is here"))
    if not visitor.wants_route:
        return State("arranged", _("Walks freely"))
    if meetings:
        return State("accepted", ngettext("%(num)d meeting", "%(num)d meetings", meetings))
    return State("pending", _("No route yet"))
