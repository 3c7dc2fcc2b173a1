"""The board in the hall: read at most once a second, however many screens look at it.

What it costs and what it promises: docs/decisions/0065-a-board-that-says-how-old-it-is.md.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from flask import current_app, render_template

from volunteer.domain.errors import NotFound
from volunteer.domain.languages import LANGUAGES, SIGN_LANGUAGES
from volunteer.domain.market_board import Moment, OpenStand, Phase, Room, moment_of, rooms
from volunteer.domain.market_days import SHAPES, HelperRole, MarketState
from volunteer.models import Market
from volunteer.queries import market_board as queries
from volunteer.queries.timetables import helpers_of
from volunteer.services import market_door, market_helpers
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.board_words import Facts, Said, languages, said_in
from volunteer.web.dates import spoken_hour
from volunteer.web.extensions import current_core
from volunteer.web.gathering_words import Words, written
from volunteer.web.language import current_language

KEPT = timedelta(seconds=1)
"""So long a screen may be shown what another one was."""
AT_ONCE = 6
"""Zones on one screen; where there are more, they take turns."""
MOST_HELPERS = 3
"""Names of who is at the door that one line has room for."""
NEWS = timedelta(minutes=15)
"""So long the board says that routes changed."""
_EXTENSION = "boards"


@dataclass(frozen=True, slots=True)
class Zone:
    """One part of the hall as it is drawn: its mark, its name, and where there is room."""

    letter: str
    shape: str
    name: Words
    room: Room
    free_at: str | None
    """The hour from which a seat is free again, in words."""
    interpreters: list[str]
    """Languages by name."""
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One board in one language, ready to be sent."""

    html: str
    etag: str
    as_of: datetime


@dataclass(slots=True)
class Boards:
    """What this process knows of boards; one thread reads while the others wait for it."""

    lock: Lock = field(default_factory=Lock)
    facts: dict[UUID, Facts] = field(default_factory=dict)
    sheets: dict[tuple[UUID, str], Sheet] = field(default_factory=dict)


def sheet(market_id: UUID) -> Sheet:
    """The board as it is now, in the reader's language. Raises ``NotFound`` where there is none."""
    boards: Boards = current_app.extensions.setdefault(_EXTENSION, Boards())
    now, key = current_core().clock.now(), (market_id, current_language())
    with boards.lock:
        known = boards.facts.get(market_id)
        if known is None or not timedelta(0) <= now - known.as_of < KEPT:
            known = boards.facts[market_id] = _read(market_id)
        found = boards.sheets.get(key)
        if found is None or found.as_of != known.as_of:
            html = render_template("markets/_board.html", **_in_words(known))
            etag = hashlib.sha256(html.encode()).hexdigest()[:20]
            found = boards.sheets[key] = Sheet(html, etag, known.as_of)
    return found


def title(market_id: UUID) -> Words:
    """What the market is called. Raises ``NotFound`` where there is no board."""
    with current_core().units.read() as uow:
        return written(_titles(_shown(uow, market_id)))


def _shown(uow: UnitOfWork, market_id: UUID) -> Market:
    market = uow.session.get(Market, market_id)
    if market is None or market.state == MarketState.DRAFT:
        raise NotFound("There is no such market.")
    return market


def _titles(market: Market) -> dict[str, str]:
    return {code: said["title"] for code, said in market.texts.items() if said.get("title")}


def _read(market_id: UUID) -> Facts:
    with current_core().units.read() as uow:
        market = _shown(uow, market_id)
        moment = moment_of(market.rounds, uow.now)
        there = queries.stands_there(uow.session, market.id)
        is_today = market_door.is_day(uow, market)
        return Facts(
            as_of=uow.now,
            titles=_titles(market),
            zones=[(zone.letter, zone.texts) for zone in market.zones],
            rounds=market.rounds,
            moment=moment,
            is_today=is_today,
            helpers=_helpers(uow, market) if is_today else (),
            rooms=_rooms(uow, market, moment, there),
            interpreters=_interpreters(uow, market, moment),
            late=[
                (f"{letter}{stand.spot or ''}", stand.late_minutes)
                for stand, letter in there
                if stand.late_minutes and moment.phase is not Phase.OVER
            ],
            note=market.board_note,
            reason=(market.cancel_reason or {}) if market.state == MarketState.CANCELLED else None,
            replanned_at=_replanned_at(uow, market),
        )


