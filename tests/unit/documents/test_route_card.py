"""Route cards and lists of a market on paper: one card each, in order, in both directions, readable codes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.paper import matrices_on, pages, sizes
from tests.qr import text_of
from tests.unit.documents.samples import CENTRE, NOW
from volunteer.documents.market_list import Column, Line, MarketList, lists_pdf
from volunteer.documents.route_card import route_cards_pdf
from volunteer.documents.route_facts import CardSize, CardStop, CardZone, RouteCard, RouteCards
from volunteer.documents.sheet import Tongues
from volunteer.domain.market_days import SHAPES

STOPS = [
    CardStop(hour="14 h 20", name="Woonhuis De Linde", spot="A3", shape="circle", picture="t.company"),
    CardStop(hour="14 h 35", name="Pause de 20 minutes"),
    *(
        CardStop(hour="15 h", name="Huis " * 12, spot=f"B{number}", shape=shape, with_interpreter=True)
        for number, shape in enumerate(SHAPES, 10)
    ),
]


def _cards(count: int, language: str, stops: Sequence[CardStop] = STOPS) -> RouteCards:
    return RouteCards(
        cards=[
            RouteCard(
                number=number,
                first_name="Joseph",
                tongues=Tongues(theirs=language, ours="nl"),
                title="Kleine markt",
                day="samedi 27 mars",
                stops=stops,
                walks_about=False,
                link=f"https://schakel.example/m/card-{number}",
            )
            for number in range(1, count + 1)
        ],
        zones={language: [CardZone(letter=each, shape="arch", name="Eten") for each in "ABCDEFG"]},
        centre=CENTRE,
        made_at=NOW,
    )


@pytest.mark.parametrize(
    ("size", "count", "sheets", "paper"),
    [
        (CardSize.A6, 3, 3, (105, 148)),
        (CardSize.A5, 2, 2, (148, 210)),
        (CardSize.A4, 4, 1, (210, 297)),
        (CardSize.A4, 5, 2, (210, 297)),
    ],
)
def test_cards_fill_their_paper(size: CardSize, count: int, sheets: int, paper: tuple[int, int]) -> None:
    drawn = route_cards_pdf(_cards(count, "fr"), size)
    assert (pages(drawn), sizes(drawn)) == (sheets, {paper})


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
@pytest.mark.parametrize("stops", [STOPS, STOPS[:1], []])
def test_every_code_opens_its_own_card_in_the_order_of_printing(
    language: str, stops: Sequence[CardStop]
) -> None:
    drawn = route_cards_pdf(_cards(3, language, stops), CardSize.A6, compress=False)
    read = [text_of(matrix) for matrix in matrices_on(drawn)]
    assert read == [f"https://schakel.example/m/card-{number}" for number in (1, 2, 3)]


def test_a_list_begins_on_a_page_of_its_own_and_goes_on_over_the_next() -> None:
    columns = [Column("Kaart", 18, is_strong=True), Column("Wie"), Column("Is gekomen", 19, is_box=True)]
    line = Line(["12", "Amina"], "Frans", "Ronde 1, 14:20")
    short = MarketList(
        title="Soep A1",
        kind="Wie bij jullie komt",
        facts=["Kleine markt"],
        columns=columns,
        lines=[line],
        empty_lines=2,
        spot="A1",
        shape="triangle",
    )
    long = MarketList(title="x", kind="y", facts=[], columns=columns, lines=[line] * 60)
    assert pages(lists_pdf([short, short], desk="nl", made_at=NOW)) == 2
    assert pages(lists_pdf([long], desk="nl", made_at=NOW)) > 2


def test_nothing_to_print_says_so() -> None:
    with pytest.raises(ValueError, match="nothing to print"):
        lists_pdf([], desk="nl", made_at=NOW)
    with pytest.raises(ValueError, match="nothing to print"):
        route_cards_pdf(_cards(0, "nl"), CardSize.A4)
