"""What a person is shown: the best roles that fit, then the best ones that are worth asking about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from volunteer.domain.access import Answer, NeedState, Strength, need_state
from volunteer.domain.matching_facts import PersonFacts
from volunteer.matching import tiers
from volunteer.matching.masks import ACCESS_BITS, LANGUAGE_BITS, codes_in
from volunteer.matching.people import Person
from volunteer.matching.scoring import HAND_WEIGHTS, Scores, Weights, score
from volunteer.matching.snapshot import Numbers, Rows, Snapshot
from volunteer.matching.tiers import TIER_ORDER, SortedRoles, Tier, sort_into_tiers

PLACES_SHOWN = 8
MOST_OF_ONE_ORGANISATION = 3
"""More are shown only when nothing else of the same tiers is left."""
EQUAL_SCORES = 9
"""Decimals up to which two scores are told apart."""
_WINDOW = 64
"""Only the best so many are put in order, unless that turns out to be too few."""


@dataclass(frozen=True, slots=True)
class Match:
    """One role as it is shown to one person."""

    opportunity_id: UUID
    rank: int
    """From 1."""
    tier: Tier
    score: float
    parts: Mapping[str, float]
    """What each known term adds to the score."""
    needs: Mapping[str, NeedState]
    """Every need of the person, must and nice."""
    questions: tuple[str, ...]
    """Must needs that the organisation has to answer first, and can."""
    language_questions: tuple[str, ...]
    """Languages the role needs, of which the person gave no level."""


def suggest(
    snapshot: Snapshot,
    person: PersonFacts,
    limit: int = PLACES_SHOWN,
    *,
    weights: Weights = HAND_WEIGHTS,
) -> list[Match]:
    """Return at most ``limit`` roles, best first: tiers A and B by score, then C by score.

    Equal scores are ordered by how many nice-to-have needs are met, then by opportunity id.
    """
    compiled = Person.of(person)
    sorted_roles = sort_into_tiers(snapshot, compiled)
    chosen: list[tuple[_Ranking, int]] = []
    seen: Counter[UUID] = Counter()
    certain = (sorted_roles.tiers == tiers.A) | (sorted_roles.tiers == tiers.B)
    for wanted in (certain, sorted_roles.tiers == tiers.C):
        if len(chosen) >= limit:
            break
        rows = np.flatnonzero(wanted)
        scores = score(snapshot, compiled, sorted_roles, rows, weights)
        ranking = _Ranking(snapshot, compiled, sorted_roles, rows, scores)
        chosen.extend((ranking, index) for index in ranking.best(limit - len(chosen), seen))
    return [ranking.match(index, rank) for rank, (ranking, index) in enumerate(chosen, start=1)]


@dataclass(frozen=True, slots=True, eq=False)
class _Ranking:
    """Some rows of a snapshot with their scores; an index counts within these rows."""

    snapshot: Snapshot
    person: Person
    sorted_roles: SortedRoles
    rows: Rows
    scores: Scores

    def best(self, wanted: int, seen: Counter[UUID]) -> list[int]:
        """Return the indexes to show; ``seen`` counts what each organisation already has."""
        rounded = np.round(self.scores.totals, EQUAL_SCORES)
        candidates = np.arange(len(self.rows))
        if len(candidates) > _WINDOW:
            least = np.partition(rounded, -_WINDOW)[-_WINDOW]
            candidates = np.flatnonzero(rounded >= least)
        picked, passed_over = self._pick(candidates, rounded, wanted, seen.copy())
        if len(picked) < wanted and len(candidates) < len(self.rows):
            picked, passed_over = self._pick(np.arange(len(self.rows)), rounded, wanted, seen.copy())
        best = picked + passed_over[: wanted - len(picked)]
        seen.update(self._organisation(index) for index in best)
        return best

    def match(self, index: int, rank: int) -> Match:
        """Return one row as it is shown."""
        row, needs = int(self.rows[index]), self.person.facts.needs
        states = {code: need_state(strength, self._answer(row, code)) for code, strength in needs.items()}
        return Match(
            opportunity_id=self.snapshot.opportunity_ids[row],
            rank=rank,
            tier=TIER_ORDER[self.sorted_roles.tiers[row]],
            score=float(self.scores.totals[index]),
            parts=self.scores.parts_of(index),
            needs=states,
            questions=tuple(
                code
                for code, state in states.items()
                if state is NeedState.ASK
                and needs[code] is Strength.MUST
                and code not in self.person.own_to_tell
            ),
            language_questions=tuple(codes_in(int(self.sorted_roles.language_questions[row]), LANGUAGE_BITS)),
        )

    def _pick(
        self, candidates: Rows, rounded: Numbers, wanted: int, seen: Counter[UUID]
    ) -> tuple[list[int], list[int]]:
        """Walk down the order; return what is taken, and what was passed over for its organisation."""
        picked: list[int] = []
        passed_over: list[int] = []
        for index in self._in_order(candidates, rounded):
            organisation = self._organisation(index)
            if seen[organisation] >= MOST_OF_ONE_ORGANISATION:
                passed_over.append(index)
                continue
            seen[organisation] += 1
            picked.append(index)
            if len(picked) == wanted:
                break
        return picked, passed_over

    def _in_order(self, candidates: Rows, rounded: Numbers) -> Iterable[int]:
        rows = self.rows[candidates]
        answers = self.sorted_roles.answers
        nice = np.uint64(self.person.nice)
        met = np.bitwise_count((answers.yes[rows] | answers.arrangeable[rows]) & nice).astype(np.int64)
        order: list[int] = candidates[np.lexsort((rows, -met, -rounded[candidates]))].tolist()
        return order

    def _organisation(self, index: int) -> UUID:
        return self.snapshot.organisation_ids[int(self.rows[index])]

    def _answer(self, row: int, code: str) -> Answer | None:
        bit, answers = ACCESS_BITS[code], self.sorted_roles.answers
        if int(answers.yes[row]) >> bit & 1:
            return Answer.YES
        if int(answers.arrangeable[row]) >> bit & 1:
            return Answer.ARRANGEABLE
        return Answer.NO if int(answers.no[row]) >> bit & 1 else None
