"""Who stands where in the hall: one stand at a spot, two that change places, or all that have none."""

from __future__ import annotations

from uuid import UUID

from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.market_days import StandState
from volunteer.domain.spots import Spot, Standing, give_out
from volunteer.domain.stands import LIVE_STANDS
from volunteer.models import Market, MarketZone, Stand
from volunteer.queries import markets as market_queries
from volunteer.queries import stands as queries
from volunteer.services import stands
from volunteer.unit_of_work import UnitOfWork


def place(uow: UnitOfWork, stand_id: UUID, spot: Spot, *, swap: bool = False) -> Stand:
    """Put a stand at a spot; with ``swap`` whoever is there comes to where this one was, or to none.

    Raises :class:`NotFound`, :class:`InvalidValue` for a spot that is not in the hall, and
    :class:`ImpossibleStep` for a stand that ended or a spot that is taken.
    """
    stand = stands.held(uow, stand_id)
    _check_live(stand)
    zone = _zone(stand.market, spot)
    other = queries.at_spot(uow.session, zone.id, spot.number)
    if other is stand:
        return stand
    before = (stand.zone, stand.spot)
    if other is not None:
        if not swap:
            raise ImpossibleStep(
                "%(name)s stands at %(spot)s. Tick that they change places, or choose another spot.",
                field="spot",
                values={"name": other.organisation.name, "spot": str(spot)},
            )
        # Nobody is at two spots, not even for a moment: a spot is unique in the table.
        other.zone = other.spot = None
        stand.zone = stand.spot = None
        uow.session.flush()
        other.zone, other.spot = before
    stand.zone, stand.spot = zone, spot.number
    uow.session.flush()
    return stand


def take_off(uow: UnitOfWork, stand_id: UUID) -> Stand:
    """Leave its spot free for somebody else. Raises :class:`NotFound`."""
    stand = stands.held(uow, stand_id)
    stand.zone = stand.spot = None
    return stand


def place_all(uow: UnitOfWork, market_id: UUID) -> int:
    """Give every confirmed stand without a spot one, like beside like; who has one keeps it.

    Returns how many. Raises :class:`NotFound`.
    """
    market = market_queries.held(uow.session, market_id)
    if market is None:
        raise NotFound("This market is not there any more.")
    live = [each for each in queries.of_market(uow.session, market_id) if each.state in LIVE_STANDS]
    waiting = [each for each in live if each.state == StandState.CONFIRMED and each.zone is None]
    given = give_out(
        [_standing(each) for each in waiting],
        {at: _standing(each) for each in live if (at := spot_of(each)) is not None},
        {zone.letter: zone.spots for zone in market.zones},
    )
    for each in waiting:
        if each.id in given:
            each.zone, each.spot = _zone(market, given[each.id]), given[each.id].number
    uow.session.flush()
    return len(given)


def spot_of(stand: Stand) -> Spot | None:
    """Where it stands, if it does."""
    return Spot(stand.zone.letter, stand.spot) if stand.zone is not None and stand.spot else None


def _standing(stand: Stand) -> Standing[UUID]:
    return Standing(stand.id, frozenset([*stand.organisation.sectors, *stand.tasks]))


def _zone(market: Market, spot: Spot) -> MarketZone:
    for zone in market.zones:
        if zone.letter == spot.zone and 1 <= spot.number <= zone.spots:
            return zone
    raise InvalidValue("This spot is not in the hall.", field="spot")


def _check_live(stand: Stand) -> None:
    if stand.state not in LIVE_STANDS:
        raise ImpossibleStep("This stand does not come any more.")
