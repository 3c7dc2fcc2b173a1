"""The sheet every document is drawn on: a page with a start and an end side, and few things to put there.

All lengths are millimetres of a sheet at scale 1, counted from the top and from the side where its
language begins to be read: a layout is written once, and from right to left it is its own mirror.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from fpdf import FPDF, ViewerPreferences
from fpdf.svg import SVGObject

from volunteer.documents import pictures, squares
from volunteer.documents.repeated import Repeated
from volunteer.documents.writing import POINT, Line, Paragraph, Writer
from volunteer.translation import is_right_to_left

INK, SOFT, IRIS, SUNK = "#1D1B34", "#4A4763", "#1F2168", "#F4EFE4"
LINE, LINE_FIRM = "#E4DCCB", "#C9BFA9"
MARGIN = 7.5
_LEADING, _LEADING_ARABIC = 1.3, 1.5
_CENTRE = 0.3
"""The baseline stands this part of the letters' size below the middle of its line."""
_CORNER = 2.0


class PaperSize(StrEnum):
    """The sizes a desk has paper of."""

    A4 = "a4"
    A5 = "a5"


_SIZES = {PaperSize.A4: (210.0, 297.0), PaperSize.A5: (148.0, 210.0)}


@dataclass(frozen=True, slots=True)
class Tongues:
    """The language of the person, and that of the desk beside it."""

    theirs: str
    ours: str

    @property
    def are_two(self) -> bool:
        """Whether there is anything to put beside it."""
        return self.theirs != self.ours


