"""Somebody with a card of a market begins a file: the visit remembers which card, until the file is there."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flask import session

from volunteer.models import Candidate, MarketVisitor
from volunteer.services import market_interests
from volunteer.unit_of_work import UnitOfWork

_KEY = "market_card_to_file"
_LASTS = timedelta(hours=1)
"""A file takes minutes. Later somebody else may begin one on the same phone."""


def remember_card(visitor: MarketVisitor, *, now: datetime) -> None:
    """The file that is begun in this visit gets this card."""
    session[_KEY] = [visitor.id.hex, now.isoformat()]


def connect_card(uow: UnitOfWork, candidate: Candidate) -> None:
    """The card with which they came a moment ago is theirs from now on, and what waited for it goes on."""
    stored = session.pop(_KEY, None)
    if stored is not None and uow.now - datetime.fromisoformat(stored[1]) <= _LASTS:
        market_interests.connect(uow, UUID(stored[0]), candidate)
