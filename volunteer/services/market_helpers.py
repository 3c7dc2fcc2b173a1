"""Who organises a market, checks people in or interprets there, and the link that is their key."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from volunteer.domain.candidates import clean_name
from volunteer.domain.errors import NotAllowed, NotFound
from volunteer.domain.market_days import MarketState
from volunteer.domain.market_plan import HelperDetails
from volunteer.links import Links, Purpose
from volunteer.models import MarketHelper
from volunteer.models.base import field_name
from volunteer.services import lost_meetings, markets
from volunteer.unit_of_work import UnitOfWork

_NAME = field_name("market_helpers", "name_sealed")
OPEN_AFTERWARDS = timedelta(hours=12)
"""So long after the doors closed a link of who helped still opens something."""


def add(uow: UnitOfWork, market_id: UUID, details: HelperDetails) -> MarketHelper:
    """Somebody more who helps, also while the market is on. Raises :class:`InvalidValue`
    and :class:`NotFound`.
    """
    market = markets.found(uow, market_id)
    helper = MarketHelper(id=uuid4(), market_id=market.id)
    _write(uow, helper, details, rounds=market.round_count)
    uow.session.add(helper)
    return helper


def change(uow: UnitOfWork, helper_id: UUID, details: HelperDetails, *, by: str) -> MarketHelper:
    """Say something else of them. On the day new routes are asked for at once for whom it leaves without.

    Raises :class:`InvalidValue` and :class:`NotFound`.
    """
    helper = found(uow, helper_id)
    _write(uow, helper, details, rounds=helper.market.round_count)
    lost_meetings.ask_at_once(uow, helper.market, by=by)
    return helper


def end(uow: UnitOfWork, helper_id: UUID, *, by: str) -> MarketHelper:
    """They do not help any more: their link opens nothing from now on. New routes as with :func:`change`.

    Raises :class:`NotFound`.
    """
    helper = found(uow, helper_id)
    helper.ended_at = uow.now
    lost_meetings.ask_at_once(uow, helper.market, by=by)
    return helper


def found(uow: UnitOfWork, helper_id: UUID) -> MarketHelper:
    """Somebody who helps. Raises :class:`NotFound` also once they stopped."""
    helper = uow.session.get(MarketHelper, helper_id)
    if helper is None or helper.ended_at is not None:
        raise NotFound("This person does not help at this market any more.")
    return helper


def name_of(uow: UnitOfWork, helper: MarketHelper) -> str:
    """What they are called."""
    return uow.keyring.open(helper.name_sealed, field=_NAME)


def door_link(links: Links, helper: MarketHelper) -> str:
    """The full address of their page on the day."""
    return links.make(Purpose.DOOR, helper.id)


def of_link(uow: UnitOfWork, helper_id: UUID) -> MarketHelper:
    """Who opened a link for ``Purpose.DOOR``.

    Raises :class:`NotAllowed` once they stopped, or the market is over or was called off: then it opens
    nothing.
    """
    helper = uow.session.get(MarketHelper, helper_id)
    has_ended = helper is None or helper.ended_at is not None or helper.market.state == MarketState.CANCELLED
    if helper is None or has_ended or helper.market.ends_at + OPEN_AFTERWARDS < uow.now:
        raise NotAllowed("This link does not work any more. Ask us for a new one.", code="link_invalid")
    return helper


def _write(uow: UnitOfWork, helper: MarketHelper, details: HelperDetails, *, rounds: int) -> None:
    details.check(rounds)
    helper.role = details.role
    helper.name_sealed = uow.keyring.seal(clean_name(details.name, field="name"), field=_NAME)
    helper.languages, helper.away = sorted(details.languages), sorted(details.away)
