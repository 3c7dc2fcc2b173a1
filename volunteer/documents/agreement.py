"""The agreement on data of a referrer, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from volunteer import times_in_words
from volunteer.documents.pieces import Head, Piece, Text, lay_out
from volunteer.documents.sheet import IRIS, SOFT, PaperSize, Sheet, Tongues
from volunteer.documents.typed import on_one_line
from volunteer.documents.writing import Paragraph
from volunteer.domain.referrers import LANGUAGES, Agreement
from volunteer.translation import isolated, translations

_SMALLEST = 0.8
_MARGIN = 18.0


@dataclass(frozen=True, slots=True)
class AgreedBy:
    """Who said yes to it, and when."""

    name: str
    accepted_at: datetime


def agreement_pdf(
    wording: Agreement,
    *,
    organisation: str,
    agreed: AgreedBy | None,
    language: str,
    made_on: datetime,
    time_zone: str,
    size: PaperSize,
    compress: bool = True,
) -> bytes:
    """Its articles, its version, and who said yes when; in English where we have no other."""
    tongue = language if language in LANGUAGES else "en"
    _ = translations(tongue).gettext
    said = _("Version %(version)s") % {"version": wording.version}
    if agreed:
        day = times_in_words.full_date(agreed.accepted_at, tongue, time_zone)
        by = isolated({"name": on_one_line(agreed.name), "day": day}, tongue)
        said = f"{said}. {_('%(name)s said yes on %(day)s.') % by}"
    pieces: list[Piece] = [
        Head(tongues=Tongues(tongue, tongue), title=_("Agreement on data"), kind=""),
        Text([Paragraph(on_one_line(organisation), tongue, 15, bold=True)], tongue, gap=4),
        *(
            Text(
                [
                    Paragraph(title, tongue, 12, bold=True, colour=IRIS),
                    Paragraph(words, tongue, 11.5, gap=1),
                ],
                tongue,
                gap=4,
            )
            for title, words in wording.said_in(tongue)
        ),
        Text([Paragraph(said, tongue, 9.5, colour=SOFT)], tongue, gap=6),
    ]
    sheet = Sheet(size, tongue, made_at=made_on, margin=_MARGIN, compress=compress)
    lay_out(sheet, pieces, smallest=_SMALLEST)
    return sheet.finished()
