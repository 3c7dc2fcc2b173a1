"""One person in the same numbers as the snapshot, and the answers that depend on who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from volunteer.domain.access import OTHER_LANGUAGE, SIGN_LANGUAGE, Strength
from volunteer.domain.languages import COMFORTABLE_LEVEL
from volunteer.domain.matching_facts import PersonFacts
from volunteer.matching.hours import FreeTime
from volunteer.matching.masks import (
    ACCESS_BITS,
    LANGUAGE_BITS,
    SECTOR_BITS,
    SIGN_LANGUAGE_MASK,
    TASK_BITS,
    mask_of,
    unit_vector,
)
from volunteer.matching.snapshot import Flags, Masks, Numbers, Snapshot


class Answers(NamedTuple):
    """The three disjoint access masks as they are for one person, shape (N,) each."""

    yes: Masks
    arrangeable: Masks
    no: Masks


@dataclass(frozen=True, slots=True)
class Person:
    """What the engine computes with; masks are plain ints below 2**64."""

    facts: PersonFacts
    must: int
    nice: int
    levels: Mapping[int, int]
    """Level by bit of the language, for the languages they told us about."""
    told_languages: int
    own_languages: int
    """What they speak well; where nothing is well, what they speak best."""
    signed_languages: int
    free: FreeTime | None
    """Where hours set a limit."""
    vector: Numbers | None
    want: int
    learn: int
    can: int
    unwanted: int
    """Tasks they would rather not do."""
    sectors: int

    @property
    def own_to_tell(self) -> frozenset[str]:
        """Needs that follow from languages this person did not tell us: no organisation can answer them."""
        untold = ((OTHER_LANGUAGE, self.own_languages), (SIGN_LANGUAGE, self.signed_languages))
        return frozenset(code for code, languages in untold if not languages)

    @classmethod
    def of(cls, facts: PersonFacts) -> Self:
        """Return the numbers of a person; an unknown code raises ``KeyError``."""
        needs, interests = facts.needs, facts.interests
        return cls(
            facts=facts,
            must=mask_of((code for code, each in needs.items() if each is Strength.MUST), ACCESS_BITS),
            nice=mask_of((code for code, each in needs.items() if each is Strength.NICE), ACCESS_BITS),
            levels={LANGUAGE_BITS[code]: level for code, level in facts.languages.items()},
            told_languages=mask_of(facts.languages, LANGUAGE_BITS),
            own_languages=_own_languages(facts.languages),
            signed_languages=SIGN_LANGUAGE_MASK
            & mask_of((code for code, level in facts.languages.items() if level > 0), LANGUAGE_BITS),
            free=FreeTime.of(facts.times),
            vector=np.array(unit_vector(facts.position)) if facts.position else None,
            want=mask_of(interests.want, TASK_BITS),
            learn=mask_of(interests.learn, TASK_BITS),
            can=mask_of(interests.can, TASK_BITS),
            unwanted=mask_of(facts.unwanted_tasks, TASK_BITS),
            sectors=mask_of(interests.sectors, SECTOR_BITS),
        )


def answers_for(snapshot: Snapshot, person: Person) -> Answers:
    """Return the access answers, with the two that follow from languages filled in for this person.

    A team that has not said what it speaks leaves both unknown.
    """
    yes, no = snapshot.yes, snapshot.no
    needs = person.must | person.nice
    if needs >> ACCESS_BITS[OTHER_LANGUAGE] & 1:
        speaks = _speaks_any(snapshot, person.own_languages)
        knowable = (snapshot.team_languages != 0) & (person.own_languages != 0)
        yes, no = _filled(yes, no, OTHER_LANGUAGE, knowable & speaks, knowable & ~speaks)
    if needs >> ACCESS_BITS[SIGN_LANGUAGE] & 1:
        signs = _speaks_any(snapshot, person.signed_languages)
        # There are several sign languages: until we know which one is meant, a team that signs is a question.
        possible = _speaks_any(snapshot, person.signed_languages or SIGN_LANGUAGE_MASK)
        yes, no = _filled(yes, no, SIGN_LANGUAGE, signs, (snapshot.team_languages != 0) & ~possible)
    return Answers(yes, snapshot.arrangeable, no)


def _speaks_any(snapshot: Snapshot, languages: int) -> Flags:
    spoken: Flags = (snapshot.team_languages & np.uint64(languages)) != 0
    return spoken


def _filled(yes: Masks, no: Masks, code: str, is_yes: Flags, is_no: Flags) -> tuple[Masks, Masks]:
    bit = np.uint64(1 << ACCESS_BITS[code])
    return yes | is_yes * bit, no | is_no * bit


def _own_languages(levels: Mapping[str, int]) -> int:
    best = max(levels.values(), default=0)
    threshold = min(best, COMFORTABLE_LEVEL)
    return mask_of((code for code, level in levels.items() if 0 < threshold <= level), LANGUAGE_BITS)
