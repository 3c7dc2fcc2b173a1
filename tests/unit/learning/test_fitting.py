"""Everything that people choose here is invented by a known rule: see ``invented.py``."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.factories.facts import TODAY
from tests.unit.learning.invented import EXAMINATION, SLOPE, impressions, weights_with
from tests.unit.matching.strategies import offers, people
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.learning.fitting import (
    FEATURES,
    HAND,
    LEARNED_TERMS,
    LOG_RANK,
    by_term,
    calibrate,
    deviations,
    learn,
    scores_with,
)
from volunteer.learning.impressions import Numbers
from volunteer.matching.people import Person
from volunteer.matching.scoring import ARRANGEMENT, HAND_WEIGHTS, TERMS, score
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.tiers import sort_into_tiers

POLICY = TERMS.index(ARRANGEMENT)


def known_or_not(seed: int, rows: int = 50) -> Numbers:
    rng = np.random.default_rng(seed)
    values = rng.uniform(size=(rows, len(TERMS)))
    values[rng.uniform(size=values.shape) < 0.4] = np.nan
    values[:, POLICY] = rng.uniform(size=rows)  # never unknown
    return values


def apart(one: Numbers, other: Numbers) -> float:
    return float(np.abs(one - other).sum())


def test_it_learns_from_the_terms_and_the_place_on_the_list_and_from_nothing_else() -> None:
    assert (*(term for term in TERMS if term != ARRANGEMENT), LOG_RANK) == FEATURES
    assert set(TERMS) == set(HAND_WEIGHTS.by_term)


def test_neither_needs_nor_who_it_is_can_move_a_weight() -> None:
    shown = impressions(100, HAND)
    other = replace(
        shown,
        needs=~shown.needs,
        person=shown.person[::-1],
        organisation=shown.organisation[::-1],
        shown_list=shown.shown_list[::-1],
        shown_at=shown.shown_at[::-1],
    )
    assert (learn(shown) == learn(other)).all()


@given(offers(), people)
def test_the_score_here_is_the_score_of_the_engine(roles: list[RoleFacts], person: PersonFacts) -> None:
    snapshot, compiled = Snapshot.build(roles, "1", today=TODAY), Person.of(person)
    found = score(snapshot, compiled, sort_into_tiers(snapshot, compiled))
    by_row = [found.values_of(row) for row in range(len(found.totals))]
    values = np.array([[known.get(term, np.nan) for term in TERMS] for known in by_row])
    values = values.reshape(-1, len(TERMS))
    assert scores_with(HAND, values) == pytest.approx(found.totals)


@given(st.integers(0, 10_000))
def test_what_is_regressed_on_is_the_slope_of_the_score(seed: int) -> None:
    values, little = known_or_not(seed), 1e-6
    for column, term in enumerate(LEARNED_TERMS):
        moved = HAND.copy()
        moved[TERMS.index(term)] += little
        slope = (scores_with(moved, values) - scores_with(HAND, values)) / little
        assert deviations(values)[:, column] == pytest.approx(slope, abs=1e-4)


def test_with_much_to_learn_from_it_finds_how_people_choose() -> None:
    truth = weights_with(travel=0.35, tasks=0.1, sectors=0.02)
    shown = impressions(2500, truth)
    assert apart(HAND, truth) > 0.5
    assert apart(learn(shown), truth) < 0.15


def test_it_finds_how_far_down_people_look() -> None:
    found = calibrate(HAND, impressions(2500, HAND))
    assert found.slope == pytest.approx(SLOPE, rel=0.1)
    assert found.examination == pytest.approx(EXAMINATION, abs=0.1)


def test_with_little_to_learn_from_it_stays_with_the_hand() -> None:
    truth = weights_with(travel=0.35, tasks=0.1, sectors=0.02)
    moved = [apart(learn(impressions(people, truth)), HAND) for people in (5, 60, 2500)]
    assert moved == sorted(moved)
    assert moved[0] < 0.1


def test_where_people_choose_as_the_hand_does_it_stays_there() -> None:
    assert apart(learn(impressions(2500, HAND)), HAND) < 0.05


@settings(max_examples=25)
@given(
    st.integers(0, 10_000),
    arrays.arrays(np.bool_, 24),
    st.sampled_from([0.01, 0.05, 10.0]),
)
def test_whatever_happened_the_weights_can_be_used(seed: int, asked: np.ndarray, spread: float) -> None:
    asked[:2] = [True, False]
    shown = impressions(3, HAND, seed=seed)
    weights = learn(replace(shown, outcome=asked.astype(np.intp)), spread=spread)
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1)
    assert weights[POLICY] == pytest.approx(HAND[POLICY])
    assert by_term(weights).keys() == HAND_WEIGHTS.by_term.keys()
