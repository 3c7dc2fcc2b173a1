"""Pieces of the workshop pack. Each knows how high it is and draws itself where the sheet stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from volunteer.documents.pictures import tone_of
from volunteer.documents.pieces import PAD, PLATE
from volunteer.documents.sheet import IRIS, LINE, SOFT, Sheet
from volunteer.documents.writing import Paragraph
from volunteer.domain.interests import TASKS
from volunteer.services.workshop_pack import Reminder

_COLUMN, _BOX = 24.0, 6.0
_INSET, _BULLET = 5.0, 6.0
_PICTURE, _IN_A_ROW, _LABEL = 28.0, 4, 3.0
_REMINDED = 20.0
_ABOVE = 5.0
"""Between what stands on a quiet ground and what comes before it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What follows, with a drawing where a page begins."""

    words: str
    language: str
    picture: str | None = None
    tone: str = "coral"

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes, with the space around it."""
        said = sheet.height(self._said(), self._wide(sheet))
        return max(said, PLATE + 4) + 5 if self.picture else said + 7

    def draw(self, sheet: Sheet) -> None:
        """Draw it."""
        high, words = self.height(sheet), self._said()
        if self.picture:
            sheet.plate(self.picture, start=0, side=PLATE + 4, tone=self.tone)
        said = sheet.height(words, self._wide(sheet))
        top = sheet.top + ((high - 5 - said) / 2 if self.picture else 5)
        sheet.write(words, start=self._start(), width=self._wide(sheet), top=top, language=self.language)
        sheet.top += high

    def _said(self) -> list[Paragraph]:
        return [Paragraph(self.words, self.language, 24 if self.picture else 14, bold=True, colour=IRIS)]

    def _start(self) -> float:
        return PLATE + 10 if self.picture else 0.0

    def _wide(self, sheet: Sheet) -> float:
        return sheet.width - self._start()


@dataclass(frozen=True, slots=True)
class Planned:
    """A line with two narrow columns at its end: figures, or boxes to tick."""

    title: str
    text: str
    figures: Sequence[str] | None
    """``None`` for boxes."""
    language: str
    is_head: bool = False
    size: float = 12.0

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        ends = [sheet.height(self._end(each), _COLUMN) for each in self.figures or ()]
        return max(sheet.height(self._said(), self._wide(sheet)), _BOX, *ends) + 2 * PAD

    def draw(self, sheet: Sheet) -> None:
        """Draw it, with a fine line below."""
        high, words = self.height(sheet), self._said()
        top = sheet.top + (high - sheet.height(words, self._wide(sheet))) / 2
        sheet.write(words, start=0, width=self._wide(sheet), top=top, language=self.language)
        for number in range(2):
            start = sheet.width - (2 - number) * _COLUMN
            if self.figures is None:
                sheet.box(start=start, side=_BOX, top=sheet.top + (high - _BOX) / 2)
                continue
            said = self._end(self.figures[number])
            top = sheet.top + (high - sheet.height(said, _COLUMN)) / 2
            sheet.write(said, start=start, width=_COLUMN, top=top, language=self.language)
        sheet.top += high
        sheet.rule(colour=LINE)

    def _said(self) -> list[Paragraph]:
        title = Paragraph(self.title, self.language, self.size, bold=self.figures is not None)
        return [title, Paragraph(self.text, self.language, 11)] if self.text else [title]

    def _end(self, words: str) -> list[Paragraph]:
        return [Paragraph(words, self.language, 11 if self.is_head else 14, bold=True, colour=IRIS)]

    @staticmethod
    def _wide(sheet: Sheet) -> float:
        return sheet.width - 2 * _COLUMN - 6


@dataclass(frozen=True, slots=True)
class Said:
    """One of several remarks, with a tick before it."""

    words: str
    language: str

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        return sheet.height(self._said(), sheet.width - _BULLET) + 2

    def draw(self, sheet: Sheet) -> None:
        """Draw it."""
        sheet.picture("check", start=0, width=4, top=sheet.top + 0.7, line=2.4)
        sheet.write(self._said(), start=_BULLET, width=sheet.width - _BULLET, language=self.language)
        sheet.top += self.height(sheet)

    def _said(self) -> list[Paragraph]:
        return [Paragraph(self.words, self.language, 11.5)]


