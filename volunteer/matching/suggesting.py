"""What a person is shown: the best roles that fit, then the best ones that are worth asking about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from volunteer.domain.access import Answer, NeedState, Strength, need_state
from volunteer.domain.matching_facts import PersonFacts
from volunteer.matching import tiers
from volunteer.matching.masks import ACCESS_BITS, LANGUAGE_BITS, codes_in
from volunteer.matching.people import Person
from volunteer.matching.scoring import HAND_WEIGHTS, Scores, Weights, score
from volunteer.matching.snapshot import Flags, Numbers, Rows, Snapshot
from volunteer.matching.tiers import TIER_ORDER, SortedRoles, Tier, sort_into_tiers

PLACES_SHOWN = 8
MOST_OF_ONE_ORGANISATION = 3
"""More are shown only when nothing else of the same tiers is left."""
EQUAL_SCORES = 9
"""Decimals up to which two scores are told apart."""
SURE_SEATS = 3
"""So many of the places shown are for sure roles, if there are any, whatever work they are."""
_NO_ROWS = np.empty(0, dtype=np.intp)
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
    """Return at most ``limit`` roles: tiers A and B by score, then C by score.

    Seats go to sure roles that suit the person's wishes; then, but for a few that stay for other sure ones,
    to roles that suit and where something is asked first. Otherwise somebody with needs would be shown only
    what happens to be sure, and nobody would be asked for what they came for. Equal scores are ordered by how
    many nice-to-have needs are met, then by opportunity id.
    """
    compiled = Person.of(person)
    sorted_roles = sort_into_tiers(snapshot, compiled)
    chosen: list[tuple[_Ranking, int]] = []
    seen: Counter[UUID] = Counter()
    shown = np.zeros(len(snapshot), dtype=np.bool_)
    for wanted, up_to in _turns(snapshot, compiled, sorted_roles, limit):
        rows = np.flatnonzero(wanted & ~shown) if len(chosen) < up_to else _NO_ROWS
        if not len(rows):
            continue
        scores = score(snapshot, compiled, sorted_roles, rows, weights)
        ranking = _Ranking(snapshot, compiled, sorted_roles, rows, scores)
        best = ranking.best(up_to - len(chosen), seen)
        shown[rows[best]] = True
        chosen.extend((ranking, index) for index in best)
    chosen.sort(key=lambda seat: seat[0].place_of(seat[1]))  # stable: equals stay in the order of their turns
    return [ranking.match(index, rank) for rank, (ranking, index) in enumerate(chosen, start=1)]


def _turns(
    snapshot: Snapshot, person: Person, sorted_roles: SortedRoles, limit: int
) -> Iterator[tuple[Flags, int]]:
    """Yield which roles may take seats, turn by turn, and how many may be taken when the turn is over."""
    sure = (sorted_roles.tiers == tiers.A) | (sorted_roles.tiers == tiers.B)
    to_ask = sorted_roles.tiers == tiers.C
    suits = _suits_wishes(snapshot, person)
    yield sure & suits, limit
    yield sure, min(SURE_SEATS, limit)
    yield to_ask & suits, limit
    yield sure, limit
    yield to_ask, limit


def _suits_wishes(snapshot: Snapshot, person: Person) -> Flags:
    """Tell which roles hold a task or are in a sector the person named; all of them if they named none."""
    wishes = np.uint64(person.want | person.learn | person.can)
    sectors = np.uint64(person.sectors)
    if not wishes and not sectors:
        return np.ones(len(snapshot), dtype=np.bool_)
    suits: Flags = (snapshot.tasks & wishes != 0) | (snapshot.sectors & sectors != 0)
    return suits


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

    def place_of(self, index: int) -> tuple[bool, float]:
        """Return what the shown list is ordered by: sure ones before ones to ask, then the best score."""
        is_to_ask = bool(self.sorted_roles.tiers[self.rows[index]] == tiers.C)
        return is_to_ask, -round(float(self.scores.totals[index]), EQUAL_SCORES)

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
