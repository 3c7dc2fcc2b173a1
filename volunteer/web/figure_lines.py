"""Figures in words: what would open more, to about how many people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from volunteer.domain.access import FEATURES, OTHER_LANGUAGE
from volunteer.domain.figures import TEAM_LANGUAGES, Kind, Reach, language_in
from volunteer.domain.languages import LANGUAGES
from volunteer.queries.figures import ShownFigure
from volunteer.services.figures import Figures
from volunteer.web.dates import spoken_day
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, with the picture of what it is about."""

    picture: str
    text: str
    people: int


@dataclass(frozen=True, slots=True)
class Openings:
    """What to arrange and what to tell, the strongest first; ``day`` in words, ``None`` before the first."""

    day: str | None
    arrange: list[Line]
    tell: list[Line]


def openings(figures: Figures) -> Openings:
    """Return the figures in the reader's language."""
    return Openings(
        _spoken(figures.day),
        [Line(_picture(each), _arrange(each), each.people) for each in figures.of(Kind.ARRANGE)],
        [Line(_picture(each), _tell(each), each.people) for each in figures.of(Kind.TELL)],
    )


def _spoken(day: date | None) -> str | None:
    return spoken_day(day) if day else None


def _picture(figure: ShownFigure) -> str:
    return figure.code if figure.code in FEATURES else OTHER_LANGUAGE


def _arrange(figure: ShownFigure) -> str:
    language = language_in(figure.code)
    if language is not None:
        name = LANGUAGES[language].label(current_language())
        if figure.scope == Reach.CITY:
            return _("If teams also spoke %(language)s", language=name)
        return _("If somebody in your team spoke %(language)s", language=name)
    what = FEATURES[figure.code].label(current_language())
    if figure.scope == Reach.CITY:
        return _("If organisations arranged this: “%(what)s”", what=what)
    if figure.role:
        return _("If you arranged this for the role “%(role)s”: “%(what)s”", what=what, role=figure.role)
    if figure.street:
        return _("If you arranged this at %(place)s: “%(what)s”", what=what, place=figure.street)
    return _("If you arranged this: “%(what)s”", what=what)


def _tell(figure: ShownFigure) -> str:
    if figure.code == TEAM_LANGUAGES:
        if figure.scope == Reach.CITY:
            return _("If organisations told us which languages their teams speak")
        return _("If you told us which languages your team speaks")
    what = FEATURES[figure.code].label(current_language())
    if figure.scope == Reach.CITY:
        return _("If organisations told us whether they have this: “%(what)s”", what=what)
    if figure.role:
        return _(
            "If you told us whether there is this for the role “%(role)s”: “%(what)s”",
            what=what,
            role=figure.role,
        )
    if figure.street:
        return _(
            "If you told us whether there is this at %(place)s: “%(what)s”", what=what, place=figure.street
        )
    return _("If you told us whether you have this: “%(what)s”", what=what)
