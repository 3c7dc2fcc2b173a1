"""Blank cards for a group: eight on a sheet of A4, to cut apart; each with its own code, and no name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from volunteer import times_in_words
from volunteer.config import Centre
from volunteer.documents.sheet import INK, IRIS, SOFT, PaperSize, Sheet, Tongues
from volunteer.documents.writing import Paragraph
from volunteer.translation import isolated, translations

PER_SHEET = 8
_ACROSS = 2
_PAD = 5.0
_CODE = 30.0
_GAP = 4.0
_FOOT = 7.0
"""Of each card: the phone, until when it works, its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankCard:
    """What stands on one card and on no other."""

    number: int
    language: str
    code: str
    """In parts, as a person types it."""
    link: str
    """The address that its square holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankCards:
    """Cards, and what all of them share."""

    cards: Sequence[BlankCard]
    ours: str
    """The language of the desk."""
    typed_at: str
    """The short address where a code can be typed."""
    until: datetime
    time_zone: str
    centre: Centre
    made_at: datetime


def blank_cards_pdf(printed: BlankCards, *, compress: bool = True) -> bytes:
    """The cards by language, in the order of their number, with lines to cut along."""
    sheet: Sheet | None = None
    for language, cards in _sheets(printed.cards):
        if sheet is None:
            sheet = Sheet(PaperSize.A4, language, made_at=printed.made_at, compress=compress)
        else:
            sheet.begin_another(language, scale=1.0)
        wide, high = sheet.width / _ACROSS, sheet.left / (PER_SHEET / _ACROSS)
        for place, card in enumerate(cards):
            row, column = divmod(place, _ACROSS)
            _draw(sheet, printed, card, _Box(column * wide, sheet.top + row * high, wide, high))
    if sheet is None:
        raise ValueError("there is nothing to print")
    return sheet.finished()


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a card stands on its sheet, in millimetres."""

    start: float
    top: float
    width: float
    height: float

    @property
    def inner(self) -> float:
        return self.width - 2 * _PAD

    @property
    def foot(self) -> float:
        return self.top + self.height - _PAD - _FOOT


def _sheets(cards: Sequence[BlankCard]) -> Iterator[tuple[str, list[BlankCard]]]:
    """A sheet has one language: it is read from one side."""
    in_order = sorted(cards, key=lambda card: (card.language, card.number))
    for language, group in groupby(in_order, key=lambda card: card.language):
        found = list(group)
        for begin in range(0, len(found), PER_SHEET):
            yield language, found[begin : begin + PER_SHEET]


def _draw(sheet: Sheet, printed: BlankCards, card: BlankCard, box: _Box) -> None:
    sheet.frame(start=box.start, width=box.width, height=box.height, top=box.top)
    start, top = box.start + _PAD, box.top + _PAD
    sheet.picture("logo", start=start, width=8, top=top, line=4)
    service = [Paragraph("Schakel", "en", 12, bold=True, colour=IRIS)]
    sheet.write(service, start=start + 10, width=30, top=top + 0.2, language=card.language)
    words = _words(Tongues(theirs=card.language, ours=printed.ours))
    sheet.write(words, start=start, width=box.inner - _CODE - _GAP, top=top + 10, language=card.language)
    code_start = box.start + box.width - _PAD - _CODE
    sheet.code(card.link, start=code_start, side=_CODE, top=top)
    typed = [
        Paragraph(card.code, "en", 9.5, bold=True, colour=INK),
        Paragraph(printed.typed_at, "en", 6.5, colour=SOFT, gap=1),
    ]
    sheet.write(typed, start=code_start, width=_CODE, top=top + _CODE + 2, language="en")
    _foot(sheet, printed, card, box)


def _words(tongues: Tongues) -> list[Paragraph]:
    title, how = _said(tongues.theirs)
    found = [
        Paragraph(title, tongues.theirs, 15, bold=True, colour=INK),
        Paragraph(how, tongues.theirs, 10.5, gap=3),
    ]
    if tongues.are_two:
        title, how = _said(tongues.ours)
        found.append(Paragraph(f"{title}. {how}", tongues.ours, 8.5, colour=SOFT, gap=4))
    return found


def _foot(sheet: Sheet, printed: BlankCards, card: BlankCard, box: _Box) -> None:
    start = box.start + _PAD
    sheet.picture("phone", start=start, width=5.5, top=box.foot + 1)
    day = times_in_words.full_date(printed.until, card.language, printed.time_zone)
    works = translations(card.language).gettext("Works until %(day)s.")
    said = [
        Paragraph(printed.centre.phone, "en", 12, bold=True, colour=IRIS),
        Paragraph(works % isolated({"day": day}, card.language), card.language, 8, colour=SOFT),
    ]
    sheet.write(said, start=start + 8, width=box.inner - 24, top=box.foot, language=card.language)
    number = [Paragraph(str(card.number), "en", 16, bold=True, colour=SOFT)]
    sheet.write(
        number,
        start=box.start + box.width - _PAD - 16,
        width=16,
        top=box.foot + 1,
        language=card.language,
        at_end=True,
    )


def _said(language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    return (
        _("Become a volunteer"),
        _("Scan this with your phone, or bring this card to us. You decide what you tell."),
    )
