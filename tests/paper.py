"""Reading paper: what a document of ours draws, from the letters that are set and the marks in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from zlib import decompress, error

import pytest

from volunteer.documents.sheet import Sheet
from volunteer.documents.writing import Line, Writer

POINTS = 72 / 25.4
"""In a millimetre."""
_WITHIN_A_CODE = 5.0
"""Millimetres: rows of one code follow closer upon each other."""
_PAGE = re.compile(rb"/Type /Page\b(?!s)")
_BOX = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")
_RECT = re.compile(rb"([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re(?! [SWnB])\b")


@dataclass(frozen=True, slots=True)
class Written:
    """One line as it stands on the sheet: from the left, in millimetres."""

    line: Line
    x: float
    baseline: float

    @property
    def read(self) -> str:
        """Its letters in the order of reading, for a line that runs in one direction."""
        runs = self.line[::-1] if any(run.right_to_left for run in self.line) else self.line
        return "".join(run.text for run in runs)


class Paper:
    """Everything that is written while this is watched."""

    def __init__(self) -> None:
        self.lines: list[Written] = []

    @property
    def text(self) -> str:
        """All of it, in the order in which it was set."""
        return "\n".join(each.read for each in self.lines)


def watch(monkeypatch: pytest.MonkeyPatch) -> Paper:
    """Note each line that is set, and set it all the same."""
    paper, write = Paper(), Writer.write

    def noting(self: Writer, line: Line, *, x: float, baseline: float, **look: Any) -> None:
        paper.lines.append(Written(line, x, baseline))
        write(self, line, x=x, baseline=baseline, **look)

    monkeypatch.setattr(Writer, "write", noting)
    # What stands there again is set again too, so that each line is noted.
    monkeypatch.setattr(Sheet, "again", lambda _sheet, _what, draw, **_where: draw())
    return paper


def pages(pdf: bytes) -> int:
    """How many pages there are."""
    return len(_PAGE.findall(pdf))


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """The sizes of the pages in whole millimetres."""
    return {(round(float(wide) / POINTS), round(float(high) / POINTS)) for wide, high in _BOX.findall(pdf)}


def black_squares(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Filled rectangles of a file without compression, as left, top, width and height in millimetres."""
    found = [tuple(float(each) / POINTS for each in rect) for rect in _RECT.findall(pdf)]
    return [(x, -y, wide, abs(high)) for x, y, wide, high in found]


def matrices_on(drawn: bytes) -> list[list[list[int]]]:
    """As :func:`matrix_on`, of every code on every sheet, in the order in which they were drawn."""
    codes: list[list[tuple[float, float, float, float]]] = []
    before = 0.0
    for rect in black_squares(drawn):
        # Each code is drawn row by row from its top.
        if not codes or not 0 <= rect[1] - before < _WITHIN_A_CODE:
            codes.append([])
        codes[-1].append(rect)
        before = rect[1]
    return [_matrix(rects) for rects in codes]


def matrix_on(drawn: bytes) -> list[list[int]]:
    """The squares of the code on a sheet, read back from what was drawn."""
    return _matrix(black_squares(drawn))


def _matrix(rects: list[tuple[float, float, float, float]]) -> list[list[int]]:
    # The corner marks are seven squares wide and the last of these rectangles begins every code.
    step = min(wide for _, _, wide, _ in rects)
    left = min(x for x, _, _, _ in rects)
    tops = sorted({round(top, 3) for _, top, _, _ in rects})
    count = round((max(x + wide for x, _, wide, _ in rects) - left) / step)
    matrix = [[0] * count for _ in range(count)]
    rows = {top: number for number, top in enumerate(tops)}
    for x, top, wide, _ in rects:
        first = round((x - left) / step)
        for column in range(first, first + round(wide / step)):
            matrix[rows[round(top, 3)]][column] = 1
    return matrix


def inflated(pdf: bytes) -> bytes:
    """The same file with what it draws in the open."""

    def opened(found: re.Match[bytes]) -> bytes:
        try:
            return decompress(found[1])
        except error:
            return found[1]

    return re.sub(rb"stream\r?\n(.*?)\r?\nendstream", opened, pdf, flags=re.DOTALL)
