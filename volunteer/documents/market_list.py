"""Lists for the day of a market, for when there is no network: of a stand, an interpreter, a group, the door.

All are one table: a heading, a line for each meeting or card, and boxes to tick.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from volunteer.documents import pictures
from volunteer.documents.pieces import PAD, Head, Piece, Text
from volunteer.documents.sheet import INK, IRIS, LINE_FIRM, SOFT, PaperSize, Sheet, Tongues
from volunteer.documents.typed import on_one_line, shortened, strong
from volunteer.documents.writing import POINT, Paragraph

_SCALE = 0.92
_LETTERS = 11.5
_BOX = 4.8
_PAD = 1.2
_MARK = 15.0
_SMALLEST = 0.8
"""A list that fits one page like this is made smaller; its letters are 8.5 points then, for a table."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in one column."""

    heading: str
    width: float | None = None
    """Millimetres; ``None``, for one column of a list, is what the others leave."""
    is_box: bool = False
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a text for each column without boxes, in order."""

    cells: Sequence[str]
    about: str = ""
    """After the text of the wide column, which is strong then."""
    goes_on: bool = False
    """It belongs to the line above: what its first column would say stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketList:
    """One list; it begins on a page of its own."""

    title: str
    kind: str
    facts: Sequence[str]
    columns: Sequence[Column]
    lines: Sequence[Line]
    empty_lines: int = 0
    """To write in by hand, at the end."""
    foot: Sequence[str] = ()
    spot: str = ""
    shape: str = ""


def lists_pdf(lists: Sequence[MarketList], *, desk: str, made_at: datetime, compress: bool = True) -> bytes:
    """The lists one after the other, for who reads ``desk``. Raises :class:`ValueError` without any."""
    if not lists:
        raise ValueError("there is nothing to print")
    title = lists[0].kind
    sheet = Sheet(PaperSize.A4, desk, made_at=made_at, title=title, scale=_SCALE, compress=compress)
    for place, each in enumerate(lists):
        if place:
            sheet.begin_another(desk, scale=_SCALE)
        _draw(sheet, each, desk)
    return sheet.finished()


def _draw(sheet: Sheet, printed: MarketList, desk: str) -> None:
    heads = _Heads(printed.columns, desk)
    lines = [*printed.lines, *[Line([""] * len(printed.columns))] * printed.empty_lines]
    follows = ([each.goes_on for each in lines[1:]] + [False])[: len(lines)]
    rows = [_Row(each, printed.columns, desk, goes_on) for each, goes_on in zip(lines, follows, strict=True)]
    begins = (_Begin(printed, desk), heads)
    foot = Text([Paragraph(each, desk, 10.5, colour=SOFT) for each in printed.foot], desk, gap=3)
    whole: list[Piece] = [*begins, *rows, *([foot] if printed.foot else [])]
    if _SMALLEST * sum(each.height(sheet) for each in whole) <= sheet.left:
        sheet.fit(lambda: sum(each.height(sheet) for each in whole), smallest=_SMALLEST)
    for begin in begins:
        begin.draw(sheet)
    # Loose sheets get mixed up on a table.
    whose = on_one_line(f"{printed.spot} {printed.title}")
    again = Text([Paragraph(whose, desk, 12.5, bold=True, colour=IRIS)], desk, gap=0)
    first = ""
    for row in rows:
        first = row.line.cells[0] or first
        begun = row
        if row.height(sheet) > sheet.left:
            sheet.new_page()
            again.draw(sheet)
            heads.draw(sheet)
            begun = row.said_again(first)
        begun.draw(sheet)
    if printed.foot:
        sheet.keep_together(foot.height(sheet))
        foot.draw(sheet)


