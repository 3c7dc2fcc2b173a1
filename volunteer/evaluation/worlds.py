"""Three invented worlds to judge the engine in. Nothing in them was measured anywhere.

Two may be looked at while weights are chosen. The third is *unseen*: no weight, rule or threshold may be
chosen by what comes out of it (docs/decisions/0027-an-invented-city-judges-the-engine.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from volunteer.domain.places import MUNICIPALITIES


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A part of a city: where it is, how full it is, what is spoken at home there."""

    position: tuple[float, float]
    people: float
    roles: float
    """Relative to the other neighbourhoods."""
    spread: float
    """Standard deviation in kilometres."""
    tongues: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How an invented world is drawn; shares are between 0 and 1."""

    code: str
    name: str
    sentence: str
    is_unseen: bool
    seed: int
    neighbourhoods: tuple[Neighbourhood, ...]
    offer: float
    """Roles, as a share of the number asked for."""
    checked: float
    """Organisations that went through the access check."""
    depth: tuple[float, float]
    """Which share of its questions they answered, from and to; others answered a tenth of that."""
    real_yes: float
    real_no: float
    """How it really is, on average over features and places; what remains can be arranged."""
    office: Mapping[str, float]
    """Which language an organisation works in."""
    fond_of: Mapping[str, float]
    """Families of tasks that are liked more (or less) than elsewhere."""
    trades: Mapping[str, float]
    """Kinds of organisations that are more (or less) frequent; 1 when missing."""
    at_work: float
    """People who are free in the evening and at the weekend only."""
    tells: float
    """How much of what could be told about themselves people tell."""
    travel_minutes: float
    """Median of how long people want to be on their way."""
    patience_days: float
    profiles: tuple[float, ...]
    """How often people have 0, 1, 2, 3 things that make volunteering harder."""


_CANAL = {"ary": 0.28, "fr": 0.3, "nl": 0.08, "tr": 0.1, "ar": 0.08, "ro": 0.05, "ff": 0.04, "es": 0.07}
_CENTRE = {"fr": 0.4, "nl": 0.18, "ary": 0.1, "en": 0.08, "es": 0.08, "ar": 0.06, "uk": 0.04, "pt": 0.06}
_EUROPEAN = {"fr": 0.45, "nl": 0.1, "en": 0.14, "es": 0.08, "it": 0.08, "pt": 0.06, "pl": 0.05, "de": 0.04}
_EDGE = {"fr": 0.56, "nl": 0.26, "en": 0.06, "ar": 0.05, "ln": 0.04, "pl": 0.03}
_MIXES = {
    "sint-jans-molenbeek": (_CANAL, 1.6, 1.3),
    "anderlecht": (_CANAL, 1.9, 1.1),
    "koekelberg": (_CANAL, 0.4, 0.3),
    "schaarbeek": (_CANAL, 2.0, 1.3),
    "sint-joost-ten-node": (_CANAL, 0.5, 0.6),
    "brussel": (_CENTRE, 2.8, 4.0),
    "sint-gillis": (_CENTRE, 0.9, 1.2),
    "vorst": (_CENTRE, 0.9, 0.6),
    "elsene": (_EUROPEAN, 1.5, 1.6),
    "etterbeek": (_EUROPEAN, 0.8, 0.8),
}


def _brussels() -> tuple[Neighbourhood, ...]:
    """The nineteen municipalities, with invented weights and languages."""
    found = []
    for code, each in MUNICIPALITIES.items():
        tongues, people, roles = _MIXES.get(code, (_EDGE, 0.7, 0.5))
        found.append(Neighbourhood(each.position, people, roles, 0.7, tongues))
    return tuple(found)


def _ring(
    centre: tuple[float, float],
    places: int,
    kilometres: float,
    spread: float,
    mixes: tuple[Mapping[str, float], ...],
) -> tuple[Neighbourhood, ...]:
    """A centre that holds much of the work, and places around it on a spiral (golden angle)."""
    found = [Neighbourhood(centre, 3.0, 5.0, spread, mixes[0])]
    for number in range(1, places):
        far, turn = kilometres * math.sqrt(number / (places - 1)), number * 2.399963
        position = (
            centre[0] + far * math.sin(turn) / 111.2,
            centre[1] + far * math.cos(turn) / (111.2 * math.cos(math.radians(centre[0]))),
        )
        found.append(Neighbourhood(position, 1.0, 0.8, spread, mixes[number % len(mixes)]))
    return tuple(found)


_TOWN = {"nl": 0.72, "tr": 0.09, "ar": 0.06, "uk": 0.05, "fr": 0.04, "ps": 0.04}
_TOWN_STATION = {"nl": 0.4, "tr": 0.2, "ar": 0.14, "so": 0.08, "uk": 0.08, "bg": 0.1}
_VALLEY = {"fr": 0.74, "it": 0.08, "ar": 0.06, "nl": 0.03, "tr": 0.05, "ro": 0.04}
_VALLEY_STEEL = {"fr": 0.55, "it": 0.14, "tr": 0.14, "ary": 0.11, "pl": 0.06}

WORLDS: tuple[World, ...] = (
    World(
        code="nineteen",
        name="Nineteen",
        sentence="A large city on the nineteen municipalities of Brussels: many languages, much offer.",
        is_unseen=False,
        seed=1901,
        neighbourhoods=_brussels(),
        offer=1.0,
        checked=0.6,
        depth=(0.5, 1.0),
        real_yes=0.5,
        real_no=0.24,
        office={"fr": 0.55, "nl": 0.45},
        fond_of={"kitchen": 0.3, "words": 0.2, "desk": -0.3},
        trades={"help desk": 1.5, "language house": 1.5},
        at_work=0.4,
        tells=0.8,
        travel_minutes=40,
        patience_days=10,
        profiles=(0.35, 0.4, 0.2, 0.05),
    ),
    World(
        code="valley",
        name="Long valley",
        sentence="A spread-out city along a valley: far apart, and hardly anything known about access.",
        is_unseen=False,
        seed=1902,
        neighbourhoods=_ring((50.61, 5.51), 22, 13.0, 0.9, (_VALLEY, _VALLEY_STEEL, _VALLEY)),
        offer=0.8,
        checked=0.2,
        depth=(0.3, 0.8),
        real_yes=0.48,
        real_no=0.27,
        office={"fr": 1.0},
        fond_of={"green": 0.4, "hands": 0.3, "stage": -0.2},
        trades={"city garden": 1.6, "care at home": 1.8, "culture house": 0.6},
        at_work=0.3,
        tells=0.65,
        travel_minutes=35,
        patience_days=14,
        profiles=(0.4, 0.38, 0.18, 0.04),
    ),
    World(
        code="harbour",
        name="Small harbour",
        sentence="A compact town with little offer, one language at work and most people free after hours.",
        is_unseen=True,
        seed=1903,
        neighbourhoods=_ring((51.23, 2.91), 7, 3.2, 0.5, (_TOWN, _TOWN_STATION, _TOWN, _TOWN)),
        offer=0.4,
        checked=0.75,
        depth=(0.6, 1.0),
        real_yes=0.46,
        real_no=0.29,
        office={"nl": 1.0},
        fond_of={"children": 0.4, "care": 0.3, "kitchen": -0.3, "words": -0.1},
        trades={"home for older people": 2.0, "youth club": 1.8, "help desk": 0.5},
        at_work=0.55,
        tells=0.9,
        travel_minutes=25,
        patience_days=7,
        profiles=(0.3, 0.4, 0.23, 0.07),
    ),
)
