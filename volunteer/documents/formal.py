"""Papers between an organisation and its volunteers: information note, agreement note, certificate.

What the organisation wrote stands in its own language; the headings in the one that was chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from volunteer import times_in_words
from volunteer.documents.pieces import Head, Piece, Text, lay_out
from volunteer.documents.sheet import IRIS, LINE_FIRM, SOFT, PaperSize, Sheet, Tongues
from volunteer.documents.typed import on_one_line, readable
from volunteer.documents.writing import Paragraph
from volunteer.translation import isolated, translations

_SMALLEST = 0.8
_MARGIN = 18.0
_SIGNED = 26.0
"""Room to sign in, in millimetres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What an organisation tells before somebody starts."""

    content: Mapping[str, str]
    version: int
    made_on: datetime
    language: str
    """Of the headings."""
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Who does what there, since when."""

    first_name: str
    role: str
    role_language: str
    started_at: datetime | None
    ended_at: datetime | None = None
    hours: int | None = None
    """Of volunteering in all, where the organisation says so."""


@dataclass(frozen=True, slots=True)
class _Signatures:
    """Lines to sign on, beside each other."""

    who: Sequence[str]
    language: str

    def height(self, _sheet: Sheet) -> float:
        """Millimetres it takes."""
        return _SIGNED

    def draw(self, sheet: Sheet) -> None:
        """Draw them."""
        wide = sheet.width / len(self.who)
        top = sheet.top
        for number, name in enumerate(self.who):
            label = [Paragraph(name, self.language, 10, colour=SOFT)]
            sheet.write(label, start=number * wide, width=wide - 8, top=top + 4, language=self.language)
            sheet.top = top + _SIGNED
            sheet.rule(colour=LINE_FIRM, start=number * wide, width=wide - 8)
        sheet.top = top + _SIGNED


def information_note_pdf(note: Note, size: PaperSize, *, compress: bool = True) -> bytes:
    """The information note: five matters, its version and its day, and room to sign for having read it."""
    _ = translations(note.language).gettext
    pieces = [_head(note, _("Information for volunteers")), *_told(note), *_dated(note)]
    pieces.append(_line(_("I received this note before I started."), note.language, gap=6))
    pieces.append(_Signatures([_("Name, date and signature of the volunteer")], note.language))
    return _drawn(note, size, pieces, compress=compress)


def agreement_pdf(note: Note, placement: Placement, size: PaperSize, *, compress: bool = True) -> bytes:
    """The agreement note of organisations under the Flemish decree of 3 April 2009, to sign by both."""
    _ = translations(note.language).gettext
    pieces = [_head(note, _("What we agree")), *_placed(note, placement), *_told(note)]
    pieces += [_line(_("Days and hours:"), note.language, gap=4), *_dated(note)]
    both = [_("For the organisation"), _("Name, date and signature of the volunteer")]
    pieces.append(_Signatures(both, note.language))
    return _drawn(note, size, pieces, compress=compress)


def certificate_pdf(note: Note, placement: Placement, size: PaperSize, *, compress: bool = True) -> bytes:
    """A certificate: who volunteered where, as what and from when until when; hours where they are said.

    Only the first name is known; the rest is written by hand.
    """
    _ = translations(note.language).gettext
    pieces = [_head(note, _("Certificate of volunteering")), *_placed(note, placement)]
    if placement.hours:
        hours = translations(note.language).ngettext(
            "%(num)d hour in all", "%(num)d hours in all", placement.hours
        )
        pieces.append(_line(hours % {"num": placement.hours}, note.language, gap=2))
    pieces.append(_line(_("Thank you for your time and your work."), note.language, gap=6))
    pieces.append(_Signatures([_("For the organisation: name, date and signature")], note.language))
    return _drawn(note, size, pieces, compress=compress)


def _drawn(note: Note, size: PaperSize, pieces: Sequence[Piece], *, compress: bool) -> bytes:
    sheet = Sheet(size, note.language, made_at=note.made_on, margin=_MARGIN, compress=compress)
    lay_out(sheet, pieces, smallest=_SMALLEST)
    return sheet.finished()


def _head(note: Note, title: str) -> Piece:
    return Head(tongues=Tongues(note.language, note.language), title=title, kind="")


def _told(note: Note) -> list[Piece]:
    """The five matters; the words of the organisation stay as it wrote them."""
    _ = translations(note.language).gettext
    content = note.content
    matters = (
        (_("What we are for"), content["aim"]),
        (_("What kind of organisation we are"), _form(note)),
        (_("Insurance"), content["insurance"]),
        (_("Costs"), content["expenses"]),
        (_("What is not passed on"), content["discretion"]),
    )
    name = Paragraph(on_one_line(content["name"]), content["language"], 15, bold=True)
    return [
        Text([name], note.language, gap=4),
        *(
            Text(
                [
                    Paragraph(heading, note.language, 12, bold=True, colour=IRIS),
                    Paragraph(readable(said), content["language"], 11.5, gap=1),
                ],
                note.language,
                gap=4,
            )
            for heading, said in matters
        ),
    ]


def _form(note: Note) -> str:
    _ = translations(note.language).gettext
    content = note.content
    if content["legal_form"] != "de_facto":
        number = content["enterprise_number"]
        kind = _("An association with legal personality.")
        return f"{kind} {number[:4]}.{number[4:7]}.{number[7:]}" if number else kind
    said = [_("An association without legal personality.")]
    who = isolated({"name": on_one_line(content["responsible_person"])}, note.language)
    said.append(_("%(name)s is responsible.") % who)
    if content["is_volunteer_liable"]:
        said.append(_("Volunteers answer themselves for damage they cause."))
    return " ".join(said)


def _placed(note: Note, placement: Placement) -> list[Piece]:
    _ = translations(note.language).gettext
    who = _("Volunteer: %(name)s") % isolated({"name": on_one_line(placement.first_name)}, note.language)
    pieces: list[Piece] = [
        _line(f"{who} ______________________________", note.language, gap=5),
        _line(
            _("Organisation: %(name)s")
            % isolated({"name": on_one_line(note.content["name"])}, note.language),
            note.language,
            gap=2,
        ),
        _line(
            _("Work: %(role)s") % isolated({"role": on_one_line(placement.role)}, note.language),
            note.language,
            gap=2,
        ),
    ]
    for words, day in ((_("From: %(day)s"), placement.started_at), (_("Until: %(day)s"), placement.ended_at)):
        if day is not None:
            spoken = times_in_words.full_date(day, note.language, note.time_zone)
            pieces.append(_line(words % {"day": spoken}, note.language, gap=2))
    return pieces


def _dated(note: Note) -> list[Piece]:
    _ = translations(note.language).gettext
    day = times_in_words.full_date(note.made_on, note.language, note.time_zone)
    said = _("Version %(version)s, %(day)s") % {"version": note.version, "day": day}
    return [Text([Paragraph(said, note.language, 9.5, colour=SOFT)], note.language, gap=5)]


def _line(text: str, language: str, *, gap: float) -> Piece:
    return Text([Paragraph(text, language, 12)], language, gap=gap)
