"""Measures against figures worked out by hand, and against what must always hold."""

from __future__ import annotations

import math
from functools import partial
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.evaluation import measures

GRADES = st.lists(st.integers(0, 3), min_size=1, max_size=12)
AMOUNTS = st.lists(st.integers(0, 50), min_size=1, max_size=30)


def test_precision_by_hand() -> None:
    assert measures.precision_at(5, [2, 0, 3, 1, 0, 3], good=2) == 2 / 5
    assert measures.precision_at(5, [3], good=2) == 1 / 5  # empty places hold nothing
    assert measures.precision_at(5, [], good=2) == 0


def test_discounted_gain_by_hand() -> None:
    assert measures.dcg([3, 2, 0]) == pytest.approx(7 + 3 / math.log2(3))


def test_ndcg_by_hand() -> None:
    shown, possible = [0, 3, 1], [3, 2, 1, 0, 0]
    got = 7 / math.log2(3) + 1 / 2
    best = 7 + 3 / math.log2(3) + 1 / 2
    assert measures.ndcg_at(3, shown, possible) == pytest.approx(got / best)


def test_ndcg_says_nothing_where_nothing_is_possible() -> None:
    assert measures.ndcg_at(5, [0, 0], [0, 0, 0]) is None


def test_gini_by_hand() -> None:
    assert measures.gini([1, 1, 1, 1]) == 0
    assert measures.gini([0, 0, 0, 4]) == pytest.approx(3 / 4)
    assert measures.gini([1, 3]) == pytest.approx(1 / 4)
    assert measures.gini([]) == measures.gini([0, 0]) == 0


def test_lorenz_by_hand() -> None:
    assert measures.lorenz([3, 1], points=3) == pytest.approx([0, 1 / 4, 1])


@given(GRADES)
def test_the_best_order_has_all_of_the_gain(grades: list[int]) -> None:
    best = sorted(grades, reverse=True)
    found = measures.ndcg_at(5, best, grades)
    assert found is None if max(grades) == 0 else found == pytest.approx(1)


@given(GRADES, st.randoms(use_true_random=False))
def test_no_order_has_more_than_the_best(grades: list[int], random: Random) -> None:
    shuffled = list(grades)
    random.shuffle(shuffled)
    found = measures.ndcg_at(5, shuffled, grades)
    assert found is None or -1e-12 <= found <= 1 + 1e-12


@given(GRADES, st.integers(0, 3))
def test_swapping_a_better_one_forward_never_hurts(grades: list[int], extra: int) -> None:
    worse, better = [extra, *grades], [max(extra, grades[0]), min(extra, grades[0]), *grades[1:]]
    assert measures.dcg(better) >= measures.dcg(worse) - 1e-12


@given(AMOUNTS, st.integers(1, 9))
def test_gini_is_half_the_mean_difference_over_the_mean_and_has_no_unit(
    amounts: list[int], times: int
) -> None:
    mean = sum(amounts) / len(amounts)
    pairs = sum(abs(one - other) for one in amounts for other in amounts) / len(amounts) ** 2
    assert measures.gini(amounts) == pytest.approx(pairs / (2 * mean) if mean else 0, abs=1e-9)
    assert measures.gini([times * each for each in amounts]) == pytest.approx(
        measures.gini(amounts), abs=1e-9
    )


@given(AMOUNTS)
def test_a_lorenz_curve_climbs_from_nothing_to_everything_below_the_diagonal(amounts: list[int]) -> None:
    found = measures.lorenz(amounts)
    assert found == sorted(found)
    assert found[0] == 0
    assert found[-1] == pytest.approx(1 if sum(amounts) else 0)
    assert all(value <= at / 20 + 1e-9 for at, value in enumerate(found))


def test_an_interval_holds_the_mean_and_narrows_with_more_people() -> None:
    few, many = np.arange(20.0) % 5, np.arange(2000.0) % 5
    widths = []
    for values in (few, many):
        low, high = measures.interval(len(values), partial(measures.weighted_mean, values), seed=1)
        assert low < values.mean() < high
        widths.append(high - low)
    assert widths[1] < widths[0] / 5


def test_an_interval_is_the_same_for_the_same_seed() -> None:
    values = np.arange(50.0)
    one, other = (
        measures.interval(50, lambda drawn: measures.weighted_mean(values, drawn), seed=3) for _ in range(2)
    )
    assert one == other