def _helpers(uow: UnitOfWork, market: Market) -> list[str]:
    names = (
        market_helpers.name_of(uow, each) for each in helpers_of(uow.session, market.id, HelperRole.CHECK_IN)
    )
    # Whatever was typed: a hall reads no surnames.
    return list(dict.fromkeys(name.split()[0] for name in names if name.strip()))[:MOST_HELPERS]


def _replanned_at(uow: UnitOfWork, market: Market) -> datetime | None:
    at = queries.replanned_at(uow.session, market.id)
    return at if at is not None and timedelta(0) <= uow.now - at < NEWS else None


def _rooms(uow: UnitOfWork, market: Market, moment: Moment, there: queries.StandsThere) -> tuple[Room, ...]:
    taken: dict[UUID, Counter[int]] = defaultdict(Counter)
    for stand_id, first, rounds, people in queries.taken(uow.session, market.id):
        for number in range(first, first + rounds):
            taken[stand_id][number] += people
    stands = [
        OpenStand(letter, stand.seats, frozenset(stand.closed_rounds), taken[stand.id])
        for stand, letter in there
    ]
    letters = [zone.letter for zone in market.zones]
    return rooms(letters, stands, number=moment.number, count=market.round_count)


def _interpreters(uow: UnitOfWork, market: Market, moment: Moment) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for letter, language in queries.interpreted(uow.session, market.id, moment.number):
        found[letter].add(language)
    return {letter: frozenset(languages) for letter, languages in found.items()}


def _in_words(facts: Facts) -> dict[str, object]:
    zones = [
        _zone(number, facts, *each) for number, each in enumerate(zip(facts.zones, facts.rooms, strict=True))
    ]
    said = [said_in(code, facts) for code in languages()]
    moment = facts.moment
    return {
        "name": written(facts.titles),
        "clock": spoken_hour(facts.as_of),
        "moment": moment,
        "count": facts.rounds.count,
        "next_at": spoken_hour(moment.next_at) if moment.next_at else None,
        "ends_at": spoken_hour(facts.rounds.end),
        "helpers": facts.helpers,
        "is_today": facts.is_today,
        "is_on": facts.reason is None and moment.phase is not Phase.OVER,
        "pages": [zones[start : start + AT_ONCE] for start in range(0, len(zones), AT_ONCE)],
        "said": said,
        "news": _news(said) if facts.replanned_at or facts.late or facts.note else [],
    }


def _news(said: Sequence[Said]) -> list[Said]:
    """The reader's language whatever it says, the others where they say something of their own."""
    return [said[0], *(each for each in said[1:] if each.has_news)]


def _name_of(code: str) -> str:
    """What the reader calls a language, and where we bring the letters for it, what its speakers do."""
    own, said = LANGUAGES[code].own, LANGUAGES[code].label(current_language())
    is_ours = code in current_core().settings.centre.languages
    return f"{said} · {own}" if is_ours and own != said else said


def _zone(number: int, facts: Facts, zone: tuple[str, Mapping[str, str]], room: Room) -> Zone:
    tongues = facts.interpreters.get(room.letter, frozenset())
    return Zone(
        zone[0],
        SHAPES[number % len(SHAPES)],
        written(zone[1]),
        room,
        spoken_hour(facts.rounds.starts(room.free_from)) if room.free_from is not None else None,
        [_name_of(code) for code in LANGUAGES if code in tongues - SIGN_LANGUAGES],
        bool(tongues & SIGN_LANGUAGES),
    )
