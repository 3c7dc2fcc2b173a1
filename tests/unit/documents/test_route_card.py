"""Route cards and lists of a market on paper: one card each, in order, in both directions, readable codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray

from tests.paper import matrices_on, pages, sizes, watch
from tests.qr import text_of
from tests.unit.documents.samples import CENTRE, NOW
from volunteer.documents.market_list import Column, Line, MarketList, lists_pdf
from volunteer.documents.route_card import route_cards_pdf
from volunteer.documents.route_facts import CardSize, CardStop, CardZone, RouteCard, RouteCards
from volunteer.documents.sheet import IRIS, Sheet, Tongues
from volunteer.documents.writing import Paragraph
from volunteer.domain.market_days import SHAPES

STOPS = [
    CardStop(hour="14 h 20", name="Woonhuis De Linde", spot="A3", shape="circle", picture="t.company"),
    CardStop(hour="14 h 35", name="Pause de 20 minutes", is_break=True),
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


LONG = "Gemeenschapscentrum Het Wijde Verzamelhuis"


@pytest.mark.parametrize("count", range(9))
@pytest.mark.parametrize("number", [7, 400, 9_999, 12_345])
def test_long_names_stand_beside_nothing_else(count: int, number: int) -> None:
    stops = [
        CardStop(hour="14 h 20", name=LONG, spot="B12", shape="square", what=LONG, with_interpreter=True)
    ] * count
    card = replace(
        _cards(1, "fr", stops).cards[0],
        number=number,
        first_name="Wilhelmina-Alexandrine van Cuyckenborgh",
        title="Le grand marché bruxellois du volontariat d’automne",
    )
    zones = [CardZone(letter=each, shape="arch", name=LONG[:40]) for each in "ABCDEFG"]
    printed = replace(_cards(1, "fr"), cards=[card], zones={"fr": zones})
    with pypdfium2.PdfDocument(route_cards_pdf(printed, CardSize.A6)) as document:
        text = document[0].get_textpage()
        boxes = [text.get_rect(each) for each in range(text.count_rects())]
    assert len(boxes) > 8
    assert [pair for pair in combinations(boxes, 2) if _overlap(*pair)] == []


Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


def _overlap(one: Box, other: Box) -> bool:
    return all(
        min(one[end], other[end]) - max(one[begin], other[begin]) > 0.5 for begin, end in ((0, 2), (1, 3))
    )


def test_a_list_begins_on_a_page_of_its_own_and_goes_on_over_the_next() -> None:
    columns = [Column("Kaart", 18, is_strong=True), Column("Wie"), Column("Is gekomen", 19, is_box=True)]
    line = Line(["12", "Amina"], "Frans")
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
    long = MarketList(title="x", kind="y", facts=[], columns=columns, lines=[line] * 90)
    assert pages(lists_pdf([short, short], desk="nl", made_at=NOW)) == 2
    assert pages(lists_pdf([long], desk="nl", made_at=NOW)) > 2


def test_what_is_drawn_again_looks_like_the_first_time() -> None:
    every = [_cards(1, "fr").cards[0], _cards(1, "ar").cards[0], _cards(1, "nl", []).cards[0]]
    printed = replace(_cards(1, "nl"), cards=[*every, *every])
    drawn = _seen(printed)
    for place, card in enumerate(every):
        assert np.array_equal(drawn[place], drawn[place + 3])
        (alone,) = _seen(replace(printed, cards=[card]))
        # Numbers in the file are rounded: the edge of a letter may be a shade lighter.
        assert np.abs(drawn[place] - alone).max() < 8
        assert alone.min() == 0


_WORD = Paragraph("Hetzelfde", "nl", 14, bold=True, colour=IRIS)


def test_what_is_drawn_again_does_not_lean_on_what_stands_before_it() -> None:
    sheet = Sheet((80.0, 100.0), "nl", made_at=NOW)
    # Measured already, so that nothing but the same letters stands before them.
    sheet.height([_WORD], 60)
    for before in (Paragraph("Voor", "nl", 14, bold=True, colour=IRIS), Paragraph("Voor", "nl", 9)):
        if before.size == 9:
            sheet.new_page()
        sheet.rule(colour=before.colour, thickness=before.size / 10)
        sheet.write([before], start=0, width=60, language="nl")
        sheet.again("this", partial(_word_and_line, sheet), start=0, top=sheet.top)
    with pypdfium2.PdfDocument(sheet.finished()) as document:
        first, second = (page.render(scale=2).to_numpy()[100:] for page in document)
    assert first.min() < 100
    assert np.array_equal(first, second)


def _word_and_line(sheet: Sheet) -> None:
    sheet.write([_WORD], start=0, width=60, top=50, language="nl")
    sheet.top = 70
    sheet.rule(colour=IRIS, thickness=1.4)
    sheet.top = 7.5


def test_what_is_moved_can_be_read_as_letters() -> None:
    with pypdfium2.PdfDocument(route_cards_pdf(_cards(2, "fr"), CardSize.A6)) as document:
        first, second = (page.get_textpage().get_text_bounded() for page in document)
    assert "Woonhuis De Linde" in first
    assert [{"2": "1"}.get(each, each) for each in second.splitlines()] == first.splitlines()


def _seen(printed: RouteCards) -> list[NDArray[np.int16]]:
    """Each page as the eye sees it: shades of 0 to 255."""
    with pypdfium2.PdfDocument(route_cards_pdf(printed, CardSize.A6)) as document:
        return [page.render(scale=2).to_numpy().astype(np.int16) for page in document]


def test_a_list_that_nearly_fits_a_page_is_made_smaller() -> None:
    assert _pages_of(27) == 1
    assert _pages_of(60) == 2


def test_a_round_that_goes_on_over_the_page_says_its_hour_again(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = watch(monkeypatch)
    _pages_of(60)
    hours = [each.read for each in paper.lines if ":" in each.read]
    assert hours == ["14:20", "14:20"]


def _pages_of(count: int) -> int:
    """How many a stand of so many visitors in one round takes, with four lines to write in."""
    boxes = [
        Column(each, 18, is_box=True) for each in ("Is gekomen", "Niet gekomen", "Zij verder", "Wij verder")
    ]
    printed = MarketList(
        title="Soep A1",
        kind="Wie bij jullie komt",
        facts=["Kleine markt, zaterdag 27 maart", "De Overdekte Kaai"],
        columns=[Column("Uur", 16, is_strong=True), Column("Kaart", 15), Column("Wie"), *boxes],
        lines=[
            Line(["" if each else "14:20", str(each), "Amina"], "Frans, Engels", goes_on=each > 0)
            for each in range(count)
        ],
        empty_lines=4,
        foot=["Geef dit blad na de markt terug aan de ingang."],
        spot="A1",
        shape="circle",
    )
    return pages(lists_pdf([printed], desk="nl", made_at=NOW))


def test_a_file_says_what_it_is_and_in_which_language() -> None:
    with pypdfium2.PdfDocument(route_cards_pdf(_cards(1, "fr"), CardSize.A6)) as document:
        assert document.get_metadata_value("Title") == "Votre parcours"
    assert b"/Lang (fr)" in route_cards_pdf(_cards(1, "fr"), CardSize.A6)


def test_nothing_to_print_says_so() -> None:
    with pytest.raises(ValueError, match="nothing to print"):
        lists_pdf([], desk="nl", made_at=NOW)
    with pytest.raises(ValueError, match="nothing to print"):
        route_cards_pdf(_cards(0, "nl"), CardSize.A4)
