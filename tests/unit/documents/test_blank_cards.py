"""Blank cards on paper: eight a sheet, each its own code and number, and nobody's name."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from tests.paper import matrices_on, pages, sizes, watch
from tests.qr import text_of
from tests.unit.documents.samples import CENTRE, NOW
from volunteer.documents.blank_cards import BlankCard, BlankCards, blank_cards_pdf


def _cards(count: int, languages: Collection[str] = ("nl",)) -> BlankCards:
    tongues = list(languages)
    return BlankCards(
        cards=[
            BlankCard(
                number=number,
                language=tongues[number % len(tongues)],
                code=f"7KQX-2M8R-{number:04}",
                link=f"https://schakel.example/k/7KQX2M8R{number:04}",
            )
            for number in range(1, count + 1)
        ],
        ours="nl",
        typed_at="schakel.example/card",
        until=NOW,
        time_zone="Europe/Brussels",
        centre=CENTRE,
        made_at=NOW,
    )


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (8, 1), (9, 2), (25, 4)])
def test_eight_stand_on_a_sheet_of_a4(count: int, sheets: int) -> None:
    drawn = blank_cards_pdf(_cards(count))
    assert (pages(drawn), sizes(drawn)) == (sheets, {(210, 297)})


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_each_square_holds_its_own_address(language: str) -> None:
    found = blank_cards_pdf(_cards(10, [language]), compress=False)
    read = [text_of(matrix) for matrix in matrices_on(found)]
    assert read == [each.link for each in _cards(10).cards]


def test_each_language_has_its_own_sheet_and_the_desk_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = watch(monkeypatch)
    assert pages(blank_cards_pdf(_cards(6, ["nl", "ar", "fr"]))) == 3
    assert paper.text.count("Word vrijwilliger") == 6
    assert paper.text.count("Devenez volontaire") == 2
    assert paper.text.count(CENTRE.phone) == 6
    for card in _cards(6).cards:
        assert card.code in paper.text


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
def test_no_words_run_over_the_line_to_cut_along(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = watch(monkeypatch)
    blank_cards_pdf(_cards(1, [language]))
    phone = next(each.baseline for each in paper.lines if CENTRE.phone in each.read)
    words = [each.baseline for each in paper.lines if each.baseline < phone]
    assert phone - max(words) > 3
    assert max(each.baseline for each in paper.lines) < 7.5 + 70.5 - 2


def test_the_same_cards_make_the_same_file() -> None:
    assert blank_cards_pdf(_cards(9, ["nl", "ar"])) == blank_cards_pdf(_cards(9, ["nl", "ar"]))