@dataclass(frozen=True, slots=True)
class _Begin:
    printed: MarketList
    desk: str

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes, with the head of the page."""
        return self._head().height(sheet) + self._below(sheet)

    def _head(self) -> Head:
        return Head(tongues=Tongues(self.desk, self.desk), title=self.printed.kind, kind="")

    def _below(self, sheet: Sheet) -> float:
        return 3 + max(_MARK, sheet.height(self._said(), sheet.width - self._start())) + 2

    def draw(self, sheet: Sheet) -> None:
        """The head of the page, the mark of the zone, and the facts."""
        self._head().draw(sheet)
        top, end = sheet.top + 3, sheet.top + self._below(sheet)
        if self.printed.shape:
            side = _MARK * sheet.scale / POINT
            drawn = pictures.zone_mark(self.printed.shape, side)
            sheet.drawing(drawn, start=0, width=_MARK, top=top)
            size = 14 if self.printed.shape == "triangle" else 18
            spot = [Paragraph(self.printed.spot, "en", size, bold=True, colour="#FFFFFF")]
            down = _MARK * (0.67 if self.printed.shape == "triangle" else 0.5)
            high = sheet.height(spot, _MARK)
            sheet.write(spot, start=0, width=_MARK, top=top + down - high / 2, language="en", is_centred=True)
        start = self._start()
        sheet.write(self._said(), start=start, width=sheet.width - start, top=top, language=self.desk)
        sheet.top = end

    def _start(self) -> float:
        return _MARK + 4 if self.printed.shape else 0

    def _said(self) -> list[Paragraph]:
        title = Paragraph(on_one_line(self.printed.title), self.desk, 17, bold=True, colour=IRIS)
        return [title, *(Paragraph(on_one_line(each), self.desk, 11) for each in self.printed.facts)]


@dataclass(frozen=True, slots=True)
class _Heads:
    columns: Sequence[Column]
    desk: str

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        return PAD + max(sheet.height([said], wide) for said, _start, wide in self._placed(sheet)) + 1

    def draw(self, sheet: Sheet) -> None:
        """What the columns hold."""
        end = sheet.top + self.height(sheet)
        for said, start, wide in self._placed(sheet):
            top = end - 1 - sheet.height([said], wide)
            sheet.write([said], start=start, width=wide, top=top, language=self.desk)
        sheet.top = end
        sheet.rule(colour=IRIS, thickness=0.4)

    def _placed(self, sheet: Sheet) -> list[tuple[Paragraph, float, float]]:
        return [
            (Paragraph(column.heading or " ", self.desk, 9.5, bold=True, colour=SOFT), start, wide)
            for column, start, wide in _placed(self.columns, sheet)
        ]


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    columns: Sequence[Column]
    desk: str
    goes_on: bool
    """Whether the next line belongs to it."""

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        inside = max(sheet.height(said, wide) for said, _start, wide in self._cells(sheet))
        return max(inside, _BOX + 0.8) + 2 * _PAD

    def draw(self, sheet: Sheet) -> None:
        """Texts and boxes, with a fine line below."""
        end, top = sheet.top + self.height(sheet), sheet.top + _PAD
        for said, start, wide in self._cells(sheet):
            sheet.write(said, start=start, width=wide, top=top, language=self.desk)
        for column, start, _wide in _placed(self.columns, sheet):
            if column.is_box:
                sheet.box(start=start, side=_BOX, top=top + 0.3)
        sheet.top = end
        if self.goes_on:
            sheet.rule(start=self.columns[0].width or 0)
        else:
            sheet.rule(colour=LINE_FIRM)

    def said_again(self, first: str) -> _Row:
        """The same where a page begins: there it says for itself what it belongs to."""
        if not self.line.goes_on:
            return self
        return replace(self, line=replace(self.line, cells=[first, *self.line.cells[1:]]))

    def _cells(self, sheet: Sheet) -> list[tuple[list[Paragraph], float, float]]:
        cells = iter(self.line.cells)
        return [
            (self._cell(column, next(cells, "")), start, wide)
            for column, start, wide in _placed(self.columns, sheet)
            if not column.is_box
        ]

    def _cell(self, column: Column, text: str) -> list[Paragraph]:
        said = on_one_line(text) or " "
        if column.width is None and self.line.about:
            said = f"{strong(said)} · {shortened(self.line.about, most=160)}"
        colour = IRIS if column.is_strong else INK
        return [Paragraph(said, self.desk, _LETTERS, bold=column.is_strong, colour=colour)]


def _placed(columns: Sequence[Column], sheet: Sheet) -> list[tuple[Column, float, float]]:
    """Each with where it starts and how wide its text may be."""
    rest = sheet.width - sum(each.width or 0 for each in columns)
    found, start = [], 0.0
    for each in columns:
        wide = rest if each.width is None else each.width
        found.append((each, start, wide - 2))
        start += wide
    return found
