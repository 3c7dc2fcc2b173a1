"""What an organiser changes while a market is on: a stand that closes, and what the board says."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.models import Market, Stand
from volunteer.queries import markets as queries
from volunteer.queries import timetables
from volunteer.services import lost_meetings, market_door, replanning
from volunteer.unit_of_work import UnitOfWork

LONGEST_NOTE = 120


def close_from_now(uow: UnitOfWork, market_id: UUID, stand_id: UUID, *, by: str) -> frozenset[UUID]:
    """Nobody is at this stand from the next round on. New routes are asked for at once for who was to come;
    returns the ids of them.

    Harmless to repeat. Raises :class:`NotFound`, and :class:`ImpossibleStep` before that day or afterwards.
    """
    market, stand = _held(uow, market_id, stand_id)
    coming = range(market.rounds.next_after(uow.now), market.round_count)
    stand.closed_rounds = sorted({*stand.closed_rounds, *coming})
    return lost_meetings.ask_at_once(uow, market, by=by)


def open_again(uow: UnitOfWork, market_id: UUID, stand_id: UUID, *, by: str) -> bool:
    """Somebody is at this stand again, from the next round on; its seats are given by new routes.

    Returns whether those were asked for: not before the first timetable is published, which is for who
    organises. Raises as :func:`close_from_now`.
    """
    market, stand = _held(uow, market_id, stand_id)
    following = market.rounds.next_after(uow.now)
    stand.closed_rounds = [each for each in stand.closed_rounds if each < following]
    if timetables.published(uow.session, market.id) is None:
        return False
    with suppress(ImpossibleStep):  # nobody is there
        replanning.ask(uow, market.id, by=by)
        return True
    return False


def say_on_board(uow: UnitOfWork, market_id: UUID, words: Mapping[str, str]) -> Market:
    """What the board says to the hall, by language; empty is nothing.

    Raises :class:`NotFound`, and :class:`InvalidValue` for what is too long to be read from afar and for a
    national number.
    """
    market = _market(uow, market_id)
    said = {language: " ".join(text.split()) for language, text in words.items()}
    for language, text in said.items():
        if len(text) > LONGEST_NOTE:
            raise InvalidValue(
                "The board has room for %(most)d letters.",
                field=f"note_{language}",
                values={"most": LONGEST_NOTE},
            )
        clean_words(text, longest=LONGEST_NOTE, field=f"note_{language}")
    market.board_note = {language: text for language, text in said.items() if text}
    return market


def _held(uow: UnitOfWork, market_id: UUID, stand_id: UUID) -> tuple[Market, Stand]:
    market = _market(uow, market_id)
    market_door.check_door(uow, market)
    stand = uow.session.get(Stand, stand_id, populate_existing=True)
    if stand is None or stand.market_id != market.id:
        raise NotFound("This stand is not there any more.")
    if market.rounds.next_after(uow.now) == market.round_count:
        raise ImpossibleStep("The last round has begun.")
    return market, stand


def _market(uow: UnitOfWork, market_id: UUID) -> Market:
    market = queries.held(uow.session, market_id)
    if market is None:
        raise NotFound("This market is not there any more.")
    return market
