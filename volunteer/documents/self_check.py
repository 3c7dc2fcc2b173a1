"""The access check on paper: to go round the building with, to fill in with a pen, and to send back.

One sheet is about one place: the whole organisation, a venue or a role. What was answered is filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from volunteer import times_in_words
from volunteer.config import Centre
from volunteer.documents.pieces import Head, Text
from volunteer.documents.sheet import IRIS, LINE_FIRM, SOFT, PaperSize, Sheet, Tongues
from volunteer.documents.typed import on_one_line, shortened
from volunteer.documents.writing import Paragraph
from volunteer.domain.access import FEATURES, Answer, Dimension
from volunteer.domain.access_tips import tip_of
from volunteer.translation import isolated, translations

_MARGIN = 14.0
_BOX, _COLUMN, _COLUMNS = 5.0, 20.0, 4
_PLATE, _GAP, _PAD = 9.0, 3.0, 1.5
_NOTE, _HEADING = 5.8, 10.0
_CODE = 26.0
_TONES = {Dimension.PHYSICAL: "sky", Dimension.INFORMATION: "lilac", Dimension.SERVICE: "coral"}
_ORDER = (Answer.YES, Answer.ARRANGEABLE, Answer.NO, None)
"""The boxes; the last one is for who does not know it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of the check, and what was said to it in this place."""

    code: str
    answer: Answer | None
    note: str = ""
    note_language: str | None = None
    from_above: str = ""
    """What holds here as long as nothing else is said, in words of the reader; empty when nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCheck:
    """The check of one place."""

    tongues: Tongues
    organisation: str
    place: str
    """What the place is called."""
    place_language: str | None
    asked: Sequence[Asked]
    """In the order of the check, group by group."""
    link: str
    """The same check on screen, for who logs in."""
    centre: Centre
    made_at: datetime


def self_check_pdf(check: SelfCheck, size: PaperSize, *, compress: bool = True) -> bytes:
    """The check as a PDF of some pages; no question is cut in two, and each page says what its boxes mean."""
    theirs = check.tongues.theirs
    sheet = Sheet(size, theirs, made_at=check.made_at, margin=_MARGIN, compress=compress)
    Head(tongues=check.tongues, title=_title(theirs), kind=_title(check.tongues.ours)).draw(sheet)
    for piece in _opening(check):
        piece.draw(sheet)
    page = 1
    for group in Dimension:
        rows = [each for each in check.asked if FEATURES[each.code].dimension is group]
        if rows:
            page = _draw_group(sheet, check, group, rows, page)
    _send_back(sheet, check, page)
    return sheet.finished()


def _draw_group(sheet: Sheet, check: SelfCheck, group: Dimension, rows: Sequence[Asked], page: int) -> int:
    """Draw one group; returns the number of the page it ends on."""
    if sheet.left < _HEADING + _Row(rows[0], check.tongues).height(sheet):
        page = _next_page(sheet, check, page)
    sheet.top += _PAD
    _heading(sheet, check.tongues.theirs, group)
    for each in rows:
        row = _Row(each, check.tongues)
        if row.height(sheet) > sheet.left:
            page = _next_page(sheet, check, page)
            _heading(sheet, check.tongues.theirs, group)
        row.draw(sheet)
    return page


def _next_page(sheet: Sheet, check: SelfCheck, page: int) -> int:
    """A fresh page that says whose it is: sheets get mixed up."""
    sheet.new_page()
    language = check.tongues.theirs
    number = translations(language).gettext("Page %(number)s") % {"number": page + 1}
    said = f"{on_one_line(check.organisation)} · {on_one_line(check.place)} · {number}"
    Text([Paragraph(said, language, 9, colour=SOFT)], language).draw(sheet)
    sheet.top += _PAD
    return page + 1


def _opening(check: SelfCheck) -> list[Text]:
    language = check.tongues.theirs
    _ = translations(language).gettext
    day = times_in_words.full_date(check.made_at, language, check.centre.time_zone)
    return [
        Text([Paragraph(on_one_line(check.organisation), "nl", 15, bold=True)], language, gap=3),
        Text([Paragraph(shortened(check.place, most=160), check.place_language or language, 12)], language),
        Text([Paragraph(_("Printed on %(day)s") % {"day": day}, language, 9.5, colour=SOFT)], language),
        Text(
            [
                Paragraph(
                    _(
                        "Go round with this paper and tick one box each time. Answer honestly: "
                        "no is an answer too. What you do not know stays open, and we ask later."
                    ),
                    language,
                    10.5,
                ),
                Paragraph(
                    _("Write on the line what somebody who comes should know. Candidates read it."),
                    language,
                    10.5,
                ),
            ],
            language,
            gap=3,
        ),
    ]


def _heading(sheet: Sheet, language: str, group: Dimension) -> None:
    """What the group is about, and the meaning of the four boxes."""
    _ = translations(language).gettext
    names = {
        Dimension.PHYSICAL: _("The place"),
        Dimension.INFORMATION: _("The explanation"),
        Dimension.SERVICE: _("The welcome"),
    }
    sheet.panel(_HEADING)
    title = [Paragraph(names[group], language, 13, bold=True, colour=IRIS)]
    wide = sheet.width - _COLUMNS * _COLUMN
    _in_the_middle(sheet, title, start=2.5, width=wide - 3, language=language)
    answers = (_("Yes"), _("We arrange it"), _("No"), _("Still open"))
    for number, word in enumerate(answers):
        label = [Paragraph(word, language, 8.5, bold=True)]
        start = wide + number * _COLUMN
        _in_the_middle(sheet, label, start=start, width=_COLUMN - 1, language=language)
    sheet.top += _HEADING


