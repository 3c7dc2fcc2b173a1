"""The documents: sizes, pages, both directions, codes that open what they should, and hostile words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paper import matrix_on, pages, sizes, watch
from tests.qr import text_of
from tests.unit.documents.samples import (
    CENTRE,
    LINK,
    NOW,
    ROLE,
    a_call,
    a_card,
    a_letter,
    a_list,
    a_slip,
)
from volunteer.documents.calls import calls_pdf
from volunteer.documents.card import HIGH, WIDE, card_pdf
from volunteer.documents.letter import letter_pdf
from volunteer.documents.sheet import PaperSize
from volunteer.documents.slip import slip_pdf
from volunteer.documents.squares import qr_matrix
from volunteer.documents.suggestions import suggestions_pdf
from volunteer.documents.typed import on_one_line, shortened
from volunteer.domain.introductions import IntroductionState

LANGUAGES = ["nl", "fr", "en", "ar"]
UPRIGHT = {PaperSize.A4: {(210, 297)}, PaperSize.A5: {(148, 210)}}
Draw = Callable[[str, PaperSize], bytes]
DRAWN: dict[str, Draw] = {
    "slip": lambda language, size: slip_pdf(a_slip(language), size),
    "suggestions": lambda language, size: suggestions_pdf(a_list(language), size),
    "letter": lambda language, size: letter_pdf(a_letter(language), size),
    "card": lambda language, size: card_pdf(a_card(language), size),
}


@pytest.mark.parametrize("size", list(PaperSize))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["slip", "letter"])
def test_it_is_one_page_of_the_size_asked_for(name: str, language: str, size: PaperSize) -> None:
    drawn = DRAWN[name](language, size)
    assert (pages(drawn), sizes(drawn)) == (1, UPRIGHT[size])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agreed_moment_leaves_a_slip_on_one_page(language: str) -> None:
    agreed = a_slip(language, state=IntroductionState.ACCEPTED, reply="Vraag naar Noor. " * 8, agreed_at=NOW)
    assert pages(slip_pdf(agreed, PaperSize.A5)) == 1


def test_eight_suggestions_take_two_pages_of_a4_at_most() -> None:
    for language in LANGUAGES:
        drawn = suggestions_pdf(a_list(language), PaperSize.A4)
        assert pages(drawn) <= 2
        assert sizes(drawn) == UPRIGHT[PaperSize.A4]


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_facts_make_the_same_file(name: str) -> None:
    assert DRAWN[name]("ar", PaperSize.A5) == DRAWN[name]("ar", PaperSize.A5)


@pytest.mark.parametrize("name", DRAWN)
def test_the_file_itself_names_nobody(name: str) -> None:
    drawn = DRAWN[name]("nl", PaperSize.A4)
    assert b"/Title (Schakel)" in drawn
    for private in (b"Amal", b"Pollepel", b"Fatima", b"schakel.example"):
        assert private not in drawn


def test_the_day_in_the_file_is_that_of_the_clock() -> None:
    drawn = slip_pdf(a_slip(made_at=NOW - timedelta(days=400)), PaperSize.A5)
    assert b"/CreationDate (D:20251018" in drawn


def test_the_code_opens_the_file() -> None:
    drawn = slip_pdf(a_slip(), PaperSize.A5, compress=False)
    assert matrix_on(drawn) == [list(row) for row in qr_matrix(LINK)]


def test_the_code_of_a_card_is_its_link() -> None:
    drawn = card_pdf(a_card(), PaperSize.A4, compress=False)
    assert matrix_on(drawn) == [list(row) for row in qr_matrix(a_card().link)]
    assert text_of(matrix_on(drawn)) == a_card().link


def test_from_right_to_left_the_columns_change_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    french, arabic = watch(monkeypatch), None
    slip_pdf(a_slip("fr"), PaperSize.A5)
    french_sides = _sides(french.text, [(each.read, each.x) for each in french.lines])
    monkeypatch.undo()
    arabic = watch(monkeypatch)
    slip_pdf(a_slip("ar"), PaperSize.A5)
    arabic_sides = _sides(arabic.text, [(each.read, each.x) for each in arabic.lines])
    assert french_sides == ("theirs left", "ours right")
    assert arabic_sides == ("theirs right", "ours left")


def _sides(text: str, lines: list[tuple[str, float]]) -> tuple[str, str]:
    assert "Lindenkaai 24" in text
    theirs = next(x for read, x in lines if "Buurtkeuken" in read)
    ours = next(x for read, x in lines if read == "Hier ben je welkom")
    return ("theirs left", "ours right") if theirs < ours else ("theirs right", "ours left")


def test_an_arabic_line_is_set_from_right_to_left(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = watch(monkeypatch)
    slip_pdf(a_slip("ar"), PaperSize.A5)
    line = next(each.line for each in paper.lines if any(run.text == "Fatima" for run in each.line))
    assert [run.text.strip() for run in line] == [".", "Fatima", ":", "في انتظارك"]


def test_the_appointment_is_what_they_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = watch(monkeypatch)
    slip = a_slip("fr", state=IntroductionState.ACCEPTED, reply="Kom dinsdag om 10 uur.")
    slip_pdf(slip, PaperSize.A5)
    assert "Rencontre" in paper.text
    assert "Kom dinsdag om 10 uur." in paper.text


def test_in_one_language_nothing_is_said_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = watch(monkeypatch)
    slip_pdf(a_slip("nl"), PaperSize.A5)
    lines = [each.read for each in paper.lines]
    assert len(lines) == len(set(lines))
    assert CENTRE.phone in lines


def test_a_card_has_the_size_of_a_bank_card() -> None:
    drawn = card_pdf(a_card(), PaperSize.A5, compress=False)
    assert sizes(drawn) == {(210, 148)}
    assert f"{2 * WIDE * 72 / 25.4:.2f} {-HIGH * 72 / 25.4:.2f} re S".encode() in drawn


def test_a_long_call_list_takes_more_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = watch(monkeypatch)
    zone = CENTRE.time_zone
    drawn = calls_pdf([a_call()] * 60, PaperSize.A4, desk="nl", time_zone=zone, made_at=NOW)
    assert pages(drawn) > 3
    assert paper.text.count("0470 12 34 56") == 60
    assert max(each.baseline for each in paper.lines) < 297
    assert "niemand om te bellen" in _nobody(monkeypatch)


def _nobody(monkeypatch: pytest.MonkeyPatch) -> str:
    paper = watch(monkeypatch)
    calls_pdf([], PaperSize.A4, desk="nl", time_zone=CENTRE.time_zone, made_at=NOW)
    return paper.text


@settings(max_examples=12)
@given(words=st.text(max_size=300), language=st.sampled_from(LANGUAGES))
def test_hostile_words_stay_on_the_sheet(words: str, language: str) -> None:
    line = on_one_line(words)
    role = replace(ROLE, title=line[:160], organisation=line[:160], contact=line[:80])
    role = replace(role, getting_there=shortened(words))
    with pytest.MonkeyPatch.context() as patch:
        paper = watch(patch)
        slip_pdf(a_slip(language, role=role, reply=shortened(words)), PaperSize.A5)
        card_pdf(a_card(language, first_name=words[:60]), PaperSize.A5)
        letter_pdf(a_letter(language, to_name=words[:60], address=words), PaperSize.A4)
    assert all(0 <= each.baseline <= 297 and each.x >= 0 for each in paper.lines)


def test_the_longest_words_stay_on_the_sheet() -> None:
    for word in ("W" * 300, "كلمة " * 60, "\n".join("W" * 60)):
        test_hostile_words_stay_on_the_sheet.hypothesis.inner_test(word, "ar")  # type: ignore[attr-defined]
