"""A person's suggestions on paper: each role in a few lines, numbered, so that one can name the third."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from volunteer.config import Centre
from volunteer.documents import pictures
from volunteer.documents.pieces import Foot, Head, Row, Text, beside, lay_out
from volunteer.documents.roles import RoleOnPaper, ask_for, hours_of, municipality_of, tasks_of
from volunteer.documents.sheet import IRIS, SOFT, PaperSize, Sheet, Tongues
from volunteer.documents.writing import Paragraph
from volunteer.translation import listed, translations

_SCALE = {PaperSize.A4: 1.0, PaperSize.A5: 0.84}
_SMALLEST = 0.92
_BESIDE = 58.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedRole:
    """One role, and why it is on the list; no reason says what somebody needs."""

    role: RoleOnPaper
    fits: Sequence[str]
    """Sentences in the person's language."""
    is_asked_first: bool
    """Something is asked of the organisation before they meet; what it is stays off the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionsOnPaper:
    """What the list tells."""

    tongues: Tongues
    roles: Sequence[SuggestedRole]
    link: str | None
    centre: Centre
    today: date
    made_at: datetime


def suggestions_pdf(found: SuggestionsOnPaper, size: PaperSize, *, compress: bool = True) -> bytes:
    """The list as a PDF: one page of A4 when it can, two when it must."""
    tongues = found.tongues
    sheet = Sheet(size, tongues.theirs, made_at=found.made_at, scale=_SCALE[size], compress=compress)
    head = Head(tongues=tongues, title=_title(tongues.theirs), kind=_title(tongues.ours))
    rows = [_row(found, number, each) for number, each in enumerate(found.roles, start=1)]
    foot = Foot(tongues=tongues, centre=found.centre, link=found.link, is_appointment=False)
    lay_out(sheet, [head, _intro(found), *rows], foot, smallest=_SMALLEST)
    return sheet.finished()


def _title(language: str) -> str:
    return translations(language).gettext("Your suggestions")


def _intro(found: SuggestionsOnPaper) -> Text:
    language = found.tongues.theirs
    _ = translations(language).gettext
    if found.roles:
        said = _("Which one would you like to meet? Tell us the number, or choose it in your file.")
    else:
        said = _("We found nothing that fits yet. We keep looking, and you can always call us.")
    return Text([Paragraph(said, language, 12)], language, gap=2.4, with_rule=True)


def _row(found: SuggestionsOnPaper, number: int, suggested: SuggestedRole) -> Row:
    role, theirs = suggested.role, found.tongues.theirs
    picture = role.picture
    return Row(
        tongues=found.tongues,
        picture=picture,
        tone=pictures.tone_of(picture),
        theirs=[
            Paragraph(f"{number}. {_name(found, role)}", theirs, 13, bold=True, colour=IRIS),
            Paragraph(_place(role, theirs), theirs, 11.5, bold=True),
            *(Paragraph(each, theirs, 11) for each in _lines(found, suggested)),
            *([] if found.tongues.are_two else _way(role, 10)),
        ],
        ours=_beside(found, role),
        beside=_BESIDE,
    )


def _name(found: SuggestionsOnPaper, role: RoleOnPaper) -> str:
    """The tasks in the person's language; the title stands in the column beside, where there is one."""
    tasks = tasks_of(role, found.tongues.theirs)
    if found.tongues.are_two or not tasks:
        return tasks or role.title
    return f"{tasks}: {role.title}" if role.language == found.tongues.theirs else tasks


def _lines(found: SuggestionsOnPaper, suggested: SuggestedRole) -> list[str]:
    language = found.tongues.theirs
    said = [
        hours_of(suggested.role, language, found.today),
        *suggested.fits[:2],
        ask_for(suggested.role, language),
    ]
    if suggested.is_asked_first:
        said.append(translations(language).gettext("We ask them something first. You hear from us."))
    return [each for each in said if each]


def _way(role: RoleOnPaper, size: float) -> list[Paragraph]:
    """How to get there, in the words of the organisation."""
    if not role.getting_there or role.is_remote:
        return []
    return [Paragraph(role.getting_there, role.language, size, colour=SOFT)]


def _beside(found: SuggestionsOnPaper, role: RoleOnPaper) -> list[Paragraph]:
    ours = found.tongues.ours
    hours = hours_of(role, ours, found.today)
    lines = [beside(role.title, ours, bold=True), beside(tasks_of(role, ours), ours), beside(hours, ours)]
    return [*(each for each in lines if each.text), *_way(role, 9)]


def _place(role: RoleOnPaper, language: str) -> str:
    where = translations(language).gettext("At home") if role.is_remote else municipality_of(role, language)
    return listed(filter(None, (role.organisation, where)), language)
