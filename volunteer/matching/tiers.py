"""The filter: which roles a person can be shown at all, and how sure that is.

Truth table for a must need: yes fits; arrangeable fits, and is arranged; unknown fits to
ask; no is out. Hard besides: a needed language level, hours that cannot overlap, a role
that is closed, full or over, and one this person refused before.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from volunteer.matching.people import Answers, Person, answers_for
from volunteer.matching.snapshot import Masks, Numbers, Rows, Snapshot


class Tier(StrEnum):
    """A: all fits. B: something is arranged. C: something is asked first. Out: not shown."""

    A = "A"
    B = "B"
    C = "C"
    OUT = "out"


TIER_ORDER = (Tier.OUT, Tier.A, Tier.B, Tier.C)
"""The tier of each number in the column ``SortedRoles.tiers``."""
OUT, A, B, C = range(4)


@dataclass(frozen=True, eq=False)
class SortedRoles:
    """The n roles of a snapshot that one person can be shown; shape (n,) each, unless said otherwise."""

    size: int
    """N: how many roles the snapshot has."""
    rows: Rows
    """Their rows in the snapshot, ascending."""
    fitting: npt.NDArray[np.uint8]
    """Their tiers: ``A``, ``B`` or ``C``."""
    answers: Answers
    """Of all roles: (N,) each."""
    arranged: Masks
    """Must needs that would be arranged."""
    asked: Masks
    """Must needs nobody has answered yet."""
    language_questions: Masks
    """Needed languages of which the person gave no level."""
    turns: Numbers
    """Part of a usual turn they can do at best."""

    @cached_property
    def tiers(self) -> npt.NDArray[np.uint8]:
        """(N,): the tier of every role, those that are out included."""
        found = np.full(self.size, OUT, dtype=np.uint8)
        found[self.rows] = self.fitting
        return found


def sort_into_tiers(snapshot: Snapshot, person: Person) -> SortedRoles:
    """Return the tier of every role for this person on the day of the snapshot.

    What is cheap is asked of all roles, the rest only of those that are left.
    """
    answers = answers_for(snapshot, person)
    must = np.uint64(person.must)
    turns = snapshot.hours.best_turns(person.free)
    possible = snapshot.available & (turns > 0)
    if person.must:
        possible &= (answers.no & must) == 0
    for bit, level in person.levels.items():
        # A level too low excludes; a language the person did not mention does not.
        possible &= snapshot.needed[bit] <= level
    for refused in person.facts.refused & snapshot.row_of.keys():
        possible[snapshot.row_of[refused]] = False
    rows = np.flatnonzero(possible)
    arranged = answers.arrangeable[rows] & must
    asked = must & ~(answers.yes[rows] | answers.arrangeable[rows] | answers.no[rows])
    language_questions = snapshot.needed_languages[rows] & ~np.uint64(person.told_languages)
    fitting = A + (arranged != 0).astype(np.uint8)
    fitting[(asked | language_questions) != 0] = C
    return SortedRoles(
        size=len(snapshot),
        rows=rows,
        fitting=fitting,
        answers=answers,
        arranged=arranged,
        asked=asked,
        language_questions=language_questions,
        turns=turns[rows],
    )
