"""Markets nobody held, to try a timetable on.

Invented: how well stands fit, which stands many people like, what cannot be offered, languages and windows.
The numbers lean on nothing measured; two markets of the same size and seed are equal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from volunteer.domain.markets import Fit, MarketFacts, PoolFacts, RouteRules, StandFacts, VisitorFacts, Window

LANGUAGES = ("nl", "fr", "en", "ar", "tr", "vgt")
SPOKEN_BY_VISITORS = (0.25, 0.3, 0.25, 0.3, 0.15, 0.02)
SPOKEN_BY_STANDS = (1.0, 0.6, 0.35, 0.08, 0.05, 0.03)
ZONES = ("A", "B", "C", "D")
INTERPRETERS_PER_1000 = (("ar", 20), ("tr", 12), ("vgt", 2), ("fr", 10), ("en", 10))
"""At a time, of so many visitors; one at least."""


@dataclass(frozen=True, eq=False)
class InventedMarket:
    """The facts of one, and how well each stand suits each visitor: (P, J), 0 to 1."""

    facts: MarketFacts
    value: npt.NDArray[np.float32]


def invent(*, visitors: int, stands: int, slots: int, limits: bool, seed: int) -> InventedMarket:
    """Draw one; without ``limits`` everybody stays all day and speaks with everybody.

    There are about as many seats as four for everybody, and some stands are liked by many.
    """
    random = np.random.default_rng(seed)
    liked = random.normal(0, 0.15, stands)
    value = np.clip(0.5 + liked + random.normal(0, 0.2, (visitors, stands)), 0, 1).astype(np.float32)
    fits = random.choice(
        np.array([Fit.NO, Fit.ASK, Fit.YES], np.int8), (visitors, stands), p=(0.15, 0.3, 0.55)
    )
    each = 4 * visitors / (stands * slots)
    seats = np.maximum(1, np.floor(each + random.random(stands)).astype(int)).tolist()
    halls = tuple(
        StandFacts(
            (seats[stand],) * slots, ZONES[stand * len(ZONES) // stands], _speaks(random, SPOKEN_BY_STANDS, 0)
        )
        for stand in range(stands)
    )
    if not limits:
        everyone = VisitorFacts((Window(0, slots),), frozenset(), wanted=4)
        return InventedMarket(MarketFacts((everyone,) * visitors, halls, _rows(fits)), value)
    facts = MarketFacts(
        visitors=tuple(_visitor(random, slots) for _ in range(visitors)),
        stands=halls,
        fits=_rows(fits),
        pools=tuple(
            PoolFacts(language, (max(1, visitors * share // 1000),) * slots)
            for language, share in INTERPRETERS_PER_1000
        ),
        rules=RouteRules({("A", "D"): 1, ("A", "C"): 1, ("B", "D"): 1}, longest_wait=4, most_in_a_row=3),
        friends=tuple((2 * pair, 2 * pair + 1) for pair in range(visitors // 40)),
    )
    return InventedMarket(facts, value)


def _rows(fits: npt.NDArray[np.int8]) -> tuple[tuple[int, ...], ...]:
    return tuple(map(tuple, fits.tolist()))


def _visitor(random: np.random.Generator, slots: int) -> VisitorFacts:
    length = int(random.integers(max(1, slots // 2), slots + 1))
    first = int(random.integers(0, slots - length + 1))
    long = length >= 4 and random.random() < 0.05
    return VisitorFacts(
        (Window(first, first + length),),
        _speaks(random, SPOKEN_BY_VISITORS, int(random.integers(0, 5))),
        wanted=4 if random.random() < 0.8 else 3,
        slots_each=2 if long else 1,
    )


def _speaks(random: np.random.Generator, shares: tuple[float, ...], always: int) -> frozenset[str]:
    drawn = random.random(len(shares)) < shares
    drawn[always] = True
    return frozenset(language for language, spoken in zip(LANGUAGES, drawn.tolist(), strict=True) if spoken)
