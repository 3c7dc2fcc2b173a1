"""The hall of a market: its zones with their spots, and which of them lie far apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID, uuid4

from volunteer.domain.errors import ImpossibleStep, InvalidValue
from volunteer.domain.market_days import MarketState
from volunteer.domain.market_plan import ZoneDetails, clean_zones, far_apart
from volunteer.models import Market, MarketZone
from volunteer.queries import markets as queries
from volunteer.services import markets
from volunteer.unit_of_work import UnitOfWork


def draw(
    uow: UnitOfWork, market_id: UUID, zones: Sequence[ZoneDetails], *, far: Collection[str] = ()
) -> Market:
    """Make the hall these zones; ``far`` names pairs (``A|F``) between which a round is left free to walk.

    Raises :class:`InvalidValue`, also for a zone or a spot at which somebody stands, and
    :class:`ImpossibleStep` when the market was called off or is over.
    """
    told = clean_zones(zones)
    market = markets.found(uow, market_id, hold=True)
    if market.state == MarketState.CANCELLED or market.ends_at <= uow.now:
        raise ImpossibleStep("This market is over, or was called off.")
    if market.state == MarketState.OPEN and not told:
        raise InvalidValue("Draw the hall first: at least one zone with spots.", field="zones")
    highest = _highest(uow, market)
    standing = {each.letter: each for each in market.zones}
    for zone in told:
        row = standing.pop(zone.letter, None)
        if row is None:
            row = MarketZone(id=uuid4(), letter=zone.letter)
            market.zones.append(row)
        _check_spots(zone.letter, zone.spots, highest.get(row.id, 0))
        row.texts, row.spots, row.access = dict(zone.names), zone.spots, sorted(zone.access)
    for gone in standing.values():
        _check_spots(gone.letter, 0, highest.get(gone.id, 0))
        market.zones.remove(gone)
    kept = {name: value for name, value in market.rules.items() if name != "walking"}
    walking = far_apart(far, [each.letter for each in told])
    market.rules = kept | ({"walking": walking} if walking else {})
    return market


def _highest(uow: UnitOfWork, market: Market) -> dict[UUID, int]:
    """The highest spot at which somebody stands, by zone."""
    stands = queries.stands_in_zones(uow.session, [each.id for each in market.zones])
    return {each.zone_id: each.spot for each in stands if each.zone_id and each.spot}


def _check_spots(letter: str, spots: int, highest: int) -> None:
    if spots < highest:
        raise InvalidValue(
            "There is a stand at %(letter)s%(spot)d. Give it another spot first.",
            field=f"spots_{letter}",
            values={"letter": letter, "spot": highest},
        )
