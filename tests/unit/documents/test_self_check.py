"""The access check on paper: every question, what was said, and how it comes back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from tests.paper import pages, sizes, watch
from tests.unit.documents.samples import CENTRE, LINK, NOW
from volunteer.documents.self_check import Asked, SelfCheck, self_check_pdf
from volunteer.documents.sheet import PaperSize, Sheet, Tongues
from volunteer.domain.access import ASKED_OF_ORGANISATIONS, FEATURES, Answer
from volunteer.domain.access_tips import tip_of

DOOR = "ph.step_free_entrance"


def a_check(theirs: str = "nl", **said: Asked) -> SelfCheck:
    """A check to which ``said`` was said; of every other question nothing is known."""
    known = {each.code: each for each in said.values()}
    return SelfCheck(
        tongues=Tongues(theirs, "nl"),
        organisation="Buurtkeuken Pollepel",
        place="Lindenkaai 24, Molenbeek",
        place_language=None,
        asked=[known.get(code) or Asked(code=code, answer=None) for code in ASKED_OF_ORGANISATIONS],
        link=LINK,
        centre=CENTRE,
        made_at=NOW,
    )


def _text(drawn: bytes) -> str:
    with pypdfium2.PdfDocument(drawn) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_question_stands_there_with_the_dutch_beside_it(language: str) -> None:
    drawn = self_check_pdf(a_check(language), PaperSize.A4)
    text = _text(drawn)
    assert sizes(drawn) == {(210, 297)}
    for code in ASKED_OF_ORGANISATIONS:
        for said in (
            FEATURES[code].label(language),
            FEATURES[code].label("nl"),
            tip_of(code, language).short,
        ):
            assert said in text
    for said in ("Buurtkeuken Pollepel", "Lindenkaai 24, Molenbeek", CENTRE.phone, CENTRE.email, "22"):
        assert said in text


@pytest.mark.parametrize(("language", "most"), [("nl", 4), ("fr", 4), ("en", 4)])
def test_it_is_not_longer_than_it_has_to_be(language: str, most: int) -> None:
    assert pages(self_check_pdf(a_check(language), PaperSize.A4)) <= most


@pytest.mark.parametrize("number", range(4))
def test_what_was_said_is_ticked_and_nothing_else(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = (Answer.YES, Answer.ARRANGEABLE, Answer.NO, None)[number]
    boxes, ticks = _watched(monkeypatch)
    self_check_pdf(a_check(door=Asked(code=DOOR, answer=answer)), PaperSize.A4)
    assert len(boxes) == 4 * len(ASKED_OF_ORGANISATIONS)
    assert ticks == ([] if answer is None else [boxes[number]])


def _watched(monkeypatch: pytest.MonkeyPatch) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Where boxes are drawn, and where they are ticked: from the start, and from the head of the page."""
    boxes: list[tuple[float, float]] = []
    ticks: list[tuple[float, float]] = []
    box, picture = Sheet.box, Sheet.picture

    def noting_box(self: Sheet, *, start: float, side: float, top: float) -> None:
        boxes.append((start, top))
        box(self, start=start, side=side, top=top)

    def noting_picture(self: Sheet, code: str, *, start: float, top: float, **look: Any) -> None:
        if code == "check":
            ticks.append((start, top))
        picture(self, code, start=start, top=top, **look)

    monkeypatch.setattr(Sheet, "box", noting_box)
    monkeypatch.setattr(Sheet, "picture", noting_picture)
    return boxes, ticks


def test_a_note_and_what_holds_from_above_stand_with_their_question() -> None:
    said = Asked(code=DOOR, answer=None, note="Bel aan de zijdeur.", from_above="Van de organisatie: ja.")
    text = _text(self_check_pdf(a_check(door=said), PaperSize.A4))
    following = text[text.index(FEATURES[DOOR].label("nl")) :][:300]
    assert "Bel aan de zijdeur." in following
    assert "Van de organisatie: ja." in following


def test_every_page_after_the_first_says_whose_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = watch(monkeypatch)
    drawn = self_check_pdf(a_check("en"), PaperSize.A4)
    numbers = [f"Page {number}" for number in range(2, pages(drawn) + 1)]
    assert [each.read.rpartition(" · ")[2] for each in paper.lines if " · Page " in each.read] == numbers


def test_hostile_words_of_any_length_stay_on_paper() -> None:
    long = "\u202e" + "Wwwww" * 80 + "\n" * 40
    said = Asked(code=DOOR, answer=Answer.YES, note=long, note_language="nl")
    check = replace(a_check("fr", door=said), organisation=long, place=long)
    assert pages(self_check_pdf(check, PaperSize.A4)) <= 7