@dataclass(frozen=True, slots=True)
class Pictures:
    """Tasks as drawings, each with its word below."""

    tasks: Sequence[str]
    language: str

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        return 5 + sum(self._high(sheet, row) for row in self._rows())

    def draw(self, sheet: Sheet) -> None:
        """Draw them in rows, over the whole width."""
        sheet.top += 5
        wide = sheet.width / _IN_A_ROW
        for row in self._rows():
            for number, code in enumerate(row):
                start = number * wide
                sheet.plate(code, start=start, side=_PICTURE, tone=tone_of(code))
                top = sheet.top + _PICTURE + 1
                sheet.write(
                    self._label(code), start=start, width=wide - _LABEL, top=top, language=self.language
                )
            sheet.top += self._high(sheet, row)

    def _rows(self) -> list[Sequence[str]]:
        return [self.tasks[begin : begin + _IN_A_ROW] for begin in range(0, len(self.tasks), _IN_A_ROW)]

    def _high(self, sheet: Sheet, row: Sequence[str]) -> float:
        wide = sheet.width / _IN_A_ROW - _LABEL
        return _PICTURE + 4 + max(sheet.height(self._label(code), wide) for code in row)

    def _label(self, code: str) -> list[Paragraph]:
        return [Paragraph(TASKS[code].label(self.language), self.language, 12)]


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules say, on a quiet ground, with the day they were looked at."""

    title: str
    rules: Sequence[tuple[str, str]]
    dated: str
    language: str

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes, with the space above it."""
        return _ABOVE + _ground_height(sheet, self._said())

    def draw(self, sheet: Sheet) -> None:
        """Draw it."""
        _draw_on_ground(sheet, self._said(), self.language)

    def _said(self) -> list[Paragraph]:
        found = [Paragraph(self.title, self.language, 15, bold=True, colour=IRIS)]
        for asked, said in self.rules:
            found.append(Paragraph(asked, self.language, 13, bold=True, gap=5))
            found.append(Paragraph(said, self.language, 13))
        return [*found, Paragraph(self.dated, self.language, 9, colour=SOFT, gap=6)]


@dataclass(frozen=True, slots=True)
class Card:
    """An exercise on a quiet ground: what it is called, and what to do."""

    title: str
    text: str
    language: str

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes, with the space above it."""
        return _ABOVE + _ground_height(sheet, self._said())

    def draw(self, sheet: Sheet) -> None:
        """Draw it."""
        _draw_on_ground(sheet, self._said(), self.language)

    def _said(self) -> list[Paragraph]:
        return [
            Paragraph(self.title, self.language, 15, bold=True, colour=IRIS),
            Paragraph(self.text, self.language, 14, gap=3),
        ]


@dataclass(frozen=True, slots=True)
class Reminded:
    """A line to take home: a large drawing, and large letters."""

    what: Reminder
    language: str

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        return max(_REMINDED, sheet.height(self._said(), self._wide(sheet))) + 5

    def draw(self, sheet: Sheet) -> None:
        """Draw it."""
        high = self.height(sheet) - 5
        middle = sheet.top + (high - _REMINDED) / 2
        sheet.plate(self.what.picture, start=0, side=_REMINDED, tone=self.what.tone, top=middle)
        top = sheet.top + (high - sheet.height(self._said(), self._wide(sheet))) / 2
        sheet.write(
            self._said(), start=_REMINDED + 7, width=self._wide(sheet), top=top, language=self.language
        )
        sheet.top += high + 5

    def _said(self) -> list[Paragraph]:
        return [Paragraph(self.what.text, self.language, 18, bold=True)]

    @staticmethod
    def _wide(sheet: Sheet) -> float:
        return sheet.width - _REMINDED - 7


def _ground_height(sheet: Sheet, said: Sequence[Paragraph]) -> float:
    return sheet.height(said, sheet.width - 2 * _INSET) + 2 * _INSET


def _draw_on_ground(sheet: Sheet, said: Sequence[Paragraph], language: str) -> None:
    sheet.top += _ABOVE
    high = _ground_height(sheet, said)
    sheet.panel(high)
    wide = sheet.width - 2 * _INSET
    sheet.write(said, start=_INSET, width=wide, top=sheet.top + _INSET, language=language)
    sheet.top += high
