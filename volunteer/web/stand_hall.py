"""The hall as the desk lays it out, and what all stands offer together beside who comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from volunteer.domain.access import FEATURES, Strength
from volunteer.domain.languages import LANGUAGES, SIGN_LANGUAGES
from volunteer.domain.market_days import StandState
from volunteer.domain.spots import Spot
from volunteer.domain.stands import ON_THE_DAY
from volunteer.models import Market
from volunteer.queries import market_visitors
from volunteer.services import market_people
from volunteer.services.market_people import Reading
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.gathering_words import Words, written
from volunteer.web.language import current_language
from volunteer.web.stand_words import StandCard, shapes_of

FEWEST = 5
"""People who need the same: of fewer nobody is told how many."""
TO_PREPARE = "prepare the market"
"""Why what helps is opened here, in the journal."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One spot, and the stand that is there."""

    spot: str
    stand: StandCard | None


@dataclass(frozen=True, slots=True)
class ZonePlan:
    """One zone with all its spots."""

    letter: str
    shape: str
    name: Words
    tiles: list[Tile]

    @property
    def free(self) -> int:
        """How many spots nobody has."""
        return sum(1 for tile in self.tiles if tile.stand is None)


@dataclass(frozen=True, slots=True)
class Offered:
    """A language, or something that helps: how many stands have it, and how many people speak it."""

    code: str
    name: str
    stands: int
    people: int = 0
    is_hidden_when_few: bool = False
    """Whether no people is fewer than :data:`FEWEST`, and not nobody."""

    @property
    def is_missing(self) -> bool:
        """Whether somebody speaks it and no stand does: an interpreter would help."""
        return self.people > 0 and self.stands == 0


def zones_of(market: Market, stands: Sequence[StandCard]) -> list[ZonePlan]:
    """Every zone with its spots in order."""
    there = {each.spot: each for each in stands if each.spot and each.is_live}
    shapes = shapes_of(market)
    return [
        ZonePlan(
            zone.letter,
            shapes[zone.letter],
            written(zone.texts),
            [_tile(Spot(zone.letter, number), there) for number in range(1, zone.spots + 1)],
        )
        for zone in market.zones
    ]


def languages_offered(uow: UnitOfWork, market: Market, stands: Sequence[StandCard]) -> list[Offered]:
    """Languages that confirmed stands or people who come speak, what most people speak first."""
    at_stands = Counter(code for each in _confirmed(stands) for code in each.language_codes)
    visitors = market_visitors.visitors_of(uow.session, market.id)
    people = Counter(code for each in market_people.known(uow, visitors, None) for code in each.spoken)
    # Who signs is a fact of health: whether one of few is there must not be read off a row that appears.
    for code in SIGN_LANGUAGES:
        people[code] = people[code] if people[code] >= FEWEST else 0
    found = [
        Offered(
            code,
            LANGUAGES[code].label(current_language()),
            at_stands[code],
            people[code],
            code in SIGN_LANGUAGES,
        )
        for code in LANGUAGES
        if at_stands[code] or people[code] or code in SIGN_LANGUAGES
    ]
    return sorted(found, key=lambda each: (-each.people, -each.stands))


def access_offered(market: Market, stands: Sequence[StandCard], needed: Counter[str]) -> list[Offered]:
    """What helps at how many confirmed stands, and how many people ``needed`` it, once somebody looked.

    What is so in the whole hall is not counted here.
    """
    counted = Counter(choice.code for each in _confirmed(stands) for choice in each.access)
    return [
        Offered(code, FEATURES[code].label(current_language()), counted[code], needed[code])
        for code in FEATURES
        if code not in market.access and (code in ON_THE_DAY or needed[code])
    ]


def needed(uow: UnitOfWork, market: Market, *, reader: str) -> Counter[str]:
    """How many of who comes need what, never fewer than :data:`FEWEST`; each reading is written down."""
    visitors = market_visitors.visitors_of(uow.session, market.id)
    reading = Reading(reader, TO_PREPARE)
    counted = Counter(
        code
        for each in market_people.known(uow, visitors, reading)
        for code, strength in each.facts.needs.items()
        if strength is Strength.MUST
    )
    return Counter({code: number for code, number in counted.items() if number >= FEWEST})


def _confirmed(stands: Sequence[StandCard]) -> list[StandCard]:
    return [each for each in stands if each.code is StandState.CONFIRMED]


def _tile(spot: Spot, there: dict[str, StandCard]) -> Tile:
    return Tile(str(spot), there.get(str(spot)))
