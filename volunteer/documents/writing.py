"""Writing on paper: texts in two directions and several scripts, cut into lines and set with shaped letters.

A text is looked at three times. As a whole it gets its directions (Unicode Standard Annex 9); word by word
it is measured and broken into lines; each line is put in the order in which the eye meets it, run by run,
and HarfBuzz shapes each run. Nothing a person can type ends in an error: signs that steer the direction
of others are left out, and so is what no font here has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from fpdf import FPDF
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection
from fpdf.fonts import TTFFont

from volunteer.documents.drawn import drawable, families, font_path
from volunteer.documents.typed import ISOLATES, STRONG, WEAK, is_mark, tidy
from volunteer.translation import is_right_to_left

POINT = 25.4 / 72
"""Millimetres in a point."""
_MEASURED_AT = 100.0
"""Points. Letters grow evenly, so a run is measured once for all sizes."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text in one language, and how large it is in points."""

    text: str
    language: str
    size: float
    bold: bool = False
    colour: str = "#1D1B34"
    gap: float = 0.0
    """What is left free above it, in points."""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters next to each other with the same direction, weight and family."""

    text: str
    family: str
    bold: bool
    right_to_left: bool


@dataclass(frozen=True, slots=True)
class _Letter:
    character: str
    bold: bool
    family: str
    level: int


Line = tuple[Run, ...]
"""In the order in which the eye meets them, from the left."""


class Writer:
    """Measures and sets text on the pages of one document."""

    def __init__(self, pdf: FPDF) -> None:
        self._pdf = pdf
        self._widths: dict[Run, float] = {}
        self._known_lines: dict[tuple[Paragraph, float], list[Line]] = {}
        self._known_letters: dict[tuple[str, bool, bool], list[_Letter]] = {}
        self._added: set[tuple[str, str]] = set()

    def lines(self, paragraph: Paragraph, width: float) -> list[Line]:
        """The text broken into lines of at most ``width`` millimetres; only a single letter may be wider."""
        known = (paragraph, width)
        if known not in self._known_lines:
            self._known_lines[known] = [
                _seen(line)
                for part in drawable(tidy(paragraph.text)).split("\n")
                for line in self._broken(self._letters(part, paragraph), paragraph.size, width)
            ]
        return self._known_lines[known]

    def _letters(self, part: str, paragraph: Paragraph) -> list[_Letter]:
        """A layout asks for the same text at several sizes; its letters stay what they are."""
        known = (part, paragraph.bold, is_right_to_left(paragraph.language))
        if known not in self._known_letters:
            self._known_letters[known] = _letters(part, bold=known[1], right_to_left=known[2])
        return self._known_letters[known]

    def width(self, line: Sequence[Run], size: float) -> float:
        """How wide a line is in millimetres, in letters of ``size`` points."""
        return sum(self._width(run, size) for run in line)

    def write(self, line: Line, *, x: float, baseline: float, size: float, colour: str) -> None:
        """Set a line that begins ``x`` millimetres from the left."""
        pdf = self._pdf
        pdf.set_text_color(colour)
        for run in line:
            width = self._width(run, size)
            self._choose(run, size)
            # A cell without height has its baseline three tenths of the letters' size below its edge.
            pdf.set_xy(x, baseline - 0.3 * size * POINT)
            pdf.cell(width, 0, run.text)
            x += width

    def close(self) -> None:
        """Let go of the files of the fonts, once the document is made."""
        for font in self._pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def _choose(self, run: Run, size: float) -> None:
        style = "B" if run.bold else ""
        if (run.family, style) not in self._added:
            self._pdf.add_font(run.family, style, font_path(run.family, "Bold" if run.bold else "Regular"))
            self._added.add((run.family, style))
        self._pdf.set_font(run.family, style, size)
        direction = TextDirection.RTL if run.right_to_left else TextDirection.LTR
        self._pdf.set_text_shaping(use_shaping_engine=True, direction=direction)

    def _width(self, run: Run, size: float) -> float:
        if run not in self._widths:
            self._choose(run, _MEASURED_AT)
            self._widths[run] = self._pdf.get_string_width(run.text) / _MEASURED_AT
        return self._widths[run] * size

    def _broken(self, letters: Sequence[_Letter], size: float, width: float) -> Iterator[list[_Letter]]:
        line: list[_Letter] = []
        used = 0.0
        for word in self._words(letters, size, width):
            if line and used + self.width(_logical(_without_end(word)), size) > width:
                yield _without_end(line)
                line, used = [], 0.0
            line += word
            used += self.width(_logical(word), size)
        yield _without_end(line)

    def _words(self, letters: Sequence[_Letter], size: float, width: float) -> Iterator[list[_Letter]]:
        """Words with the space after them; one that is wider than a line comes in pieces."""
        for word in _at_spaces(letters):
            if self.width(_logical(_without_end(word)), size) <= width:
                yield word
            else:
                yield from self._pieces(word, size, width)

    def _pieces(self, word: Sequence[_Letter], size: float, width: float) -> Iterator[list[_Letter]]:
        piece: list[_Letter] = []
        for letter in word:
            stands_alone = not is_mark(letter.character) and letter.character != " "
            if piece and stands_alone and self.width(_logical([*piece, letter]), size) > width:
                yield piece
                piece = []
            piece.append(letter)
        yield piece


def _letters(text: str, *, bold: bool, right_to_left: bool) -> list[_Letter]:
    """The characters of one paragraph with weight, family and level; marks are used up."""
    plain = text.replace(STRONG, "").replace(WEAK, "")
    if not plain:
        return []
    weights = list(_weights(text, bold=bold))
    base = TextDirection.RTL if right_to_left else TextDirection.LTR
    found = BidiParagraph(plain, base_direction=base, preserve_bn_chars=True).get_characters()
    return [
        _Letter(plain[number], weights[number], family, found[number].embedding_level)
        for number, family in enumerate(families(plain))
        if family and plain[number] not in ISOLATES
    ]


def _weights(text: str, *, bold: bool) -> Iterator[bool]:
    is_strong = False
    for character in text:
        if character in {STRONG, WEAK}:
            is_strong = character == STRONG
        else:
            yield bold or is_strong


def _at_spaces(letters: Sequence[_Letter]) -> Iterator[list[_Letter]]:
    word: list[_Letter] = []
    for letter in letters:
        if word and word[-1].character == " ":
            yield word
            word = []
        word.append(letter)
    if word:
        yield word


def _without_end(letters: Sequence[_Letter]) -> list[_Letter]:
    """Without the spaces at the end, which belong to no line."""
    end = len(letters)
    while end and letters[end - 1].character == " ":
        end -= 1
    return list(letters[:end])


def _logical(letters: Iterable[_Letter]) -> Line:
    """Runs in the order of reading."""
    return tuple(run for _level, run in _runs(letters))


def _seen(letters: Sequence[_Letter]) -> Line:
    """Runs in the order of the eye: rule L2 of Annex 9, for runs in place of characters."""
    runs = _runs(letters)
    highest = max((level for level, _run in runs), default=0)
    for level in range(highest, 0, -1):
        runs = _turned(runs, level)
    return tuple(run for _level, run in runs)


def _runs(letters: Iterable[_Letter]) -> list[tuple[int, Run]]:
    """Letters that are alike, together, with their level."""
    return [
        (level, Run("".join(each.character for each in group), family, bold, level % 2 == 1))
        for (level, bold, family), group in groupby(letters, key=attrgetter("level", "bold", "family"))
    ]


def _turned(runs: list[tuple[int, Run]], level: int) -> list[tuple[int, Run]]:
    """Every stretch of at least this level, the other way round."""
    turned: list[tuple[int, Run]] = []
    stretch: list[tuple[int, Run]] = []
    for each in runs:
        if each[0] >= level:
            stretch.insert(0, each)
        else:
            turned += [*stretch, each]
            stretch = []
    return [*turned, *stretch]