def _in_the_middle(
    sheet: Sheet, words: Sequence[Paragraph], *, start: float, width: float, language: str
) -> None:
    top = sheet.top + (_HEADING - sheet.height(words, width)) / 2
    sheet.write(words, start=start, width=width, top=top, language=language)


@dataclass(frozen=True, slots=True)
class _Row:
    """A question, its four boxes, and a line for the note."""

    asked: Asked
    tongues: Tongues

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        return 2 * _PAD + self._words_high(sheet) + self._note_high(sheet)

    def draw(self, sheet: Sheet) -> None:
        """Draw it, with the line of the note below."""
        top, language = sheet.top + _PAD, self.tongues.theirs
        group = FEATURES[self.asked.code].dimension
        sheet.plate(self.asked.code, start=0, side=_PLATE, tone=_TONES[group], top=top)
        sheet.write(self._words(), start=_start(), width=_wide(sheet), top=top, language=language)
        for number, answer in enumerate(_ORDER):
            start = sheet.width - (_COLUMNS - number) * _COLUMN
            sheet.box(start=start, side=_BOX, top=top)
            if answer is not None and answer is self.asked.answer:
                sheet.picture("check", start=start, width=_BOX, top=top, line=3.2)
        top += self._words_high(sheet)
        self._note(sheet, top)
        sheet.top = top + self._note_high(sheet) + _PAD

    def _note(self, sheet: Sheet, top: float) -> None:
        high = self._note_high(sheet)
        said = self._said()
        written_high = sheet.height(said, self._note_wide(sheet))
        sheet.write(
            said,
            start=_start() + 12,
            width=self._note_wide(sheet),
            top=top + high - written_high - 0.6,
            language=self.asked.note_language or self.tongues.theirs,
        )
        label = [Paragraph(translations(self.tongues.theirs).gettext("Note"), self.tongues.theirs, 8.5)]
        label_top = top + high - sheet.height(label, 12) - 0.6
        sheet.write(label, start=_start(), width=12, top=label_top, language=self.tongues.theirs)
        sheet.top = top + high
        sheet.rule(colour=LINE_FIRM, start=_start())

    def _words(self) -> list[Paragraph]:
        code, theirs, ours = self.asked.code, self.tongues.theirs, self.tongues.ours
        found = [Paragraph(FEATURES[code].label(theirs), theirs, 11, bold=True)]
        if self.tongues.are_two:
            found.append(Paragraph(FEATURES[code].label(ours), ours, 8.5, colour=SOFT))
        found.append(Paragraph(tip_of(code, theirs).short, theirs, 9))
        if self.asked.from_above:
            found.append(Paragraph(self.asked.from_above, theirs, 9, bold=True, colour=IRIS))
        return found

    def _said(self) -> list[Paragraph]:
        """The note; what nobody wrote is left to the pen."""
        language = self.asked.note_language or self.tongues.theirs
        return [Paragraph(shortened(self.asked.note, lines=2), language, 10)] if self.asked.note else []

    def _words_high(self, sheet: Sheet) -> float:
        return max(_PLATE, sheet.height(self._words(), _wide(sheet)))

    def _note_high(self, sheet: Sheet) -> float:
        return max(_NOTE, sheet.height(self._said(), self._note_wide(sheet)) + 1.6)

    @staticmethod
    def _note_wide(sheet: Sheet) -> float:
        return sheet.width - _start() - 12


def _start() -> float:
    return _PLATE + _GAP


def _wide(sheet: Sheet) -> float:
    """Of the words beside the boxes."""
    return sheet.width - _start() - _COLUMNS * _COLUMN - _GAP


def _send_back(sheet: Sheet, check: SelfCheck, page: int) -> None:
    """Who filled it in and when, and how it comes back to us; all of it on one page."""
    language, wide = check.tongues.theirs, sheet.width - _CODE - 8
    words = [*_how_to_send(check, language, 10.5)]
    if check.tongues.are_two:
        words += [*_how_to_send(check, check.tongues.ours, 8.5)]
    panel = max(_CODE, sheet.height(words, wide)) + 6
    if panel + 20 > sheet.left:
        _next_page(sheet, check, page)
    _ = translations(language).gettext
    sheet.top += 12
    half = sheet.width / 2
    for number, label in enumerate((_("Filled in by"), _("Date"))):
        sheet.rule(colour=LINE_FIRM, start=number * half, width=half - 6)
        said = [Paragraph(label, language, 9, colour=SOFT)]
        sheet.write(said, start=number * half, width=half - 6, top=sheet.top + 0.6, language=language)
    sheet.top += 8
    sheet.panel(panel)
    sheet.write(words, start=3, width=wide, top=sheet.top + 3, language=language)
    sheet.code(check.link, start=sheet.width - _CODE - 3, side=_CODE, top=sheet.top + (panel - _CODE) / 2)


def _how_to_send(check: SelfCheck, language: str, size: float) -> list[Paragraph]:
    _ = translations(language).gettext
    centre = check.centre
    where = isolated({"place": centre.place, "address": centre.address}, language)
    reach = isolated({"email": centre.email, "phone": centre.phone}, language)
    large = size > 10
    colour = "#1D1B34" if large else SOFT
    return [
        Paragraph(
            _("How this paper comes back"), language, size + 1, bold=True, colour=IRIS, gap=0 if large else 4
        ),
        Paragraph(
            _("Bring it to the info desk, or post it: %(place)s, %(address)s.") % where,
            language,
            size,
            colour=colour,
        ),
        Paragraph(
            _("Or send clear photos to %(email)s. A question? Call %(phone)s.") % reach,
            language,
            size,
            colour=colour,
        ),
        Paragraph(
            _("Would you rather type? The code opens this check on your screen, after you log in."),
            language,
            size,
            colour=colour,
        ),
    ]


def _title(language: str) -> str:
    return translations(language).gettext("What is possible with you?")
