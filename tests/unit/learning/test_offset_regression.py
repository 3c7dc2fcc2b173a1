from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from volunteer.learning.offset_regression import OffsetLogisticRegression

FREE = -np.inf


def data(seed: int, rows: int = 400) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Columns, a fixed part, and outcomes drawn with coefficients 1, -2, 0.5 and intercept -0.3."""
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(rows, 3))
    offset = rng.normal(size=rows) * 2
    eta = offset - 0.3 + columns @ [1.0, -2.0, 0.5]
    return columns, offset, (rng.uniform(size=rows) < 1 / (1 + np.exp(-eta))).astype(float)


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.sampled_from([0.1, 1.0, 30.0]))
def test_without_an_offset_it_is_the_one_of_scikit_learn(seed: int, penalty: float) -> None:
    columns, _, outcomes = data(seed)
    ours = OffsetLogisticRegression([penalty] * 3, [FREE] * 3).fit(columns, outcomes, np.zeros(400))
    theirs = LogisticRegression(C=1 / penalty, tol=1e-8, max_iter=1000).fit(columns, outcomes)
    assert ours.coef_ == pytest.approx(theirs.coef_[0], abs=1e-4)
    assert ours.intercept_ == pytest.approx(theirs.intercept_[0], abs=1e-4)


def test_with_an_offset_it_finds_what_made_the_data() -> None:
    columns, offset, outcomes = data(1, rows=20_000)
    model = OffsetLogisticRegression([1e-6] * 3, [FREE] * 3).fit(columns, outcomes, offset)
    assert [model.intercept_, *model.coef_] == pytest.approx([-0.3, 1.0, -2.0, 0.5], abs=0.1)
    assert model.predict_proba(columns, offset)[:, 1].mean() == pytest.approx(outcomes.mean(), abs=1e-4)


def test_leaving_the_offset_out_would_find_something_else() -> None:
    columns, offset, outcomes = data(1, rows=20_000)
    without = OffsetLogisticRegression([1e-6] * 3, [FREE] * 3).fit(columns, outcomes, 0 * offset)
    assert abs(without.coef_[1] + 2.0) > 0.3


def test_no_coefficient_falls_below_its_bound() -> None:
    columns, offset, outcomes = data(2)
    model = OffsetLogisticRegression([1e-6] * 3, [FREE, -0.5, FREE]).fit(columns, outcomes, offset)
    assert model.coef_[1] == -0.5


def test_a_strong_prior_leaves_nothing_but_the_offset() -> None:
    columns, offset, outcomes = data(3)
    model = OffsetLogisticRegression([1e9] * 3, [FREE] * 3).fit(columns, outcomes, offset)
    assert model.coef_ == pytest.approx(np.zeros(3), abs=1e-5)
