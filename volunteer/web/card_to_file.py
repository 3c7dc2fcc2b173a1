"""Somebody with a card of a market begins a file: the visit remembers which card, until the file is there.

A phone is passed on. So the last page asks whether that card is theirs, and only who ticks it gets it:
whoever has a card reads its route.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from flask import session

from volunteer.models import Candidate, MarketVisitor
from volunteer.services import market_interests
from volunteer.unit_of_work import UnitOfWork

FIELD = "market_card"
"""Of the tick: the number of the card."""
_KEY = "market_card_to_file"
_LASTS = timedelta(hours=1)
"""A file takes minutes. Later somebody else may begin one on the same phone."""


def remember_card(visitor: MarketVisitor, *, now: datetime) -> None:
    """The file that is begun in this visit gets this card."""
    session[_KEY] = [visitor.id.hex, now.isoformat()]


def card_to_ask(uow: UnitOfWork) -> int | None:
    """The number of the card with which they came a moment ago, while it is without a file."""
    visitor = _remembered(uow)
    return visitor.card if visitor is not None and visitor.candidate_id is None else None


def connect_card(uow: UnitOfWork, candidate: Candidate, form: Mapping[str, str]) -> None:
    """It is theirs from now on, if they ticked so, and what waited for it goes on."""
    visitor = _remembered(uow)
    session.pop(_KEY, None)
    if visitor is not None and form.get(FIELD) == str(visitor.card):
        market_interests.connect(uow, visitor.id, candidate)


def _remembered(uow: UnitOfWork) -> MarketVisitor | None:
    stored = session.get(_KEY)
    if stored is None or uow.now - datetime.fromisoformat(stored[1]) > _LASTS:
        return None
    return uow.session.get(MarketVisitor, UUID(stored[0]))
