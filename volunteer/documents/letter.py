"""A letter: what others get as a message, for who chose the post; the address stands in the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from volunteer import times_in_words
from volunteer.config import Centre
from volunteer.documents.pieces import Foot, Piece, Text, lay_out
from volunteer.documents.sheet import IRIS, LINE_FIRM, SOFT, PaperSize, Sheet, Tongues
from volunteer.documents.typed import on_one_line, shortened
from volunteer.documents.writing import Paragraph
from volunteer.translation import is_right_to_left, isolated, listed, translations

_SCALE = {PaperSize.A4: 1.0, PaperSize.A5: 0.8}
_SMALLEST = 0.8
_MARGIN, _SENDER = 18.0, 84.0
_WINDOW_TOP, _WINDOW_HIGH, _WINDOW_WIDE = 47.0, 28.0, 82.0
"""Where the window of an envelope with the window at the right shows the sheet, in millimetres."""


@dataclass(frozen=True, slots=True)
class Told:
    """The words of the message in one language."""

    language: str
    subject: str
    paragraphs: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message on its way by post."""

    tongues: Tongues
    to_name: str
    address: str
    """As the person wrote it."""
    theirs: Told
    ours: Told
    link: str
    centre: Centre
    made_at: datetime


@dataclass(frozen=True, slots=True)
class _Envelope:
    """Who writes, to whom, and when: the head of the sheet, down to the fold."""

    letter: Letter

    def height(self, _sheet: Sheet) -> float:
        """Millimetres it takes."""
        return _WINDOW_TOP + _WINDOW_HIGH + 14 - _MARGIN

    def draw(self, sheet: Sheet) -> None:
        """Draw it; the address is at the right in every language, where the window is."""
        letter, centre = self.letter, self.letter.centre
        from_right = is_right_to_left(letter.tongues.theirs)
        ours = letter.tongues.ours
        sender_start = sheet.width - _SENDER if from_right else 0.0
        sheet.picture("logo", start=sender_start + (_SENDER - 9.4 if from_right else 0), width=9.4, line=4)
        sender = [
            Paragraph(centre.name, ours, 11, bold=True, colour=IRIS),
            *(
                Paragraph(each, ours, 9.5, colour=SOFT)
                for each in (centre.place, centre.address, centre.phone)
            ),
        ]
        sheet.write(sender, start=sender_start, width=_SENDER, top=sheet.top + 9, language=ours)
        window = 0.0 if from_right else sheet.width - _WINDOW_WIDE
        address = [
            Paragraph(on_one_line(letter.to_name), "nl", 12, bold=True),
            Paragraph(shortened(letter.address, most=200), "nl", 12),
        ]
        sheet.write(address, start=window, width=_WINDOW_WIDE, top=_WINDOW_TOP, language=ours)
        theirs = letter.tongues.theirs
        day = times_in_words.full_date(letter.made_at, theirs, centre.time_zone)
        date = [Paragraph(day, theirs, 10.5, colour=SOFT)]
        sheet.write(date, start=0, width=sheet.width, top=_WINDOW_TOP + _WINDOW_HIGH + 6, language=theirs)
        sheet.top += self.height(sheet)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line between the two languages."""

    def height(self, _sheet: Sheet) -> float:
        """Millimetres it takes."""
        return 9.0

    def draw(self, sheet: Sheet) -> None:
        """Draw it."""
        sheet.top += 6
        sheet.rule(colour=LINE_FIRM)
        sheet.top += 3


def letter_pdf(letter: Letter, size: PaperSize, *, compress: bool = True) -> bytes:
    """The letter as a PDF, in the person's language with the desk's below; only A4 fits the window."""
    return letters_pdf([letter], size, compress=compress)


def letters_pdf(letters: Sequence[Letter], size: PaperSize, *, compress: bool = True) -> bytes:
    """Several letters in one PDF, each on pages of its own; there is at least one."""
    first = letters[0]
    sheet = Sheet(
        size,
        first.tongues.theirs,
        made_at=first.made_at,
        scale=_SCALE[size],
        margin=_MARGIN,
        compress=compress,
    )
    for letter in letters:
        if letter is not first:
            sheet.begin_another(letter.tongues.theirs, scale=_SCALE[size])
        _draw(sheet, letter)
    return sheet.finished()


def _draw(sheet: Sheet, letter: Letter) -> None:
    tongues = letter.tongues
    pieces: list[Piece] = [_Envelope(letter), *_words(letter, letter.theirs, large=True)]
    if tongues.are_two:
        pieces += [_Line(), *_words(letter, letter.ours, large=False)]
    lay_out(
        sheet,
        pieces,
        Foot(tongues=tongues, centre=letter.centre, link=letter.link, is_appointment=False),
        smallest=_SMALLEST,
    )


def _words(letter: Letter, told: Told, *, large: bool) -> list[Text]:
    size, colour = (12.5, "#1D1B34") if large else (10, SOFT)
    _ = translations(told.language).gettext
    greeting = _("Hello %(name)s,") % isolated({"name": on_one_line(letter.to_name)}, told.language)
    names = listed(letter.centre.people, told.language)
    subject = Paragraph(told.subject, told.language, size + 2.5 if large else size, bold=True, colour=IRIS)
    return [
        Text([subject], told.language),
        *(
            Text([Paragraph(each, told.language, size, colour=colour)], told.language, gap=2.5)
            for each in (greeting, *told.paragraphs, names)
        ),
    ]
