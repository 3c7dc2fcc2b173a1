"""Figures about what an answer or an arrangement would open, and what may be shown of them.

The rules and their reasons: docs/decisions/0025-figures-that-point-at-nobody.md.
Whether a figure is shown, and where it stands, follows from figures alone, never from a count behind them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log2
from typing import NamedTuple
from uuid import UUID

from volunteer.domain.access import ABOUT_THE_WORK, is_about_the_venue

STEP = 5
"""Counts are shown in steps of this many people, none below it, and change by no less."""
MOST_OF_A_KIND = 3
"""So many arrangements, and so many answers, are named to one organisation."""
MOST_IN_THE_CITY = 10
NEVER_COUNTED = frozenset({"sv.food_prayer", "sv.women_group"})
"""These say something about a belief: arranged where they are asked for, and in no figure."""

TEAM_LANGUAGES = "languages"
"""What can be told about needs that follow from languages: which ones the team speaks."""
_LANGUAGE = "language."


class Kind(StrEnum):
    """What an organisation could do."""

    ARRANGE = "arrange"
    """It said no, and could arrange it."""
    TELL = "tell"
    """It has not said, and could tell us."""


class Reach(StrEnum):
    """Everywhere within what it would be arranged or told."""

    OPPORTUNITY = "opportunity"
    VENUE = "venue"
    ORGANISATION = "organisation"
    CITY = "city"


class Subject(NamedTuple):
    """What one figure is about."""

    reach: Reach
    scope_id: UUID | None
    """``None`` is the city."""
    kind: Kind
    code: str


@dataclass(frozen=True, slots=True)
class Count:
    """A true count of people, and what they weigh together: each 1 / max(1, roles they are sure of now)."""

    people: int
    weight: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """The true count a figure was last made from; it stays behind a seal."""

    people: int
    halvings: int = 0
    """How well off these people were then: each weighed about 1 / 2**halvings, on average."""

    @property
    def figure(self) -> int:
        """What may be said of it: people rounded down to steps, where 0 is not said."""
        return self.people // STEP * STEP

    def moved_to(self, count: Count) -> Anchor:
        """Return the anchor after a day with this count: the same one, until the count is a step away."""
        if abs(count.people - self.people) < STEP:
            return self
        mean = count.weight / count.people if count.people else 1.0
        return Anchor(count.people, max(0, int(-log2(mean))))

    @property
    def pull(self) -> float:
        """By what the figure is put in order: people who have little count for more."""
        return self.figure / 2.0**self.halvings


NEVER_SHOWN = Anchor(0)


def language_code(language: str) -> str:
    """Return the code of arranging that somebody speaks this language."""
    return _LANGUAGE + language


def language_in(code: str) -> str | None:
    """Return the language that a code is about, if it is about one."""
    return code.removeprefix(_LANGUAGE) if code.startswith(_LANGUAGE) else None


def home_of(code: str, *, has_venue: bool) -> Reach:
    """Return where the figure about a code stands for a role: in one place, so that none can be subtracted.

    A door belongs to the venue, or to the role that has none; work that can be done sitting, to the role;
    a buddy and the languages of the team, to the organisation.
    """
    if is_about_the_venue(code):
        return Reach.VENUE if has_venue else Reach.OPPORTUNITY
    return Reach.OPPORTUNITY if code in ABOUT_THE_WORK else Reach.ORGANISATION


def moved(anchors: Mapping[Subject, Anchor], counts: Mapping[Subject, Count]) -> dict[Subject, Anchor]:
    """Return the anchors after a day; what was not counted counts as nobody."""
    nobody = Count(0, 0.0)
    after = {
        subject: anchors.get(subject, NEVER_SHOWN).moved_to(counts.get(subject, nobody))
        for subject in anchors.keys() | counts.keys()
    }
    return {subject: anchor for subject, anchor in after.items() if anchor.people}


def shown(anchors: Mapping[Subject, Anchor], *, people: int) -> dict[Subject, Anchor]:
    """Return the figures that may be shown when so many people were looked at.

    A figure is held back where it could be nearly everybody, and one of the city also where the others of its
    kind and code do not leave it room.
    """
    said = {
        subject: anchor
        for subject, anchor in anchors.items()
        if anchor.figure and highest(anchor.figure) + STEP <= people
    }
    room: dict[tuple[Kind, str], int] = defaultdict(int)
    for subject, anchor in said.items():
        if subject.reach is not Reach.CITY:
            room[subject.kind, subject.code] += lowest(anchor.figure)
    return {
        subject: anchor
        for subject, anchor in said.items()
        if subject.reach is not Reach.CITY or highest(anchor.figure) <= room[subject.kind, subject.code]
    }


def lowest(figure: int) -> int:
    """Return the smallest true count behind a figure that was shown, on any day it stood."""
    return max(0, figure - (STEP - 1))


def highest(figure: int) -> int:
    """Return the largest true count behind a figure, on any day it stood."""
    return figure + 2 * (STEP - 1)


def in_order(figures: Mapping[Subject, Anchor], *, most: int) -> list[tuple[Subject, int]]:
    """Return the first ``most`` subjects with their figure, the strongest pull first."""
    ordered = sorted(figures.items(), key=lambda item: (-item[1].pull, *_name(item[0])))
    return [(subject, anchor.figure) for subject, anchor in ordered[:most]]


def _name(subject: Subject) -> tuple[str, str, str]:
    return subject.kind, subject.code, str(subject.scope_id)
