"""Finding who has which card at a market: by number, by name, or by the name of a group."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from uuid import UUID

from volunteer.models import MarketVisitor
from volunteer.queries import market_visitors as queries
from volunteer.services import market_visitors
from volunteer.unit_of_work import UnitOfWork


def find(uow: UnitOfWork, market_id: UUID, words: str, *, live: bool = False) -> Sequence[MarketVisitor]:
    """Everyone whose card has this number, or in whose name each of these words begins a part, by card.

    Of who has no file the name is opened for this; a market is small enough to look at each. Without words it
    is everyone.
    """
    said = words.strip()
    if said.isascii() and said.isdecimal():
        found = queries.with_card(uow.session, market_id, int(said[:9]))
        return [found] if found else []
    every = queries.visitors_of(uow.session, market_id, live=live)
    wanted = _plain(said).split()
    return [each for each in every if _is_called(uow, each, wanted)] if wanted else every


def _is_called(uow: UnitOfWork, visitor: MarketVisitor, wanted: Sequence[str]) -> bool:
    name = market_visitors.name_of(uow, visitor) or (visitor.group.name if visitor.group else "")
    parts = _plain(name).split()
    return all(any(part.startswith(word) for part in parts) for word in wanted)


def _plain(text: str) -> str:
    """Without accents and capitals, so that Chloe finds Chloé."""
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in taken_apart if not unicodedata.combining(each))
