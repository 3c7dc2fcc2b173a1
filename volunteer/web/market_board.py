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
from volunteer.domain.languages import SIGN_LANGUAGES
from volunteer.domain.market_board import Moment, OpenStand, Phase, Room, moment_of, rooms
from volunteer.domain.market_days import SHAPES, MarketState, Rounds
from volunteer.models import Market
from volunteer.queries import market_board as queries
from volunteer.translation import translations
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_day, spoken_hour
from volunteer.web.extensions import current_core
from volunteer.web.gathering_words import Words, tongues, written
from volunteer.web.language import current_language

KEPT = timedelta(seconds=1)
"""So long a screen may be shown what another one was."""
AT_ONCE = 6
"""Zones on one screen; where there are more, they take turns."""
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
    is_signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the board knows, read at one moment."""

    as_of: datetime
    texts: Mapping[str, Mapping[str, str]]
    zones: Sequence[tuple[str, Mapping[str, str]]]
    """Letter and names."""
    rounds: Rounds
    moment: Moment
    rooms: Sequence[Room]
    interpreters: Mapping[str, frozenset[str]]
    """Languages by letter."""
    late: Sequence[tuple[str, int]]
    """Name of the spot of a stand that runs behind, and minutes."""
    note: Mapping[str, str]
    reason: Mapping[str, str] | None
    """Why it does not go on; ``None`` when it does."""
    replanned_at: datetime | None


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
        return Facts(
            as_of=uow.now,
            texts={"title": _titles(market)},
            zones=[(zone.letter, zone.texts) for zone in market.zones],
            rounds=market.rounds,
            moment=moment,
            rooms=_rooms(uow, market, moment, there),
            interpreters=_interpreters(uow, market, moment),
            late=[
                (f"{letter}{stand.spot or ''}", stand.late_minutes)
                for stand, letter in there
                if stand.late_minutes and moment.phase is not Phase.OVER
            ],
            note=market.board_note,
            reason=(market.cancel_reason or {}) if market.state == MarketState.CANCELLED else None,
            replanned_at=queries.replanned_at(uow.session, market.id),
        )


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
    moment, replanned = facts.moment, facts.replanned_at
    is_news = replanned is not None and timedelta(0) <= facts.as_of - replanned < NEWS
    return {
        "name": written(facts.texts["title"]),
        "day": spoken_day(facts.rounds.first),
        "clock": spoken_hour(facts.as_of),
        "moment": moment,
        "count": facts.rounds.count,
        "next_at": spoken_hour(moment.next_at) if moment.next_at else None,
        "ends_at": spoken_hour(facts.rounds.end),
        "pages": [zones[start : start + AT_ONCE] for start in range(0, len(zones), AT_ONCE)],
        "late": facts.late,
        "note": written(facts.note),
        "reason": None if facts.reason is None else written(facts.reason),
        "replanned_at": spoken_hour(replanned) if replanned and is_news else None,
        "find_letter": [(code, _find_letter(code)) for code in _languages()],
    }


def _zone(number: int, facts: Facts, zone: tuple[str, Mapping[str, str]], room: Room) -> Zone:
    languages = facts.interpreters.get(room.letter, frozenset())
    return Zone(
        zone[0],
        SHAPES[number % len(SHAPES)],
        written(zone[1]),
        room,
        spoken_hour(facts.rounds.starts(room.free_from)) if room.free_from is not None else None,
        tongues(languages - SIGN_LANGUAGES),
        bool(languages & SIGN_LANGUAGES),
    )


def _languages() -> tuple[str, ...]:
    return current_core().settings.centre.languages[:4]


def _find_letter(code: str) -> str:
    return translations(code).gettext("Find the letter that is on your card")
