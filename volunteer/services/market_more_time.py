"""Twice the time at every stand: told for the day of a market, with a file or without."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from volunteer.domain.market_visitors import Help
from volunteer.models import MarketVisitor
from volunteer.services import market_help, market_visitors
from volunteer.services.market_people import BY_THE_ENGINE
from volunteer.unit_of_work import UnitOfWork


def ask(uow: UnitOfWork, visitor_id: UUID, *, agrees: bool, reader: str | None = None) -> MarketVisitor:
    """They want it beside what they told before; the next timetable heeds it. Harmless to repeat.

    ``reader`` is the colleague who writes it down for them; ``None`` is that they do so themselves.
    Raises :class:`NotFound`, :class:`ConsentMissing`, and :class:`ImpossibleStep` once they withdrew or it is
    over.
    """
    visitor = market_visitors.held(uow, visitor_id)
    market_visitors.check_stands(uow, visitor)
    told = market_help.read(uow, visitor, reader=reader or market_help.themselves(visitor), purpose="change")
    market_help.say_help(uow, visitor, replace(told, more_time=True), agrees=agrees, by=reader)
    return visitor


def take_along(uow: UnitOfWork, visitor: MarketVisitor) -> None:
    """This card gets a file: more time holds on, by the yes with which it was asked for.

    What else helps them is forgotten: the file says that, and what was told for the card was told to nobody
    else. The market is held, the file is theirs already, and the kind of card is what it was.
    """
    told = market_help.read(uow, visitor, reader=BY_THE_ENGINE.reader, purpose=BY_THE_ENGINE.purpose)
    market_help.say_help(uow, visitor, Help(more_time=told.more_time), agrees=True)
