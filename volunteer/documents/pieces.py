"""The pieces documents are made of. Each knows how high it is and draws itself where the sheet stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from volunteer.config import Centre
from volunteer.documents.sheet import IRIS, SOFT, Sheet, Tongues
from volunteer.documents.writing import Paragraph
from volunteer.translation import translations

PLATE, GAP, OURS, PAD = 12.0, 3.6, 47.0, 2.4
_LOGO, _LOGO_HEIGHT, _NAME = 9.4, 6.7, 34.0
_CODE, _CAPTION = 27.0, 27.0


class Piece(Protocol):
    """Something that stands on a sheet, over its whole width."""

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""

    def draw(self, sheet: Sheet) -> None:
        """Draw it at ``sheet.top``, and move that below it."""


def lay_out(
    sheet: Sheet, pieces: Sequence[Piece], foot: Piece | None = None, *, smallest: float = 1.0
) -> None:
    """Put the pieces under each other, none cut in two, and the foot at the end of the last page.

    Before a page is broken everything becomes smaller, down to ``smallest``.
    """
    ends = [foot] if foot else []
    sheet.fit(lambda: sum(each.height(sheet) for each in [*pieces, *ends]), smallest=smallest)
    for each in pieces:
        sheet.keep_together(each.height(sheet))
        each.draw(sheet)
    if foot:
        sheet.keep_together(foot.height(sheet))
        sheet.top = sheet.bottom - foot.height(sheet)
        foot.draw(sheet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The title in the person's language; the service and what this is in the desk's."""

    tongues: Tongues
    title: str
    kind: str

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        return self._words(sheet) + 2.4

    def draw(self, sheet: Sheet) -> None:
        """Draw it, with a firm line below."""
        high = self._words(sheet)
        title, name = self._title(), self._name()
        sheet.write(
            title,
            start=0,
            width=sheet.width - _NAME - _LOGO,
            top=sheet.top + (high - sheet.height(title, sheet.width - _NAME - _LOGO)) / 2,
            language=self.tongues.theirs,
        )
        sheet.picture(
            "logo", start=sheet.width - _LOGO, width=_LOGO, top=sheet.top + (high - _LOGO_HEIGHT) / 2, line=4
        )
        sheet.write(
            name,
            start=sheet.width - _NAME - _LOGO,
            width=_NAME - 2.2,
            top=sheet.top + (high - sheet.height(name, _NAME)) / 2,
            # Towards the logo, which stands where the reading of this sheet ends.
            language=self.tongues.theirs,
            at_end=True,
        )
        sheet.top += high + 1.6
        sheet.rule(colour=IRIS, thickness=0.8)
        sheet.top += 0.8

    def _words(self, sheet: Sheet) -> float:
        title = sheet.height(self._title(), sheet.width - _NAME - _LOGO)
        return max(title, sheet.height(self._name(), _NAME), _LOGO)

    def _title(self) -> list[Paragraph]:
        return [Paragraph(self.title, self.tongues.theirs, 22, bold=True, colour=IRIS)]

    def _name(self) -> list[Paragraph]:
        name = [Paragraph("Schakel", "en", 14, bold=True, colour=IRIS)]
        if self.tongues.are_two:
            name.append(Paragraph(self.kind, self.tongues.ours, 9.5, colour=SOFT))
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A drawing, what it means in the person's language, and the same for who stands beside them."""

    tongues: Tongues
    picture: str
    tone: str
    theirs: Sequence[Paragraph]
    ours: Sequence[Paragraph]
    beside: float = OURS
    """Width of the desk's column."""

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        return self._inside(sheet) + 2 * PAD

    def draw(self, sheet: Sheet) -> None:
        """Draw it, with a fine line below."""
        high, top = self._inside(sheet), sheet.top + PAD
        sheet.plate(self.picture, start=0, side=PLATE, tone=self.tone, top=top + (high - PLATE) / 2)
        wide = self._wide(sheet)
        sheet.write(
            self.theirs,
            start=PLATE + GAP,
            width=wide,
            top=top + (high - sheet.height(self.theirs, wide)) / 2,
            language=self.tongues.theirs,
        )
        if self.tongues.are_two:
            sheet.write(
                self.ours,
                start=sheet.width - self.beside,
                width=self.beside,
                top=top + (high - sheet.height(self.ours, self.beside)) / 2,
                language=self.tongues.ours,
            )
        sheet.top = top + high + PAD
        sheet.rule()

    def _wide(self, sheet: Sheet) -> float:
        return sheet.width - PLATE - GAP - (self.beside + GAP if self.tongues.are_two else 0)

    def _inside(self, sheet: Sheet) -> float:
        ours = sheet.height(self.ours, self.beside) if self.tongues.are_two else 0
        return max(PLATE, sheet.height(self.theirs, self._wide(sheet)), ours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """A person to call, and a code that opens the file."""

    tongues: Tongues
    centre: Centre
    link: str | None
    is_appointment: bool = True
    """Whether there is something one may not be able to come to."""

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes, with the space above it."""
        return 3.0 + max(_CODE if self.link else 0, sheet.height(self._asking(), self._wide(sheet)) + 9.5)

    def draw(self, sheet: Sheet) -> None:
        """Draw it."""
        top = sheet.top + 3.0
        high = self.height(sheet) - 3.0
        if self.link:
            sheet.code(self.link, start=sheet.width - _CODE, side=_CODE, top=top + high - _CODE)
            caption = self._caption()
            sheet.write(
                caption,
                start=sheet.width - _CODE - _CAPTION - 3,
                width=_CAPTION,
                top=top + (high - sheet.height(caption, _CAPTION)) / 2,
                language=self.tongues.theirs,
                at_end=True,
            )
        first, *rest = self._asking()
        wide = self._wide(sheet)
        down = top + (high - sheet.height([first, *rest], wide) - 9.5) / 2
        sheet.write([first], start=0, width=wide, top=down, language=self.tongues.theirs)
        down += sheet.height([first], wide) + 0.6
        sheet.picture("phone", start=0, width=7, top=down + 0.9)
        number = [Paragraph(self.centre.phone, "en", 19, bold=True, colour=IRIS)]
        sheet.write(number, start=9, width=wide - 9, top=down, language=self.tongues.theirs)
        sheet.write(rest, start=0, width=wide, top=down + 9.2, language=self.tongues.theirs)
        sheet.top = top + high

    def _wide(self, sheet: Sheet) -> float:
        return sheet.width - (_CODE + _CAPTION + 5 if self.link else 0)

    def _asking(self) -> list[Paragraph]:
        """First what to call about, then whom; the number stands between them."""
        theirs, ours = self.tongues.theirs, self.tongues.ours
        hours = self.centre.hours.get(theirs, next(iter(self.centre.hours.values())))
        found = [
            Paragraph(self._question(theirs), theirs, 11.5),
            Paragraph(f"{_names(self.centre)} – {hours}", theirs, 9.5, colour=SOFT),
        ]
        if self.tongues.are_two:
            found.append(Paragraph(self._question(ours), ours, 9, colour=SOFT))
        return found

    def _question(self, language: str) -> str:
        _ = translations(language).gettext
        if self.is_appointment:
            return _("A question, or can you not come? One call is enough.")
        return _("A question? One call is enough.")

    def _caption(self) -> list[Paragraph]:
        theirs, ours = self.tongues.theirs, self.tongues.ours
        _ = translations(theirs).gettext
        found = [Paragraph(_("This code opens your file."), theirs, 10)]
        if self.tongues.are_two:
            found.append(
                Paragraph(translations(ours).gettext("This code opens your file."), ours, 8.5, colour=SOFT)
            )
        return found


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs over the whole width, in one language."""

    paragraphs: Sequence[Paragraph]
    language: str
    gap: float = 0.0
    """What is left free above, in millimetres."""
    with_rule: bool = False
    """A fine line below."""

    def height(self, sheet: Sheet) -> float:
        """Millimetres it takes."""
        return self.gap + sheet.height(self.paragraphs, sheet.width) + (PAD if self.with_rule else 0)

    def draw(self, sheet: Sheet) -> None:
        """Draw it."""
        end = sheet.top + self.height(sheet)
        top = sheet.top + self.gap
        sheet.write(self.paragraphs, start=0, width=sheet.width, top=top, language=self.language)
        sheet.top = end
        if self.with_rule:
            sheet.rule()


def beside(text: str, language: str, *, bold: bool = False, gap: float = 0) -> Paragraph:
    """A line of a row in the desk's language."""
    look = IRIS if bold else SOFT
    return Paragraph(text, language, 10 if bold else 9.5, bold=bold, colour=look, gap=gap)


def _names(centre: Centre) -> str:
    return " & ".join(centre.people)
