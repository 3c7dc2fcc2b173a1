"""Whom to tell before one starts, as a piece of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from volunteer.documents.pieces import GAP
from volunteer.documents.sheet import IRIS, LINE_FIRM, SOFT, Sheet, Tongues
from volunteer.documents.writing import Paragraph
from volunteer.services.law import LawNote, LawNotes

_INSET = 4.0
_CELL = 1.1
"""Above and below a line of a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """Whom to tell before one starts: a table on a quiet ground, the same for everybody."""

    tongues: Tongues
    theirs: LawNotes
    ours: LawNotes
    size: float = 10
    """Letters of a row, in points; the others follow."""

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes, with the space above it."""
        return 3.4 + self._inside(sheet)

    def draw(self, sheet: Sheet) -> None:
        """Draw it."""
        sheet.top += 3.4
        end = sheet.top + self._inside(sheet)
        sheet.panel(end - sheet.top)
        sheet.top += 2.6
        for number, cells in enumerate(self._lines(sheet)):
            if number:
                sheet.rule(colour=LINE_FIRM, thickness=0.15, start=_INSET, width=sheet.width - 2 * _INSET)
            self._line(sheet, cells)
        sheet.top = end

    def _line(self, sheet: Sheet, cells: Sequence[tuple[Paragraph, str, float, float]]) -> None:
        high = max(sheet.height([each], width) for each, _, _, width in cells)
        for paragraph, language, start, width in cells:
            top = sheet.top + _CELL + (high - sheet.height([paragraph], width)) / 2
            sheet.write([paragraph], start=start, width=width, top=top, language=language)
        sheet.top += high + 2 * _CELL

    def _inside(self, sheet: Sheet) -> float:
        lines = (
            max(sheet.height([each], width) for each, _, _, width in cells) + 2 * _CELL
            for cells in self._lines(sheet)
        )
        return sum(lines) + 2 * 2.6

    def _lines(self, sheet: Sheet) -> list[list[tuple[Paragraph, str, float, float]]]:
        """Cells of each line: paragraph, language of its column, start and width."""
        theirs, ours = self.tongues.theirs, self.tongues.ours
        wide = sheet.width - 2 * _INSET
        beside = wide * 0.37 if self.tongues.are_two else 0.0
        first = (wide - beside) * 0.5

        def pair(left: Paragraph, right: Paragraph) -> list[tuple[Paragraph, str, float, float]]:
            both = [(left, theirs, _INSET, wide - beside - (GAP if beside else 0))]
            return [*both, (right, ours, _INSET + wide - beside, beside)] if beside else both

        def row(note: LawNote, other: LawNote) -> list[tuple[Paragraph, str, float, float]]:
            cells = [
                (Paragraph(note.money_from, theirs, self.size, bold=True), theirs, _INSET, first - GAP),
                (
                    Paragraph(note.tell_whom, theirs, self.size),
                    theirs,
                    _INSET + first,
                    wide - beside - first - GAP,
                ),
            ]
            if beside:
                said = Paragraph(f"{other.money_from}: {_lower(other.tell_whom)}", ours, 8.5)
                cells.append((said, ours, _INSET + wide - beside, beside))
            return cells

        return [
            pair(
                Paragraph(self.theirs.title, theirs, self.size + 1.5, bold=True, colour=IRIS),
                Paragraph(self.ours.title, ours, 9.5, bold=True, colour=IRIS),
            ),
            *(row(*both) for both in zip(self.theirs.rows, self.ours.rows, strict=True)),
            pair(
                Paragraph(self.theirs.dated, theirs, 8, colour=SOFT),
                Paragraph(self.ours.dated, ours, 8, colour=SOFT),
            ),
        ]


def _lower(text: str) -> str:
    """Without its first capital, as it stands within a sentence; "HVW" keeps its own."""
    return text[0].lower() + text[1:] if text[1:2].islower() else text
