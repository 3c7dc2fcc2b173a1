"""Cards of a market: their numbers, and the link that is their code.

The code on a card shows its route to whoever has the card, and names it at the door and at a stand. It
changes nothing: who photographs a card cannot say that its owner stays away. The link in a message holds a
proof, and with that its owner changes what they told.
"""

from __future__ import annotations

from uuid import UUID

from volunteer.domain.errors import NotAllowed, NotFound
from volunteer.links import Links, Purpose
from volunteer.models import Market, MarketVisitor
from volunteer.services import candidates
from volunteer.unit_of_work import UnitOfWork

_OWN = "0c4d" * 4
"""Proof of who has no file, or left no address in it."""


def next_card(market: Market) -> int:
    """The next number. The market is held, so that nobody else has it."""
    market.last_card += 1
    return market.last_card


def card_link(links: Links, visitor: MarketVisitor) -> str:
    """What the code on a card says; the same for one card all day long."""
    return links.make_short(Purpose.MARKET_CARD, visitor.id)


def own_link(links: Links, visitor: MarketVisitor) -> str:
    """The page on which its owner sees and changes everything: for their messages and their screen alone."""
    return links.make_short(Purpose.MARKET_CARD, visitor.id, proof=proof_of(visitor))


def proof_of(visitor: MarketVisitor) -> str:
    """Sixteen hexadecimal digits: of a file, the address of today."""
    return (candidates.address_proof(visitor.candidate) if visitor.candidate else "") or _OWN


def visitor_of(uow: UnitOfWork, links: Links, token: str) -> MarketVisitor:
    """Who has this card, by its code or by their own link.

    Raises :class:`NotAllowed` for a token that is not ours, and :class:`NotFound` when the card is gone.
    """
    return opened(uow, *links.read(Purpose.MARKET_CARD, token))[0]


def opened(uow: UnitOfWork, visitor_id: UUID, proof: str) -> tuple[MarketVisitor, bool]:
    """Who has this card, and whether whoever opened it may change what they told.

    Raises :class:`NotFound`, and :class:`NotAllowed` for a proof that holds no longer.
    """
    visitor = uow.session.get(MarketVisitor, visitor_id)
    if visitor is None:
        raise NotFound("This is not there any more.")
    if proof and proof != proof_of(visitor):
        raise NotAllowed("This link does not work any more. Ask us for a new one.", code="link_invalid")
    return visitor, bool(proof)
