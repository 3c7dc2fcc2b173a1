"""Letters on paper: two directions, several scripts, lines that fit, and nothing that breaks it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection
from fpdf.fonts import TTFFont
from hypothesis import given, settings
from hypothesis import strategies as st

from volunteer.documents.drawn import FAMILIES, drawable, font_path, name_on_paper
from volunteer.documents.typed import readable, shortened, strong
from volunteer.documents.writing import Line, Paragraph, Writer
from volunteer.translation import isolated

LATIN, ARABIC, NOTO = FAMILIES
WIDE = 10_000.0
"""Millimetres that any text of these tests fits in."""
_MIXED = st.text(alphabet="abcXYZ كتب محطة 0123456789 .,:()-", max_size=60)
_LETTERS = st.text(st.characters(exclude_characters="\n"), max_size=80)


@pytest.fixture(scope="module", autouse=True)
def writer() -> Iterator[Writer]:
    """The shared one, whose fonts are let go of at the end."""
    yield SHARED
    SHARED.close()


def make_writer() -> tuple[Writer, FPDF]:
    pdf = FPDF()
    pdf.set_auto_page_break(auto=False)
    pdf.add_page()
    return Writer(pdf), pdf


def one_line(writer: Writer, text: str, language: str = "nl", *, bold: bool = False) -> Line:
    lines = writer.lines(Paragraph(text, language, 12, bold=bold), WIDE)
    assert len(lines) == 1
    return lines[0]


def seen(line: Line) -> str:
    """The characters as the eye meets them from the left."""
    return "".join(run.text[::-1] if run.right_to_left else run.text for run in line)


def test_latin_within_arabic_keeps_its_letters_and_its_direction(writer: Writer) -> None:
    values = isolated({"stop": strong("Ribaucourt")}, "ar")
    line = one_line(writer, "محطة {stop}.".format(**values), "ar")
    assert [(run.text.strip(), run.family, run.bold, run.right_to_left) for run in line] == [
        (".", LATIN, False, True),
        ("Ribaucourt", LATIN, True, False),
        ("محطة", ARABIC, False, True),
    ]


def test_a_phone_number_within_arabic_keeps_its_order(writer: Writer) -> None:
    values = isolated({"phone": "02 000 12 34"}, "ar")
    assert "02 000 12 34" in seen(one_line(writer, "الهاتف: {phone}".format(**values), "ar"))


@given(text=_MIXED, right_to_left=st.booleans())
def test_a_line_is_seen_in_the_order_of_the_standard(text: str, right_to_left: bool) -> None:
    language = "ar" if right_to_left else "nl"
    base = TextDirection.RTL if right_to_left else TextDirection.LTR
    kept = readable(text)
    wanted = BidiParagraph(kept, base_direction=base).get_reordered_string() if kept else ""
    assert seen(one_line(SHARED, text, language)) == wanted


@given(text=st.one_of(_LETTERS, _MIXED), width=st.floats(1, 120))
def test_no_letter_is_lost_and_no_line_is_too_wide(text: str, width: float) -> None:
    paragraph = Paragraph(text, "nl", 12)
    whole = SHARED.lines(paragraph, WIDE)
    broken = SHARED.lines(paragraph, width)
    letters = sorted(letter for line in whole for run in line for letter in run.text if letter != " ")
    kept = sorted(letter for line in broken for run in line for letter in run.text if letter != " ")
    assert kept == letters
    for line in broken:
        bases = [letter for run in line for letter in run.text]
        assert SHARED.width(line, 12) <= width + 0.01 or len("".join(bases).strip()) <= 2 or _is_one(bases)


def _is_one(letters: list[str]) -> bool:
    """One letter with the marks that belong to it is never cut."""
    return sum(not _is_mark(each) for each in letters) <= 1


def _is_mark(letter: str) -> bool:
    return bool(unicodedata.combining(letter))


def test_arabic_letters_are_joined() -> None:
    writer, pdf = make_writer()
    joined = writer.width(one_line(writer, "سلام", "ar"), 12)
    apart = sum(writer.width(one_line(writer, letter, "ar"), 12) for letter in "سلام")
    assert joined < apart * 0.95
    writer.write(one_line(writer, "سلام", "ar"), x=10, baseline=20, size=12, colour="#000000")
    font = pdf.fonts["notosansarabic"]
    assert isinstance(font, TTFFont)
    used = {glyph.glyph_name for glyph, _ in font.subset.items() if glyph}
    assert any(name.endswith(".init") for name in used)
    assert any(".fina" in name for name in used)
    writer.close()


@pytest.mark.parametrize(
    ("name", "families"),
    [
        ("Zoë Şükrü Łukasz", {LATIN}),
        ("Олена", {NOTO}),
        ("Ελένη", {NOTO}),
        ("Nguyễn", {LATIN, NOTO}),
        ("فاطمة", {ARABIC}),
        ("Ana 😀", {LATIN}),
    ],
)
def test_names_in_every_script_are_written(writer: Writer, name: str, families: set[str]) -> None:
    line = one_line(writer, name)
    assert {run.family for run in line} == families
    writer.write(line, x=10, baseline=20, size=12, colour="#000000")


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("王小明", "…"),
        ("王 小明", "…"),
        ("ሰላም Amina", "… Amina"),
        ("प्रिया", "…"),
        ("Tot dinsdag 😀!", "Tot dinsdag !"),
        ("👩🏽‍🌾", ""),
        ("Vraag naar 王.\nTot dan", "Vraag naar ….\nTot dan"),
        ("Zoë فاطمة Олена", "Zoë فاطمة Олена"),
    ],
)
def test_what_no_font_has_is_left_out_and_never_a_box(writer: Writer, text: str, drawn: str) -> None:
    assert drawable(text) == drawn
    known = {code for family in FAMILIES for code in TTFont(font_path(family, "Regular")).getBestCmap()}
    assert {ord(each) for each in drawable(text) if not each.isspace()} <= known


@pytest.mark.parametrize(
    ("name", "on_paper"),
    [
        ("Amina", "Amina"),
        ("فاطمة", "فاطمة"),
        ("Ana 😀", "Ana"),
        ("王小明", ""),
        ("Amina 王", ""),
        ("ሰላም", ""),
        ("प्रिया", ""),
        ("👩🏽‍🌾", ""),
    ],
)
def test_half_a_name_is_no_name(name: str, on_paper: str) -> None:
    assert name_on_paper(name) == on_paper


def test_nobody_turns_our_sentence_around(writer: Writer) -> None:
    name = readable("\u202eecila\u2066")
    assert seen(one_line(writer, f"Vraag naar {strong(name)}.")) == "Vraag naar ecila."


def test_what_is_strong_is_bold_and_leaves_no_mark(writer: Writer) -> None:
    line = one_line(writer, f"Vraag naar {strong('Fatima')}.")
    assert [(run.text, run.bold) for run in line] == [("Vraag naar ", False), ("Fatima", True), (".", False)]


def test_a_long_text_is_shortened_for_paper() -> None:
    assert shortened("a\n\n\nb\nc\nd\ne\nf\ng") == "a\nb\nc\nd\ne"
    assert len(shortened("woord " * 1000)) <= 301


@settings(max_examples=60)
@given(text=st.text(max_size=200), language=st.sampled_from(["nl", "ar"]))
def test_anything_somebody_types_can_be_set(text: str, language: str) -> None:
    for line in SHARED.lines(Paragraph(f"{strong(readable(text))} {text}", language, 12), 60):
        SHARED.write(line, x=10, baseline=20, size=12, colour="#000000")


SHARED = make_writer()[0]
"""For what hypothesis tries: a writer keeps nothing that one example could leave for the next."""
