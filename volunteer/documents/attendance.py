"""The attendance list of a gathering: who comes, on paper, for when there is no network in the hall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from volunteer.documents.pieces import PAD, Head, Piece, Text, lay_out
from volunteer.documents.sheet import IRIS, SOFT, PaperSize, Sheet, Tongues
from volunteer.documents.typed import on_one_line
from volunteer.documents.writing import Paragraph
from volunteer.translation import translations

_SCALE = {PaperSize.A4: 0.95, PaperSize.A5: 0.75}
_TICK, _NUMBER, _SIZE, _CAME = 8.0, 14.0, 26.0, 34.0
_BOX = 4.6
_WRITTEN_IN = 6
"""Empty lines at the end, for who comes without a seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceLine:
    """One sign-up. The list holds names: it stays with who leads the gathering."""

    number: int
    name: str
    size: int
    about: str
    """State, languages of a group: in the desk's language; may be empty."""


@dataclass(frozen=True, slots=True)
class _Line:
    desk: str
    number: str = ""
    name: str = ""
    about: str = ""
    size: str = ""

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        return 2 * PAD + max(sheet.height(self._who(), self._wide(sheet)), 7.0)

    def draw(self, sheet: Sheet) -> None:
        """A box to tick, who it is, how many are expected, and a line for how many came."""
        end, top = sheet.top + self.height(sheet), sheet.top + PAD
        sheet.box(start=0, side=_BOX, top=top + 0.8)
        number = [Paragraph(self.number, "en", 12, colour=SOFT)]
        sheet.write(number, start=_TICK, width=_NUMBER, top=top, language=self.desk)
        sheet.write(self._who(), start=_TICK + _NUMBER, width=self._wide(sheet), top=top, language=self.desk)
        size = [Paragraph(self.size, self.desk, 12, bold=True)]
        sheet.write(size, start=sheet.width - _CAME - _SIZE, width=_SIZE, top=top, language=self.desk)
        sheet.top = end - PAD
        sheet.rule(start=sheet.width - _CAME, width=_CAME, colour=SOFT)
        sheet.top = end
        sheet.rule()

    def _wide(self, sheet: Sheet) -> float:
        return sheet.width - _TICK - _NUMBER - _SIZE - _CAME - 2 * PAD

    def _who(self) -> list[Paragraph]:
        name = Paragraph(on_one_line(self.name) or " ", self.desk, 12, bold=True, colour=IRIS)
        return [name, *([Paragraph(self.about, self.desk, 9.5, colour=SOFT)] if self.about else [])]


@dataclass(frozen=True, slots=True)
class _Heads:
    desk: str

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        return 2 * PAD + sheet.height([self._word("x")], _CAME)

    def draw(self, sheet: Sheet) -> None:
        """What the columns hold."""
        _ = translations(self.desk).gettext
        top, end = sheet.top + PAD, sheet.top + self.height(sheet)
        for words, start, width in (
            (_("Name"), _TICK + _NUMBER, sheet.width - _TICK - _NUMBER - _SIZE - _CAME),
            (_("Expected"), sheet.width - _CAME - _SIZE, _SIZE),
            (_("How many came?"), sheet.width - _CAME, _CAME),
        ):
            sheet.write([self._word(words)], start=start, width=width, top=top, language=self.desk)
        sheet.top = end
        sheet.rule(colour=IRIS, thickness=0.4)

    def _word(self, words: str) -> Paragraph:
        return Paragraph(words, self.desk, 9.5, bold=True, colour=SOFT)


def attendance_pdf(
    lines: Sequence[AttendanceLine],
    size: PaperSize,
    *,
    title: str,
    facts: Sequence[str],
    desk: str,
    made_at: datetime,
    compress: bool = True,
) -> bytes:
    """The list as a PDF for who works in the language ``desk``; ``facts`` are lines such as day and place.

    After the last name there are empty lines, for who comes without a seat.
    """
    _ = translations(desk).gettext
    sheet = Sheet(size, desk, made_at=made_at, scale=_SCALE[size], compress=compress)
    said = [Paragraph(on_one_line(each), desk, 11) for each in facts]
    pieces: list[Piece] = [
        Head(tongues=Tongues(desk, desk), title=_("Attendance list"), kind=""),
        Text([Paragraph(on_one_line(title), desk, 14, bold=True, colour=IRIS), *said], desk, gap=3),
        _Heads(desk),
        *(
            _Line(desk, number=f"{each.number}.", name=each.name, about=each.about, size=str(each.size))
            for each in lines
        ),
        Text([Paragraph(_("Came without a seat"), desk, 9.5, bold=True, colour=SOFT)], desk, gap=4),
        *(_Line(desk) for _number in range(_WRITTEN_IN)),
    ]
    lay_out(sheet, pieces)
    return sheet.finished()
