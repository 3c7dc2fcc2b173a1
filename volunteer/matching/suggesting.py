"""What a person is shown: the best roles that fit, then the best ones that are worth asking about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from uuid import UUID

import numpy as np

from volunteer.domain.access import Answer, NeedState, Strength, need_state
from volunteer.domain.matching_facts import PersonFacts
from volunteer.matching import tiers
from volunteer.matching.exposure import FAIRNESS, FEW_ROLES, NOTHING_SHOWN, Exposure
from volunteer.matching.masks import ACCESS_BITS, LANGUAGE_BITS, codes_in
from volunteer.matching.people import Person
from volunteer.matching.scoring import HAND_WEIGHTS, Scores, Weights, score, travel_minutes
from volunteer.matching.snapshot import Flags, Numbers, Rows, Snapshot
from volunteer.matching.tiers import TIER_ORDER, SortedRoles, Tier, sort_into_tiers

PLACES_SHOWN = 8
MOST_OF_ONE_ORGANISATION = 3
"""More are shown only when nothing else is left of what has its turn (``_Ranking._turns``), or by lot."""
EQUAL_SCORES = 9
"""Decimals up to which two scores are told apart."""
SURE_SEATS = 3
"""So many of the places shown are for sure roles, if there are any, whatever work they are."""
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
    """What each term that the person told enough for adds to the score."""
    values: Mapping[str, float]
    """The value of each of these terms, between 0 and 1: what weights are learned from."""
    needs: Mapping[str, NeedState]
    """Every need of the person, must and nice."""
    questions: tuple[str, ...]
    """Must needs that the organisation has to answer first, and can."""
    language_questions: tuple[str, ...]
    """Languages the role needs, of which the person gave no level."""
    travel_minutes: float | None = None
    """How long the way takes by the table of minutes; ``None`` where only the distance is known."""
    explored: bool = False
    """Drawn by lot, so that roles the score puts low are tried too."""


def suggest(
    snapshot: Snapshot,
    person: PersonFacts,
    limit: int = PLACES_SHOWN,
    *,
    weights: Weights = HAND_WEIGHTS,
    exposure: Exposure = NOTHING_SHOWN,
    fairness: float = FAIRNESS,
) -> list[Match]:
    """Return at most ``limit`` roles: tiers A and B, then C, each by score less what they were shown lately.

    Seats go to sure roles that suit the person's wishes; then, but for a few that stay for other sure ones,
    to roles that suit and where something is asked first. Otherwise somebody with needs would be shown only
    what happens to be sure, and nobody would be asked for what they came for. One seat of a full list goes to
    a role drawn by lot (``_explored``). Equals are ordered by how many nice-to-have needs are met, then by
    opportunity id.
    """
    compiled = Person.of(person)
    sorted_roles = sort_into_tiers(snapshot, compiled)
    rows = sorted_roles.rows
    if not len(rows):
        return []
    scores = score(snapshot, compiled, sorted_roles, weights)
    pressure = exposure.pressure(snapshot)[rows]
    costs = fairness * pressure if len(rows) >= FEW_ROLES else np.zeros(len(rows))
    worth = np.round(scores.totals - costs, EQUAL_SCORES)
    ranking = _Ranking(snapshot, compiled, sorted_roles, scores, worth)
    explores = limit >= PLACES_SHOWN and len(rows) > limit
    chosen = ranking.fill(limit - 1 if explores else limit)
    explored = _explored(ranking, chosen, pressure) if explores else None
    if explored is not None:
        chosen.append(explored)
    chosen.sort(key=ranking.place_of)  # stable: equals stay in the order of their turns
    return [
        ranking.match(index, rank, explored=index == explored) for rank, index in enumerate(chosen, start=1)
    ]


def _explored(ranking: _Ranking, chosen: list[int], pressure: Numbers) -> int:
    """Draw one of the roles that were not chosen, by lot: what was shown less has more chance.

    Without it nobody would ever learn whether a role suits that the score puts low. It is drawn from what
    suits the person's wishes, if there is any, and is the same all day, so that a page that is opened again
    does not change.
    """
    left = np.ones(len(ranking.rows), dtype=np.bool_)
    left[chosen] = False
    suiting = left & ranking.suits
    pool = np.flatnonzero(suiting if suiting.any() else left)
    chances = np.cumsum(np.exp(-pressure[pool]))
    seed = ranking.person.facts.candidate_id.bytes + ranking.snapshot.today.toordinal().to_bytes(4)
    lot = int.from_bytes(blake2b(seed, digest_size=8).digest()) / 2**64
    return int(pool[np.searchsorted(chances, lot * chances[-1], side="right")])


def _suits(snapshot: Snapshot, person: Person, rows: Rows) -> Flags:
    """Tell which roles hold a task or are in a sector the person named, and no farther than they will go.

    Who named none is suited by any work. What holds a task they would rather not do, and none they named,
    suits nobody.
    """
    wishes, sectors = np.uint64(person.want | person.learn | person.can), np.uint64(person.sectors)
    tasks = snapshot.tasks[rows]
    is_wished = tasks & wishes != 0
    suits = np.ones(len(rows), dtype=np.bool_)
    if wishes or sectors:
        suits = is_wished | (snapshot.sectors[rows] & sectors != 0)
    if person.unwanted:
        suits &= is_wished | (tasks & np.uint64(person.unwanted) == 0)
    return suits & ~_too_far(snapshot, person, rows)


def _too_far(snapshot: Snapshot, person: Person, rows: Rows) -> Flags:
    most = person.facts.travel_minutes
    minutes = travel_minutes(snapshot, person) if most else None
    if most is None or minutes is None:
        return np.zeros(len(rows), dtype=np.bool_)
    too_far: Flags = minutes[rows] > most  # unknown, NaN, is not
    return too_far


@dataclass(frozen=True, eq=False)
class _Ranking:
    """The rows of a snapshot that fit one person, with their scores; an index counts within these rows."""

    snapshot: Snapshot
    person: Person
    sorted_roles: SortedRoles
    scores: Scores
    worth: Numbers
    """What they are ordered by: the score less what exposure costs, rounded so that equals are equal."""

    @property
    def rows(self) -> Rows:
        """Their rows in the snapshot."""
        return self.sorted_roles.rows

    @cached_property
    def suits(self) -> Flags:
        """Which of them suit what the person would like."""
        return _suits(self.snapshot, self.person, self.rows)

    def fill(self, limit: int) -> list[int]:
        """Return the indexes to show, turn by turn."""
        chosen: list[int] = []
        seen: Counter[UUID] = Counter()
        left = np.ones(len(self.rows), dtype=np.bool_)
        for wanted, up_to in self._turns(limit):
            if len(chosen) >= up_to:
                continue
            best = self._best(np.flatnonzero(wanted & left), up_to - len(chosen), seen)
            left[best] = False
            chosen.extend(best)
        return chosen

    def _turns(self, limit: int) -> Iterator[tuple[Flags, int]]:
        """Yield who may take seats, turn by turn, and how many may be taken when the turn is over."""
        to_ask = self.sorted_roles.fitting == tiers.C
        yield ~to_ask & self.suits, limit
        yield ~to_ask, min(SURE_SEATS, limit)
        yield to_ask & self.suits, limit
        yield ~to_ask, limit
        yield to_ask, limit

    def _best(self, pool: Rows, wanted: int, seen: Counter[UUID]) -> list[int]:
        """Return the best of a pool; ``seen`` counts what each organisation already has."""
        candidates = pool
        if len(pool) > _WINDOW:
            worth = self.worth[pool]
            candidates = pool[worth >= np.partition(worth, -_WINDOW)[-_WINDOW]]
        picked, passed_over = self._pick(candidates, wanted, seen.copy())
        if len(picked) < wanted and len(candidates) < len(pool):
            picked, passed_over = self._pick(pool, wanted, seen.copy())
        best = picked + passed_over[: wanted - len(picked)]
        seen.update(self._organisation(index) for index in best)
        return best

    def place_of(self, index: int) -> tuple[bool, float]:
        """Return what the shown list is ordered by: sure ones before ones to ask, then what is worth most."""
        return bool(self.sorted_roles.fitting[index] == tiers.C), -float(self.worth[index])

    def match(self, index: int, rank: int, *, explored: bool) -> Match:
        """Return one row as it is shown."""
        row, needs = int(self.rows[index]), self.person.facts.needs
        states = {code: need_state(strength, self._answer(row, code)) for code, strength in needs.items()}
        return Match(
            opportunity_id=self.snapshot.opportunity_ids[row],
            rank=rank,
            tier=TIER_ORDER[self.sorted_roles.fitting[index]],
            score=float(self.scores.totals[index]),
            parts=self.scores.parts_of(index),
            values=self.scores.values_of(index),
            travel_minutes=self._table_minutes(row),
            explored=explored,
            needs=states,
            questions=tuple(
                code
                for code, state in states.items()
                if state is NeedState.ASK
                and needs[code] is Strength.MUST
                and code not in self.person.own_to_tell
            ),
            language_questions=tuple(
                codes_in(int(self.sorted_roles.language_questions[index]), LANGUAGE_BITS)
            ),
        )

    def _pick(self, candidates: Rows, wanted: int, seen: Counter[UUID]) -> tuple[list[int], list[int]]:
        """Walk down the order; return what is taken, and what was passed over for its organisation."""
        picked: list[int] = []
        passed_over: list[int] = []
        for index in self._in_order(candidates):
            organisation = self._organisation(index)
            if seen[organisation] >= MOST_OF_ONE_ORGANISATION:
                passed_over.append(index)
                continue
            seen[organisation] += 1
            picked.append(index)
            if len(picked) == wanted:
                break
        return picked, passed_over

    def _in_order(self, candidates: Rows) -> Iterable[int]:
        rows = self.rows[candidates]
        answers = self.sorted_roles.answers
        nice = np.uint64(self.person.nice)
        met = np.bitwise_count((answers.yes[rows] | answers.arrangeable[rows]) & nice).astype(np.int64)
        order: list[int] = candidates[np.lexsort((rows, -met, -self.worth[candidates]))].tolist()
        return order

    def _table_minutes(self, row: int) -> float | None:
        travel = self.snapshot.travel
        start, end = travel.index(self.person.facts.district), int(self.snapshot.districts[row])
        return travel.minutes_at(start, end)

    def _organisation(self, index: int) -> UUID:
        return self.snapshot.organisation_ids[int(self.rows[index])]

    def _answer(self, row: int, code: str) -> Answer | None:
        bit, answers = ACCESS_BITS[code], self.sorted_roles.answers
        if int(answers.yes[row]) >> bit & 1:
            return Answer.YES
        if int(answers.arrangeable[row]) >> bit & 1:
            return Answer.ARRANGEABLE
        return Answer.NO if int(answers.no[row]) >> bit & 1 else None