class Sheet:
    """One document in the making. ``top`` is where the next thing begins."""

    def __init__(
        self,
        size: PaperSize | tuple[float, float],
        language: str,
        *,
        made_at: datetime,
        title: str = "Schakel",
        scale: float = 1.0,
        margin: float = MARGIN,
        on_its_side: bool = False,
        compress: bool = True,
    ) -> None:
        """``language`` decides where reading starts; with the same ``made_at`` the file is the same.

        A ``title`` stands above what a reader opens: it says what this is, and names nobody.
        """
        wide, high = _SIZES[size] if isinstance(size, PaperSize) else size
        if on_its_side:
            wide, high = high, wide
        self._physical = (wide, high)
        self._pdf = FPDF(format=(wide, high), unit="mm")
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_compression(compress)
        self._pdf.c_margin = 0
        self._pdf.alias_nb_pages("")
        self._pdf.set_title(title)
        self._pdf.set_creator("Schakel")
        self._pdf.set_lang(language)
        self._pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._pdf.set_creation_date(made_at)
        self._writer = Writer(self._pdf)
        self._repeated = Repeated(self._pdf)
        self._mirrored = is_right_to_left(language)
        self._scale = scale
        self._margin = margin
        self.top = 0.0
        self.new_page()

    @property
    def width(self) -> float:
        """Between the margins."""
        return self._physical[0] / self._scale - 2 * self._margin

    @property
    def bottom(self) -> float:
        """Where the margin at the foot begins."""
        return self._physical[1] / self._scale - self._margin

    @property
    def left(self) -> float:
        """What is free on this page."""
        return self.bottom - self.top

    def new_page(self) -> None:
        """Go on at the head of a fresh page."""
        self._pdf.add_page()
        self.top = self._margin

    def begin_another(self, language: str, *, scale: float) -> None:
        """Go on with another document on a fresh page: its own direction, and its full size again."""
        self.turn(language)
        self._scale = scale
        self.new_page()

    def turn(self, language: str) -> None:
        """Go on from the side where this language begins to be read."""
        self._mirrored = is_right_to_left(language)

    def keep_together(self, height: float) -> None:
        """Go on where ``height`` fits: here, or on a fresh page."""
        if height > self.left and self.top > self._margin:
            self.new_page()

    def fit(self, height: Callable[[], float], *, smallest: float) -> None:
        """Make everything smaller until ``height`` fits a page; below ``smallest`` it takes more pages."""
        whole = self._scale
        for step in (1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76):
            if step < smallest:
                return
            self._scale = whole * step
            if height() <= self.bottom - self._margin:
                return

    def height(self, paragraphs: Iterable[Paragraph], width: float) -> float:
        """How high these paragraphs are in a column of ``width``."""
        return sum(
            each.gap * POINT + len(self._lines(each, width)) * _line_height(each) for each in paragraphs
        )

    def write(
        self,
        paragraphs: Iterable[Paragraph],
        *,
        start: float,
        width: float,
        top: float | None = None,
        language: str,
        at_end: bool = False,
        is_centred: bool = False,
    ) -> None:
        """Write in a column; lines begin where ``language`` begins to be read, or end there."""
        edge = self._x(start, width)
        to_the_right = is_right_to_left(language) != at_end
        down = self.top if top is None else top
        for each in paragraphs:
            down += each.gap * POINT
            size = each.size * self._scale
            for line in self._lines(each, width):
                baseline = down + _line_height(each) / 2 + _CENTRE * each.size * POINT
                used = self._writer.width(line, size) / self._scale
                x = edge + (width - used) * (0.5 if is_centred else to_the_right)
                self._writer.write(
                    line, x=x * self._scale, baseline=baseline * self._scale, size=size, colour=each.colour
                )
                down += _line_height(each)

    def rule(
        self, *, colour: str = LINE, thickness: float = 0.3, start: float = 0.0, width: float | None = None
    ) -> None:
        """A line across, here."""
        length = self.width - start if width is None else width
        x, down = self._x(start, length) * self._scale, self.top * self._scale
        self._pdf.set_draw_color(colour)
        self._pdf.set_line_width(thickness * self._scale)
        self._pdf.line(x, down, x + length * self._scale, down)

    def panel(
        self, height: float, *, start: float = 0.0, width: float | None = None, colour: str = SUNK
    ) -> None:
        """A quiet ground with round corners, from here down."""
        self._box(start, self.width - start if width is None else width, height, colour=colour)

    def box(self, *, start: float, side: float, top: float) -> None:
        """An empty square to tick."""
        self._pdf.set_draw_color(INK)
        self._pdf.set_line_width(0.3 * self._scale)
        length = side * self._scale
        self._pdf.rect(self._x(start, side) * self._scale, top * self._scale, length, length)

    def frame(
        self,
        *,
        start: float,
        width: float,
        height: float,
        fold: float | None = None,
        top: float | None = None,
    ) -> None:
        """A line to cut along, dashed, with a fold at ``fold`` from its start."""
        x, down = self._x(start, width) * self._scale, (self.top if top is None else top) * self._scale
        self._pdf.set_draw_color(SOFT)
        self._pdf.set_line_width(0.2)
        with self._pdf.local_context():
            self._pdf.set_dash_pattern(dash=2, gap=1.5)
            self._pdf.rect(x, down, width * self._scale, height * self._scale)
        if fold is not None:
            across = (self._x(start + fold, 0)) * self._scale
            with self._pdf.local_context():
                self._pdf.set_dash_pattern(dash=0.5, gap=1)
                self._pdf.line(across, down, across, down + height * self._scale)

    def plate(self, code: str, *, start: float, side: float, tone: str, top: float | None = None) -> None:
        """A drawing on its tinted square."""
        ground, tint = pictures.TONES[tone]
        down = self.top if top is None else top
        self._box(start, side, side, colour=ground, top=down)
        inset = side * 0.2
        self.picture(code, start=start + inset, width=side - 2 * inset, top=down + inset, tint=tint)

    def picture(
        self,
        code: str,
        *,
        start: float,
        width: float,
        top: float | None = None,
        tint: str = pictures.NO_TINT,
        line: float = 1.5,
    ) -> None:
        """A drawing of the sprite; it is never mirrored."""
        drawn = pictures.picture(code, width * self._scale / POINT, tint=tint, line=line)
        self.drawing(drawn, start=start, width=width, top=self.top if top is None else top)

    def drawing(self, drawn: SVGObject, *, start: float, width: float, top: float) -> None:
        """A drawing that is ``width`` wide already."""
        x, down = self._x(start, width) * self._scale, top * self._scale
        self._repeated.draw(drawn, lambda: drawn.draw_to_page(self._pdf, x, down), x=x, top=down)

    def again(self, what: Hashable, draw: Callable[[], None], *, start: float, top: float) -> None:
        """What may have been drawn before, with its corner here; ``what`` is all it depends on but where."""
        x, down = self._x(start, 0) * self._scale, top * self._scale
        self._repeated.draw((what, self._mirrored, self._scale), draw, x=x, top=down)

    @property
    def scale(self) -> float:
        """How large everything is drawn."""
        return self._scale

    def code(self, link: str, *, start: float, side: float, top: float | None = None) -> None:
        """A QR code (ISO/IEC 18004) as black squares; what is around it has to stay white."""
        x, down = self._x(start, side) * self._scale, (self.top if top is None else top) * self._scale
        y = (self._physical[1] - down) / POINT
        self._repeated.write(squares.marks(link, x=x / POINT, y=y, side=side * self._scale / POINT))

    def finished(self) -> bytes:
        """The document as a PDF; afterwards nothing can be drawn on it."""
        try:
            return bytes(self._pdf.output())
        finally:
            self._writer.close()

    def _lines(self, paragraph: Paragraph, width: float) -> list[Line]:
        return self._writer.lines(replace(paragraph, size=paragraph.size * self._scale), width * self._scale)

    def _x(self, start: float, width: float) -> float:
        whole = self._physical[0] / self._scale
        return whole - self._margin - start - width if self._mirrored else self._margin + start

    def _box(
        self, start: float, width: float, height: float, *, colour: str, top: float | None = None
    ) -> None:
        down = self.top if top is None else top
        self._pdf.set_fill_color(colour)
        self._pdf.rect(
            self._x(start, width) * self._scale,
            down * self._scale,
            width * self._scale,
            height * self._scale,
            style="F",
            round_corners=True,
            corner_radius=_CORNER * self._scale,
        )


def _line_height(paragraph: Paragraph) -> float:
    leading = _LEADING_ARABIC if is_right_to_left(paragraph.language) else _LEADING
    return leading * paragraph.size * POINT
