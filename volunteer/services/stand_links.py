"""The link by which the hosts of a stand open its page on the day; nobody of them needs an account."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from volunteer.domain.errors import NotAllowed, NotFound
from volunteer.domain.market_days import MarketState, StandState
from volunteer.links import Links, Purpose
from volunteer.models import Stand
from volunteer.services.organisations import gets_people
from volunteer.unit_of_work import UnitOfWork

OPEN_AFTERWARDS = timedelta(days=30)
"""So long after the day the hosts can still say with whom they want to go on."""


def host_link(links: Links, stand: Stand) -> str:
    """The full address that a team shares with whoever stands there."""
    return links.make(Purpose.STAND, stand.id)


def hosted(uow: UnitOfWork, stand_id: UUID) -> Stand:
    """The stand of a link for ``Purpose.STAND``.

    Raises as :func:`stand_of`, and :class:`NotAllowed` some weeks after the day, and while its organisation
    gets no people.
    """
    stand = stand_of(uow, stand_id)
    if stand.market.ends_at + OPEN_AFTERWARDS < uow.now or not gets_people(stand.organisation):
        raise NotAllowed("This link does not work any more. Ask us for a new one.", code="link_invalid")
    return stand


def stand_of(uow: UnitOfWork, stand_id: UUID) -> Stand:
    """A stand with a page of the day. Raises :class:`NotFound` when it is gone, and :class:`NotAllowed` once
    it does not come any more, or the market was called off.
    """
    stand = uow.session.get(Stand, stand_id)
    if stand is None:
        raise NotFound("This stand is not there any more.")
    if stand.state != StandState.CONFIRMED or stand.market.state == MarketState.CANCELLED:
        raise NotAllowed("This link does not work any more. Ask us for a new one.", code="link_invalid")
    return stand
