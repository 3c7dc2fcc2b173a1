"""The workshop pack on paper: for the trainer, three questions, a quiz, and a sheet to take home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from volunteer.config import Centre
from volunteer.documents.law_table import Law
from volunteer.documents.pieces import Foot, Piece, Text
from volunteer.documents.sheet import IRIS, LINE_FIRM, SOFT, PaperSize, Sheet, Tongues
from volunteer.documents.typed import strong
from volunteer.documents.workshop_pieces import Card, Heading, Pictures, Planned, Reminded, Ruled, Said
from volunteer.documents.writing import Paragraph
from volunteer.services.workshop_pack import Part, Statement, WorkshopPack
from volunteer.translation import translations

_MARGIN = 16.0
_COVER = 108.0
_WHITE, _PALE = "#FFFFFF", "#E4E3F4"
_SHOWN = ("t.cook", "t.garden", "t.talk_table", "t.repair", "t.children", "t.accompany", "t.sort", "t.office")
"""Tasks a group can talk about by their drawings alone."""


class _Pages:
    """The pages of the pack; each says at its foot how old its rules are."""

    def __init__(self, pack: WorkshopPack, *, made_at: datetime, compress: bool) -> None:
        self.sheet = Sheet(PaperSize.A4, pack.language, made_at=made_at, margin=_MARGIN, compress=compress)
        self._pack = pack
        self._number = 1
        self._foot()

    def put(self, pieces: Sequence[Piece]) -> None:
        """One under the other, none cut in two."""
        for each in pieces:
            if each.height(self.sheet) > self.sheet.left:
                self.begin()
            each.draw(self.sheet)

    def begin(self) -> None:
        """A fresh page."""
        self.sheet.new_page()
        self._number += 1
        self._foot()

    def _foot(self) -> None:
        language = self._pack.language
        number = translations(language).gettext("Page %(number)s") % {"number": self._number}
        words = [Paragraph(f"{self._pack.dated} {number}", language, 8.5, colour=SOFT)]
        self.sheet.write(words, start=0, width=self.sheet.width, top=self.sheet.bottom + 4, language=language)


def workshop_pack_pdf(
    pack: WorkshopPack, centre: Centre, *, made_at: datetime, compress: bool = True
) -> bytes:
    """The pack as a PDF of A4 pages; the quiz and the last page are sheets to hand out."""
    _ = translations(pack.language).gettext
    pages = _Pages(pack, made_at=made_at, compress=compress)
    _cover(pages.sheet, pack, centre)
    pages.begin()
    pages.put(_for_the_trainer(pack))
    for number, part in enumerate(pack.parts, 1):
        pages.begin()
        pages.put(_told(part, number, pack.language))
        pages.begin()
        pages.put(_to_do(part, number, pack.language))
    pages.begin()
    pages.put(_quiz(pack))
    pages.begin()
    pages.put(_answers(pack))
    pages.begin()
    _take_home(pages, pack, centre)
    return pages.sheet.finished()


def _cover(sheet: Sheet, pack: WorkshopPack, centre: Centre) -> None:
    language = pack.language
    _ = translations(language).gettext
    sheet.panel(_COVER, colour=IRIS)
    title = [
        Paragraph(_("Workshop pack"), language, 15, colour=_PALE),
        Paragraph(pack.title, language, 40, bold=True, colour=_WHITE, gap=6),
        Paragraph(pack.lead, language, 15, colour=_WHITE, gap=12),
    ]
    inside = sheet.width - 24
    top = sheet.top + (_COVER - sheet.height(title, inside)) / 2
    sheet.write(title, start=12, width=inside, top=top, language=language)
    sheet.top += _COVER + 10
    for number, part in enumerate(pack.parts, 1):
        sheet.plate(part.picture, start=0, side=20, tone=part.tone)
        words = [Paragraph(f"{number}. {part.title}", language, 19, bold=True, colour=IRIS)]
        down = sheet.top + (20 - sheet.height(words, sheet.width - 28)) / 2
        sheet.write(words, start=28, width=sheet.width - 28, top=down, language=language)
        sheet.top += 27
    words = [
        Paragraph(centre.name, language, 12, bold=True),
        Paragraph(f"{centre.place}, {centre.address} · {centre.phone} · {centre.email}", language, 11),
        Paragraph(pack.dated, language, 11, gap=6),
    ]
    high = sheet.height(words, sheet.width - 12) + 10
    sheet.top = sheet.bottom - high
    sheet.panel(high)
    sheet.write(words, start=6, width=sheet.width - 12, top=sheet.top + 5, language=language)


def _for_the_trainer(pack: WorkshopPack) -> list[Piece]:
    language = pack.language
    _ = translations(language).gettext
    short, long = (sum(minutes) for minutes in zip(*((s.short, s.long) for s in pack.steps), strict=True))
    names = [_("%(num)s minutes") % {"num": minutes} for minutes in (short, long)]
    return [
        Heading(_("For whoever runs the workshop"), language, picture="t.teach", tone="honey"),
        Planned(_("The plan"), "", names, language, is_head=True),
        *(Planned(s.title, s.text, (str(s.short), str(s.long)), language) for s in pack.steps),
        Heading(_("What helps"), language),
        *(Said(tip, language) for tip in pack.tips),
    ]


def _told(part: Part, number: int, language: str) -> list[Piece]:
    """What to read aloud, and what the rules say about it."""
    _ = translations(language).gettext
    return [
        Heading(f"{number}. {part.title}", language, picture=part.picture, tone=part.tone),
        Text([Paragraph(said, language, 16, gap=8) for said in part.explanation], language, gap=1),
        *([Ruled(_("What the rules say"), part.rules, part.dated, language)] if part.rules else []),
    ]


def _to_do(part: Part, number: int, language: str) -> list[Piece]:
    """A page to hand out or to hang up."""
    _ = translations(language).gettext
    exercises = enumerate(part.exercises, 1)
    return [
        Heading(_("To do and to talk about"), language, picture=part.picture, tone=part.tone),
        *([Pictures(_SHOWN, language)] if number == 1 else []),
        *(Card(f"{place}. {each.title}", each.text, language) for place, each in exercises),
    ]


def _quiz(pack: WorkshopPack) -> list[Piece]:
    """A sheet to hand out: every sentence with two boxes."""
    language = pack.language
    _ = translations(language).gettext
    names = (_("True"), _("Not true"))
    return [
        Heading(_("Quiz: true or not true?"), language, picture="circle-check", tone="leaf"),
        Planned("", "", names, language, is_head=True),
        *(
            Planned(f"{number}. {each.text}", "", None, language, size=15)
            for number, each in enumerate(_statements(pack), 1)
        ),
    ]


def _answers(pack: WorkshopPack) -> list[Piece]:
    """For the trainer: what the rule says to each sentence, and how old that rule is."""
    language = pack.language
    _ = translations(language).gettext
    verdicts = {True: _("True"), False: _("Not true"), None: _("Read together what the rule says now")}
    return [
        Heading(_("The answers"), language, picture="book", tone="honey"),
        *(
            Text(
                [
                    Paragraph(f"{number}. {each.text} {strong(verdicts[each.is_true])}", language, 13, gap=3),
                    Paragraph(each.answer, language, 12),
                    # The foot of the page says it of the weakest rule; only another day is said again.
                    *([] if each.dated == pack.dated else [Paragraph(each.dated, language, 9, colour=SOFT)]),
                ],
                language,
                gap=1.5,
                with_rule=True,
            )
            for number, each in enumerate(_statements(pack), 1)
        ),
    ]


def _take_home(pages: _Pages, pack: WorkshopPack, centre: Centre) -> None:
    """One sheet for everyone, in large letters; the desk stands at its foot."""
    language = pack.language
    tongues = Tongues(language, language)
    _ = translations(language).gettext
    foot = Foot(tongues=tongues, centre=centre, link=None, is_appointment=False)
    pages.put([Heading(_("To take home"), language, picture="heart-handshake", tone="coral")])
    pages.put([Reminded(each, language) for each in pack.take_home])
    pages.put([Law(tongues=tongues, theirs=pack.tell, ours=pack.tell, size=12)])
    sheet = pages.sheet
    address = [Paragraph(f"{centre.place}, {centre.address}", language, 14, bold=True)]
    high = sheet.height(address, sheet.width) + 2
    pages.sheet.keep_together(foot.height(sheet) + high)
    sheet.top = sheet.bottom - foot.height(sheet) - high
    sheet.rule(colour=LINE_FIRM)
    sheet.write(address, start=0, width=sheet.width, top=sheet.top + 2, language=language)
    sheet.top += high
    foot.draw(sheet)


def _statements(pack: WorkshopPack) -> list[Statement]:
    return [each for part in pack.parts for each in part.statements]
