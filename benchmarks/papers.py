"""Route cards of a market as one pile, beside the same cards each in a file of its own."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice

from benchmarks.report import Row, row
from volunteer.config import from_environment
from volunteer.documents.route_card import route_cards_pdf
from volunteer.documents.route_facts import CardSize, CardStop, RouteCard, RouteCards
from volunteer.documents.sheet import Tongues
from volunteer.domain.market_days import SHAPES

CARDS, ALONE, STOPS = 400, 40, 4
LANGUAGES = ("nl", "fr", "en", "ar")


def measure() -> list[Row]:
    """Milliseconds of processor time for a card."""
    pile = _pile()
    _took(replace(pile, cards=pile.cards[: len(LANGUAGES)]))
    together = _took(pile) / CARDS
    alone = sum(_took(replace(pile, cards=[each])) for each in pile.cards[:ALONE]) / ALONE
    name = f"route cards, {CARDS} on A4: a card"
    return [row(name, 1000 * together, "ms", baseline="each in its own file", baseline_value=1000 * alone)]


def _took(pile: RouteCards) -> float:
    """Seconds of processor time."""
    began = time.process_time()
    route_cards_pdf(pile, CardSize.A4)
    return time.process_time() - began


def _pile() -> RouteCards:
    """Sixty stands at twelve hours, as a market of this size has them."""
    stands = [
        CardStop(
            hour="",
            name=f"Buurthuis {place}",
            spot=f"A{place}",
            shape=shape,
            what="Soep koken",
            picture="t.cook",
        )
        for place, shape in zip(range(60), cycle(SHAPES), strict=False)
    ]
    hours = [f"{13 + number // 4}:{15 * (number % 4):02d}" for number in range(12)]
    return RouteCards(
        cards=[
            RouteCard(
                number=number,
                first_name="",
                tongues=Tongues(theirs=language, ours="nl"),
                title="Superdivers",
                day="27.3",
                stops=[
                    replace(stands[(7 * number + each) % 60], hour=hours[(number + 2 * each) % 12])
                    for each in range(STOPS)
                ],
                walks_about=False,
                link=f"https://schakel.example/m/WyJhNjM1ZGQ0OCIsIiJd.{number:06}.6Ck0hSvxWm8f0uPZbHG0",
            )
            for number, language in enumerate(islice(cycle(LANGUAGES), CARDS), 1)
        ],
        zones={},
        centre=from_environment({}).centre,
        made_at=datetime(2026, 3, 27, tzinfo=UTC),
    )
