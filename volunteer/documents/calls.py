"""The call list: whom the desk is to tell something, and in which words, for when the screen is elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from volunteer import times_in_words
from volunteer.documents.pieces import GAP, PAD, Head, Piece, Text, lay_out
from volunteer.documents.sheet import IRIS, SOFT, PaperSize, Sheet, Tongues
from volunteer.documents.typed import on_one_line
from volunteer.documents.writing import Paragraph
from volunteer.translation import isolated, listed, translations

_SCALE = {PaperSize.A4: 0.95, PaperSize.A5: 0.75}
_TICK, _WHO = 6.0, 58.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """One person to tell. The list holds contact data: it stays at the desk."""

    name: str
    ask_for: str
    contact: str
    speaks: str
    """The language to speak, by its own name."""
    age: str
    """Since when it waits, in words."""
    subject: str
    language: str
    theirs: Sequence[str]
    """What to say, in the language of whoever is told."""
    ours: Sequence[str]
    """The same in the desk's; empty when that is the same."""


@dataclass(frozen=True, slots=True)
class _CallPiece:
    line: CallLine
    desk: str

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        who, say = self._who(), self._say()
        return 2 * PAD + max(
            sheet.height(who, _WHO), sum(sheet.height([each], self._wide(sheet)) for each in say)
        )

    def draw(self, sheet: Sheet) -> None:
        """A box to tick, who it is, and what to say."""
        high = self.height(sheet)
        top = sheet.top + PAD
        sheet.box(start=0, side=4.2, top=top + 0.6)
        sheet.write(self._who(), start=_TICK + 1, width=_WHO, top=top, language=self.desk)
        down = top
        for each in self._say():
            sheet.write(
                [each], start=_TICK + _WHO + GAP, width=self._wide(sheet), top=down, language=each.language
            )
            down += sheet.height([each], self._wide(sheet))
        sheet.top += high
        sheet.rule()

    def _wide(self, sheet: Sheet) -> float:
        return sheet.width - _TICK - _WHO - GAP

    def _who(self) -> list[Paragraph]:
        line = self.line
        _ = translations(self.desk).gettext
        ask_for = _("Ask for %(name)s.") % isolated({"name": on_one_line(line.ask_for)}, self.desk)
        return [
            Paragraph(on_one_line(line.name), self.desk, 12, bold=True, colour=IRIS),
            *([Paragraph(ask_for, self.desk, 10)] if line.ask_for else []),
            *([Paragraph(on_one_line(line.contact), "en", 12, bold=True)] if line.contact else []),
            Paragraph(listed((line.speaks, line.age), self.desk), self.desk, 9.5, colour=SOFT),
        ]

    def _say(self) -> list[Paragraph]:
        line = self.line
        return [
            Paragraph(line.subject, self.desk, 10.5, bold=True),
            *(Paragraph(each, self.desk, 10.5) for each in line.ours),
            *(
                Paragraph(each, line.language, 10.5, colour=SOFT if line.ours else "#1D1B34")
                for each in line.theirs
            ),
        ]


def calls_pdf(
    lines: Sequence[CallLine],
    size: PaperSize,
    *,
    desk: str,
    time_zone: str,
    made_at: datetime,
    compress: bool = True,
) -> bytes:
    """The list as a PDF, for a desk that works in the language ``desk``; long ones take more pages."""
    _ = translations(desk).gettext
    sheet = Sheet(size, desk, made_at=made_at, scale=_SCALE[size], compress=compress)
    day = Text([Paragraph(times_in_words.day(made_at, desk, time_zone), desk, 11, colour=SOFT)], desk, gap=2)
    head = Head(tongues=Tongues(desk, desk), title=_("Call list"), kind="")
    nobody = Text([Paragraph(_("There is nobody to call now."), desk, 12)], desk, gap=4)
    pieces: list[Piece] = [_CallPiece(each, desk) for each in lines]
    lay_out(sheet, [head, day, *(pieces or [nobody])])
    return sheet.finished()
