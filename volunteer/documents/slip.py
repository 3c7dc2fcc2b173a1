"""The slip: one role on one sheet to take along, in the person's language with the desk's beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from volunteer import times_in_words
from volunteer.config import Centre
from volunteer.documents import pictures
from volunteer.documents.law_table import Law
from volunteer.documents.pieces import Foot, Head, Row, beside, lay_out
from volunteer.documents.roles import RoleOnPaper, ask_for, hours_of, municipality_of, tasks_of
from volunteer.documents.sheet import IRIS, SOFT, PaperSize, Sheet, Tongues
from volunteer.documents.writing import Paragraph
from volunteer.domain.introductions import IntroductionState
from volunteer.services.law import LawNotes
from volunteer.translation import isolated, listed, translations

_SMALLEST = 0.76
_LONG = 34
"""Letters of a line that is still set large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What a slip tells. Nothing in it says what anybody needs."""

    tongues: Tongues
    role: RoleOnPaper
    state: IntroductionState | None
    """How far the introduction is; None for what is only suggested."""
    reply: str | None
    """What the organisation wrote back: when and where to come."""
    agreed_at: datetime | None = None
    """The moment the two agreed on."""
    law: tuple[LawNotes, LawNotes]
    """In the person's language and in the desk's."""
    notes: tuple[tuple[str, str], ...] = ()
    """What the organisation adds for who comes, each with its language: the same for everybody."""
    link: str | None
    """What opens the file."""
    centre: Centre
    today: date
    made_at: datetime


def slip_pdf(slip: Slip, size: PaperSize, *, compress: bool = True) -> bytes:
    """The slip as a PDF; on A4 it is the same, half as large again."""
    scale = 2**0.5 if size is PaperSize.A4 else 1.0
    sheet = Sheet(size, slip.tongues.theirs, made_at=slip.made_at, scale=scale, compress=compress)
    found = (_when(slip), _where(slip), _way(slip), _notes(slip), _whom(slip), _what(slip))
    rows = [row for row in found if row]
    law = Law(tongues=slip.tongues, theirs=slip.law[0], ours=slip.law[1])
    foot = Foot(tongues=slip.tongues, centre=slip.centre, link=slip.link)
    lay_out(sheet, [_head(slip), *rows, law], foot, smallest=_SMALLEST)
    return sheet.finished()


def _head(slip: Slip) -> Head:
    def title(language: str) -> str:
        _ = translations(language).gettext
        return _("Suggestion") if slip.state is None else _("Introduction")

    return Head(tongues=slip.tongues, title=title(slip.tongues.theirs), kind=title(slip.tongues.ours))


def _when(slip: Slip) -> Row:
    theirs, ours = slip.tongues.theirs, slip.tongues.ours
    hours = _agreed(slip, theirs) or hours_of(slip.role, theirs, slip.today)
    large = Paragraph(hours, theirs, 17 if len(hours) <= _LONG else 13, bold=True, colour=IRIS)
    # What they wrote is the appointment: it stands where the hours would.
    first = [large] if slip.agreed_at or not slip.reply else []
    return Row(
        tongues=slip.tongues,
        picture="calendar-event",
        tone="lilac",
        theirs=[*first, *(_reply(slip) or _stands(slip, theirs))],
        ours=[
            beside(_agreed(slip, ours) or hours_of(slip.role, ours, slip.today), ours, bold=True),
            *(beside(each.text, ours) for each in _stands(slip, ours)),
        ],
    )


def _agreed(slip: Slip, language: str) -> str:
    """The agreed moment in words; nothing where there is none."""
    if slip.agreed_at is None:
        return ""
    zone = slip.centre.time_zone
    moment = {
        "day": times_in_words.day(slip.agreed_at, language, zone),
        "hour": times_in_words.hour(slip.agreed_at, zone),
    }
    return translations(language).gettext("You meet on %(day)s, %(hour)s.") % isolated(moment, language)


def _reply(slip: Slip) -> list[Paragraph]:
    """What they wrote, below their yes."""
    if not slip.reply:
        return []
    _ = translations(slip.tongues.theirs).gettext
    return [
        Paragraph(_("They say yes. They write:"), slip.tongues.theirs, 12),
        Paragraph(slip.reply, slip.role.language, 13, bold=True, colour=IRIS, gap=2),
    ]


def _stands(slip: Slip, language: str) -> list[Paragraph]:
    """How far it is, or how often it is."""
    _ = translations(language).gettext
    said = {
        IntroductionState.ASKING: _("We ask them something first. You hear from us."),
        IntroductionState.SENT: _("We asked them. You hear from us."),
        IntroductionState.ACCEPTED: _("They say yes."),
    }
    if slip.state in said:
        return [Paragraph(said[slip.state], language, 11, gap=1)]
    if slip.role.commitment is None:
        return []
    return [Paragraph(times_in_words.how_often(slip.role.commitment, language), language, 11, gap=1)]


def _where(slip: Slip) -> Row:
    role, (theirs, ours) = slip.role, (slip.tongues.theirs, slip.tongues.ours)
    name = Paragraph(
        role.organisation, theirs, 16 if len(role.organisation) <= _LONG else 13, bold=True, colour=IRIS
    )
    if role.is_remote:
        found = [name, Paragraph(translations(theirs).gettext("You do this at home."), theirs, 12)]
        return _row(
            slip, "home", "sky", found, [beside(translations(ours).gettext("You do this at home."), ours)]
        )
    town = municipality_of(role, theirs)
    address = listed(filter(None, (role.street, town)), theirs)
    lines = [Paragraph(address, theirs, 12, bold=True)] if address else []
    welcome = beside(translations(ours).gettext("You are welcome here"), ours, bold=True)
    place = municipality_of(role, ours)
    return _row(
        slip, "map-pin", "lilac", [name, *lines], [welcome, *([beside(place, ours)] if place else [])]
    )


def _way(slip: Slip) -> Row | None:
    """How to get there, in the words of the organisation: names of stops are the same in every language."""
    if not slip.role.getting_there or slip.role.is_remote:
        return None

    def label(language: str) -> str:
        return translations(language).gettext("How to get there")

    theirs = slip.tongues.theirs
    return _row(
        slip,
        "bus-stop",
        "sky",
        [
            Paragraph(label(theirs), theirs, 10, bold=True, colour=SOFT),
            Paragraph(slip.role.getting_there, slip.role.language, 12),
        ],
        [beside(label(slip.tongues.ours), slip.tongues.ours, bold=True)],
    )


def _notes(slip: Slip) -> Row | None:
    if not slip.notes or slip.role.is_remote:
        return None

    def label(language: str) -> str:
        return translations(language).gettext("Good to know when you go")

    theirs = slip.tongues.theirs
    return _row(
        slip,
        "signpost",
        "leaf",
        [
            Paragraph(label(theirs), theirs, 10, bold=True, colour=SOFT),
            *(Paragraph(text, language, 12) for text, language in slip.notes),
        ],
        [beside(label(slip.tongues.ours), slip.tongues.ours, bold=True)],
    )


def _whom(slip: Slip) -> Row:
    def lines(language: str) -> list[str]:
        _ = translations(language).gettext
        return [*filter(None, [ask_for(slip.role, language)]), _("Take this paper with you.")]

    theirs, ours = slip.tongues.theirs, slip.tongues.ours
    said = [Paragraph(each, theirs, 12) for each in lines(theirs)]
    return _row(slip, "user-heart", "coral", said, [beside(each, ours) for each in lines(ours)])


def _what(slip: Slip) -> Row:
    """The tasks in both languages, and the title as the organisation wrote it."""
    theirs, ours = slip.tongues.theirs, slip.tongues.ours
    values = isolated({"title": slip.role.title}, theirs)
    title = translations(theirs).gettext("The role: %(title)s") % values
    tasks = tasks_of(slip.role, theirs)
    picture = slip.role.picture
    return _row(
        slip,
        picture,
        pictures.tone_of(picture),
        [
            *([Paragraph(tasks, theirs, 12, bold=True)] if tasks else []),
            Paragraph(title, theirs, 11 if tasks else 12),
        ],
        [beside(tasks_of(slip.role, ours), ours)] if tasks else [],
    )


def _row(slip: Slip, picture: str, tone: str, theirs: list[Paragraph], ours: list[Paragraph]) -> Row:
    return Row(tongues=slip.tongues, picture=picture, tone=tone, theirs=theirs, ours=ours)
