"""The personal card: of the size of a bank card, to cut out and fold; its code opens one file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from volunteer.config import Centre
from volunteer.documents.drawn import name_on_paper
from volunteer.documents.pieces import Head, Text, beside
from volunteer.documents.sheet import INK, IRIS, SOFT, PaperSize, Sheet, Tongues
from volunteer.documents.writing import Paragraph
from volunteer.translation import translations

WIDE, HIGH = 85.6, 53.98
"""Of a card of format ID-1 (ISO/IEC 7810), in millimetres."""
_EDGE = 5.0
_CODE = 29.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalCard:
    """What stands on a card."""

    tongues: Tongues
    first_name: str
    number: str
    link: str
    """The short address that its code holds."""
    centre: Centre
    made_at: datetime


def card_pdf(card: PersonalCard, size: PaperSize, *, compress: bool = True) -> bytes:
    """The card as a PDF, in its true size on either paper: front and back side by side, with a fold."""
    on_its_side = size is PaperSize.A5
    sheet = Sheet(size, card.tongues.theirs, made_at=card.made_at, on_its_side=on_its_side, compress=compress)
    head = Head(tongues=card.tongues, title=_title(card.tongues.theirs), kind=_title(card.tongues.ours))
    head.draw(sheet)
    _how_to(card).draw(sheet)
    sheet.top += 8
    start = (sheet.width - 2 * WIDE) / 2
    sheet.frame(start=start, width=2 * WIDE, height=HIGH, fold=WIDE)
    _front(sheet, card, start, sheet.top)
    _back(sheet, card, start + WIDE, sheet.top)
    return sheet.finished()


def _title(language: str) -> str:
    return translations(language).gettext("Your card")


def _how_to(card: PersonalCard) -> Text:
    theirs, ours = card.tongues.theirs, card.tongues.ours
    said = [Paragraph(_cut(theirs), theirs, 12)]
    if card.tongues.are_two:
        said.append(beside(_cut(ours), ours))
    return Text(said, theirs, gap=3)


def _cut(language: str) -> str:
    return translations(language).gettext("Cut along the line, and fold the card in the middle.")


def _front(sheet: Sheet, card: PersonalCard, start: float, top: float) -> None:
    theirs, ours = card.tongues.theirs, card.tongues.ours
    sheet.picture("logo", start=start + _EDGE, width=8, top=top + _EDGE, line=4)
    service = [Paragraph("Schakel", "en", 12, bold=True, colour=IRIS)]
    sheet.write(service, start=start + _EDGE + 10, width=30, top=top + _EDGE + 0.2, language=theirs)
    wide = WIDE - 2 * _EDGE - _CODE - 3
    name = [Paragraph(_mine(theirs), theirs, 10, colour=SOFT, gap=1)]
    # A name in letters that we cannot draw stays off: the number below says whose card it is.
    if first_name := name_on_paper(card.first_name):
        cut = _first_line(first_name, sheet, wide)
        name.insert(0, Paragraph(cut, theirs, 16, bold=True, colour=INK))
    if card.tongues.are_two:
        name.append(Paragraph(_mine(ours), ours, 8.5, colour=SOFT))
    sheet.write(name, start=start + _EDGE, width=wide, top=top + 17, language=theirs)
    number = [Paragraph(card.number, "en", 12, bold=True, colour=IRIS)]
    sheet.write(number, start=start + _EDGE, width=wide, top=top + HIGH - _EDGE - 5.4, language=theirs)
    sheet.code(card.link, start=start + WIDE - _EDGE - _CODE, side=_CODE, top=top + _EDGE)
    link = [Paragraph(card.link, "en", 6, colour=SOFT)]
    under = top + _EDGE + _CODE + 1.2
    sheet.write(link, start=start + WIDE - _EDGE - _CODE, width=_CODE, top=under, language="en")


def _back(sheet: Sheet, card: PersonalCard, start: float, top: float) -> None:
    theirs, ours = card.tongues.theirs, card.tongues.ours
    wide = WIDE - 2 * _EDGE
    said = [Paragraph(each, theirs, 9.5) for each in _what_for(theirs)]
    if card.tongues.are_two:
        said += [Paragraph(each, ours, 8, colour=SOFT, gap=0.8) for each in _what_for(ours)]
    sheet.write(said, start=start + _EDGE, width=wide, top=top + _EDGE - 1.5, language=theirs)
    sheet.picture("phone", start=start + _EDGE, width=6, top=top + HIGH - _EDGE - 10)
    phone = [Paragraph(card.centre.phone, "en", 15, bold=True, colour=IRIS)]
    sheet.write(
        phone, start=start + _EDGE + 8, width=wide - 8, top=top + HIGH - _EDGE - 10.4, language=theirs
    )
    names = [Paragraph(f"{' & '.join(card.centre.people)} · {card.centre.place}", "en", 8.5, colour=SOFT)]
    sheet.write(names, start=start + _EDGE, width=wide, top=top + HIGH - _EDGE - 3, language=theirs)


def _first_line(name: str, sheet: Sheet, wide: float) -> str:
    """A name that is too long for two lines is cut: the card has no room for more."""
    while sheet.height([Paragraph(name, "en", 16, bold=True)], wide) > 16:
        name = name.rstrip("…")[:-1] + "…"
    return name


def _mine(language: str) -> str:
    return translations(language).gettext("My card as a volunteer")


def _what_for(language: str) -> tuple[str, ...]:
    _ = translations(language).gettext
    return (
        _("This card opens your own file. You need no password."),
        _("Lost it? Call us. Then the card stops working and you get a new one."),
    )
