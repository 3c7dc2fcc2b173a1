"""A market in the words of who comes: what it is, whom they can meet, and the stops of a route."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from volunteer.domain.access import FEATURES
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import MarketState, Rounds, StandState, VisitState
from volunteer.models import Market, Stand, Visit
from volunteer.queries import market_visitors, timetables
from volunteer.services import market_door
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_hour
from volunteer.web.gathering_words import Words, moment_said, tongues, words_of, written
from volunteer.web.language import current_language, ngettext
from volunteer.web.stand_offer import doing_at
from volunteer.web.stand_words import MarketLine, market_line, shapes_of

_CONFIRMED = (StandState.CONFIRMED,)


@dataclass(frozen=True, slots=True)
class MarketPage:
    """A market as everybody may read it; macros of gatherings draw it as one of theirs."""

    line: MarketLine
    state: MarketState
    reason: Words
    directions: Words
    access: list[tuple[str, str]]
    """Code and name of what helps there."""
    closes: str
    is_over: bool
    is_today: bool
    """It goes on, its day has come, and it is not over."""
    takes_visitors: bool
    """People can still register by themselves."""
    is_demo: bool
    # What ``when_and_where`` reads of a gathering and a market has not.
    is_online: bool = False
    languages: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()

    @property
    def day(self) -> str:
        """The day, in words."""
        return self.line.day

    @property
    def hours(self) -> str:
        """From when till when, in words."""
        return self.line.hours

    @property
    def venue(self) -> str:
        """What the hall is called."""
        return self.line.venue

    @property
    def address(self) -> str:
        """Street and municipality."""
        return self.line.address


@dataclass(frozen=True, slots=True)
class StandLine:
    """One stand in two lines."""

    spot: str
    organisation: str
    offer: Words
    languages: list[str]
    task: str
    """The code of the picture; empty without one."""


@dataclass(frozen=True, slots=True)
class ZoneOfStands:
    """A part of the hall, with whom one meets there."""

    letter: str
    shape: str
    name: Words
    stands: list[StandLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One meeting of a route, or a break between two."""

    hour: str
    visit_id: UUID | None = None
    """``None`` for a break."""
    stand_id: UUID | None = None
    spot: str = ""
    """Letter and number."""
    shape: str = ""
    name: str = ""
    offer: Words = field(default_factory=lambda: Words("", None))
    task: str = ""
    interpreter: str = ""
    """The language of who comes along, by name."""
    is_met: bool = False
    is_past: bool = False
    """Its time is over, on a market that goes on, and nobody wrote down that they met."""
    is_double: bool = False
    """Twice the time."""
    words: str = ""
    """What a break says."""


def market_page(uow: UnitOfWork, market: Market) -> MarketPage:
    """Everything the pages say of this market."""
    state, reader = MarketState(market.state), current_language()
    return MarketPage(
        line=market_line(uow, market),
        state=state,
        reason=written(market.cancel_reason or {}),
        directions=words_of(market.texts, "directions"),
        access=[(code, FEATURES[code].label(reader)) for code in FEATURES if code in market.access],
        closes=moment_said(market.signup_closes_at),
        is_over=market.ends_at <= uow.now,
        is_today=state is MarketState.OPEN and market.ends_at > uow.now and market_door.is_day(uow, market),
        takes_visitors=state is MarketState.OPEN and uow.now < market.signup_closes_at,
        is_demo=market.is_demo,
    )


def own_cards(uow: UnitOfWork, candidate_id: UUID) -> list[tuple[MarketPage, int]]:
    """Markets to come for which this person has a card, with its number."""
    theirs = market_visitors.of_candidate(uow.session, candidate_id, since=uow.now)
    return [(market_page(uow, each.market), each.card) for each in theirs]


def zones_of(uow: UnitOfWork, market: Market) -> list[ZoneOfStands]:
    """Who can be met, by zone; zones without a stand are left out."""
    by_letter: dict[str, list[StandLine]] = defaultdict(list)
    for stand in timetables.stands_of(uow.session, market.id, _CONFIRMED):
        by_letter[stand.zone.letter if stand.zone else ""].append(_stand_line(stand))
    shapes = shapes_of(market)
    return [
        ZoneOfStands(zone.letter, shapes[zone.letter], written(zone.texts), by_letter[zone.letter])
        for zone in market.zones
        if by_letter[zone.letter]
    ]


def route_of(uow: UnitOfWork, market: Market, visitor_id: UUID) -> list[Stop]:
    """The stops of somebody's route in order of time, with the breaks that lie between two meetings."""
    return stops_of(market, timetables.route_of(uow.session, visitor_id), now=uow.now)


def stops_of(market: Market, visits: Sequence[Visit], *, now: datetime) -> list[Stop]:
    """These meetings, which are in order of time, as stops."""
    rounds, shapes = market.rounds, shapes_of(market)
    stops = [(rounds.starts(each.round), _stop(each, market, shapes, now)) for each in visits]
    if len(visits) > 1:
        first, last = visits[0].round + visits[0].rounds - 1, visits[-1].round
        stops += [_break(rounds, after) for after in rounds.breaks if first <= after < last]
    return [stop for _starts, stop in sorted(stops, key=lambda pair: pair[0])]


def name_of_spot(stand: Stand) -> str:
    """Such as B4; empty while it has none."""
    return f"{stand.zone.letter}{stand.spot}" if stand.zone and stand.spot else ""


def _stop(visit: Visit, market: Market, shapes: dict[str, str], now: datetime) -> Stop:
    stand, rounds, is_met = visit.stand, market.rounds, visit.state == VisitState.MET
    doing = doing_at(stand, current_language())
    return Stop(
        hour=spoken_hour(rounds.starts(visit.round)),
        visit_id=visit.id,
        stand_id=stand.id,
        spot=name_of_spot(stand),
        shape=shapes.get(stand.zone.letter, "") if stand.zone else "",
        name=stand.organisation.name,
        offer=doing.words,
        task=doing.task,
        interpreter=LANGUAGES[visit.interpreter].label(current_language()) if visit.interpreter else "",
        is_met=is_met,
        is_past=not is_met and rounds.ends(visit.round + visit.rounds - 1) <= now < market.ends_at,
        is_double=visit.rounds > 1,
    )


def _break(rounds: Rounds, after: int) -> tuple[datetime, Stop]:
    starts, minutes = rounds.ends(after), rounds.breaks[after]
    said = ngettext("Break of %(num)d minute", "Break of %(num)d minutes", minutes)
    return starts, Stop(hour=spoken_hour(starts), words=said)


def _stand_line(stand: Stand) -> StandLine:
    doing = doing_at(stand, current_language())
    return StandLine(
        spot=name_of_spot(stand),
        organisation=stand.organisation.name,
        offer=doing.words,
        languages=tongues(stand.languages),
        task=doing.task,
    )
