"""Twice the time at every stand: told for the day of a market, with a file or without."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from volunteer.models import MarketVisitor
from volunteer.services import market_help, market_visitors
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
    market_help.say_help(uow, visitor, replace(told, more_time=True), agrees=agrees)
    return visitor
