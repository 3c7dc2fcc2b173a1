"""A day at a market for a calendar: one entry with the list of meetings, for a phone without a network.

One for each meeting would fill a calendar with quarters of an hour, and a re-plan would leave old ones there.
"""

from __future__ import annotations

from uuid import UUID

from volunteer.domain.appointments import Appointment, Method
from volunteer.domain.market_days import MarketState
from volunteer.models import Market, MarketGroup, MarketVisitor, Stand
from volunteer.queries import timetables
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_hour
from volunteer.web.language import gettext as _
from volunteer.web.market_words import name_of_spot
from volunteer.web.stand_words import market_line


def of_visitor(uow: UnitOfWork, visitor: MarketVisitor) -> Appointment:
    """Their route; nothing says who they are."""
    market = visitor.market
    visits = timetables.route_of(uow.session, visitor.id)
    meetings = [
        " ".join(
            (
                spoken_hour(market.rounds.starts(each.round)),
                name_of_spot(each.stand),
                each.stand.organisation.name,
            )
        )
        for each in visits
    ]
    return _of_day(
        uow, market, visitor.id, title=_("Market: card %(number)s", number=visitor.card), meetings=meetings
    )


def of_group(uow: UnitOfWork, group: MarketGroup) -> Appointment:
    """The day of a group."""
    return _of_day(uow, group.market, group.id, title=_("Market with %(group)s", group=group.name))


def of_stand(uow: UnitOfWork, stand: Stand) -> Appointment:
    """The day of who stands there."""
    spot = name_of_spot(stand)
    title = _("Our stand %(spot)s", spot=spot) if spot else _("Our stand at the market")
    return _of_day(uow, stand.market, stand.id, title=title)


def _of_day(
    uow: UnitOfWork, market: Market, about: UUID, *, title: str, meetings: list[str] | None = None
) -> Appointment:
    line = market_line(uow, market)
    is_on = market.state == MarketState.OPEN
    return Appointment(
        id=about,
        sequence=2 * market.changes + (1 if market.state == MarketState.CANCELLED else 0),
        method=Method.PUBLISH if is_on else Method.CANCEL,
        starts_at=market.starts_at,
        ends_at=market.ends_at,
        made_at=uow.now,
        title=f"{line.title.text}: {title}",
        place=", ".join(filter(None, (line.venue, line.address))),
        about="\n".join(meetings or ()),
    )
