"""The door of a market as its pages show it: whose door it is, and what a card says when it comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import url_for

from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotAllowed, NotFound
from volunteer.domain.market_door import Standing, late_choices
from volunteer.links import Links
from volunteer.models import MarketVisitor, Visit
from volunteer.services import market_cards, market_door, market_visitors
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_hour
from volunteer.web.extensions import current_core
from volunteer.web.gathering_words import tongues
from volunteer.web.language import gettext as _
from volunteer.web.language import ngettext
from volunteer.web.market_words import name_of_spot
from volunteer.web.own_introductions import State
from volunteer.web.stand_words import shapes_of

_LOOKS = {
    Standing.EXPECTED: "pending",
    Standing.LATE: "proposed",
    Standing.HERE: "met",
    Standing.ABSENT: "stopped",
    Standing.LEFT: "stopped",
    Standing.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True, slots=True)
class Door:
    """One door: of a helper with a link, or of a colleague of the desk."""

    market_id: UUID
    by: str
    """``helper:<id>`` or ``account:<id>``."""
    token: str | None = None
    """Of the link; None at the desk."""
    interpreter: UUID | None = None
    """Whose page of rounds it is, where the link is of an interpreter and not of somebody at the door."""

    def url(self, page: str, **values: Any) -> str:
        """The path of a page of this door."""
        if self.token is not None:
            return url_for(f"market_day.{page}", token=self.token, **values)
        return url_for(f"desk_markets.{page}", market_id=self.market_id, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorCard:
    """One card, in large words."""

    id: UUID
    card: int
    name: str
    """Empty for one of a group."""
    group: str
    languages: list[str]
    standing: Standing
    state: State
    wants_route: bool
    spot: str
    """Where they go next, such as B2; empty where nothing is planned."""
    shape: str
    hour: str
    stand: str

    @property
    def who(self) -> str:
        """What they are called, or the name of the group."""
        return self.name or self.group


def door_card(uow: UnitOfWork, visitor: MarketVisitor) -> DoorCard:
    """This card, and where it goes next."""
    following = next(iter(market_door.coming_visits(uow, visitor)), None)
    standing = market_door.standing_of(visitor)
    return DoorCard(
        id=visitor.id,
        card=visitor.card,
        name=market_visitors.name_of(uow, visitor),
        group=visitor.group.name if visitor.group else "",
        languages=tongues(market_visitors.languages_of(visitor)),
        standing=standing,
        state=State(_LOOKS[standing], standing_words(visitor)),
        wants_route=visitor.wants_route,
        **_next(visitor, following),
    )


def standing_words(visitor: MarketVisitor) -> str:
    """How a card stands at the door, in words."""
    until = visitor.late_until
    return {
        Standing.EXPECTED: _("Not here yet"),
        Standing.LATE: _("Comes at %(hour)s", hour=spoken_hour(until)) if until else "",
        Standing.HERE: _("Is here"),
        Standing.ABSENT: _("Does not come"),
        Standing.LEFT: _("Went home"),
        Standing.WITHDRAWN: _("Withdrew"),
    }[market_door.standing_of(visitor)]


def late_hours(uow: UnitOfWork, visitor: MarketVisitor) -> list[tuple[int, str]]:
    """Minutes from now, and the hour that is."""
    choices = late_choices(visitor.market.rounds, now=uow.now)
    return [(each, spoken_hour(uow.now + timedelta(minutes=each))) for each in choices]


def visitor_of_code(uow: UnitOfWork, links: Links, code: str) -> UUID:
    """Whose card a code names. Raises :class:`InvalidValue` for a code that is none of ours."""
    try:
        return market_cards.visitor_of(uow, links, urlsplit(code.strip()).path.rpartition("/")[2]).id
    except (NotAllowed, NotFound, ValueError):
        raise InvalidValue(
            "This code is not on a card of this market. Search the number or the name.", field="code"
        ) from None


def made_up(at: Door, visitor_id: UUID) -> int:
    """How many meetings who just came in got for those they were too late for, or for having none."""
    try:
        with current_core().units.write() as uow:
            return len(market_door.make_up(uow, at.market_id, visitor_id))
    except (NotFound, ImpossibleStep):  # of another market, or not here any more
        return 0


def new_meetings(count: int) -> str:
    """That they got so many."""
    return ngettext("%(num)d new meeting.", "%(num)d new meetings.", count)


def _next(visitor: MarketVisitor, visit: Visit | None) -> dict[str, str]:
    if visit is None:
        return {"spot": "", "shape": "", "hour": "", "stand": ""}
    zone = visit.stand.zone
    return {
        "spot": name_of_spot(visit.stand),
        "shape": shapes_of(visitor.market).get(zone.letter, "") if zone else "",
        "hour": spoken_hour(visitor.market.rounds.starts(visit.round)),
        "stand": visit.stand.organisation.name,
    }
