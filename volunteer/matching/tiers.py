"""The filter: which roles a person can be shown at all, and how sure that is.

Truth table for a must need: yes fits; arrangeable fits, and is arranged; unknown fits to
ask; no is out. Hard besides: a needed language level, hours that cannot overlap, a role
that is closed, full or over, and one this person refused before.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from volunteer.matching.people import Answers, Person, answers_for
from volunteer.matching.snapshot import Flags, Masks, Numbers, Snapshot


class Tier(StrEnum):
    """A: all fits. B: something is arranged. C: something is asked first. Out: not shown."""

    A = "A"
    B = "B"
    C = "C"
    OUT = "out"


TIER_ORDER = (Tier.OUT, Tier.A, Tier.B, Tier.C)
"""The tier of each number in the column ``SortedRoles.tiers``."""
OUT, A, B, C = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class SortedRoles:
    """All roles of a snapshot as one person meets them; shape (N,) each."""

    tiers: npt.NDArray[np.uint8]
    answers: Answers
    arranged: Masks
    """Must needs that would be arranged."""
    asked: Masks
    """Must needs nobody has answered yet."""
    language_questions: Masks
    """Needed languages of which the person gave no level."""
    turns: Numbers
    """Part of a usual turn they can do at best; 0 when it is over or the hours cannot overlap."""


def sort_into_tiers(snapshot: Snapshot, person: Person) -> SortedRoles:
    """Return the tier of every role for this person on the day of the snapshot."""
    answers = answers_for(snapshot, person)
    must = np.uint64(person.must)
    arranged = answers.arrangeable & must
    asked = must & ~(answers.yes | answers.arrangeable | answers.no)
    language_questions = snapshot.needed_languages & ~np.uint64(person.told_languages)
    turns = snapshot.hours.best_turns(person.free)
    possible = snapshot.available & (turns > 0)
    possible &= (answers.no & must) == 0
    possible &= _language_level_will_do(snapshot, person)
    for refused in person.facts.refused & snapshot.row_of.keys():
        possible[snapshot.row_of[refused]] = False
    open_questions = (asked != 0) | (language_questions != 0)
    tiers = np.where(open_questions, np.uint8(C), np.where(arranged != 0, np.uint8(B), np.uint8(A)))
    return SortedRoles(
        tiers=np.where(possible, tiers, np.uint8(OUT)),
        answers=answers,
        arranged=arranged,
        asked=asked,
        language_questions=language_questions,
        turns=turns,
    )


def _language_level_will_do(snapshot: Snapshot, person: Person) -> Flags:
    """A level too low excludes; a language the person did not mention does not."""
    will_do = np.ones(len(snapshot), dtype=np.bool_)
    for bit, level in person.levels.items():
        will_do &= snapshot.needed[bit] <= level
    return will_do
