"""Logistic regression with a fixed offset, which scikit-learn's own does not have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin

Numbers = npt.NDArray[np.float64]


class OffsetLogisticRegression(ClassifierMixin, BaseEstimator):
    """``P(y = 1) = expit(offset + intercept + X @ coef)``, the most probable under a normal prior at 0.

    It minimises ``sum(log(1 + exp(eta)) - y * eta) + sum(penalties * coef ** 2) / 2``, which is convex, with
    L-BFGS-B (Byrd, Lu, Nocedal and Zhu, 1995). A penalty is one over the variance of the prior of its
    coefficient. ``lower`` bounds each coefficient from below. The intercept has neither.
    """

    def __init__(self, penalties: Sequence[float], lower: Sequence[float]) -> None:
        self.penalties = penalties
        self.lower = lower

    def fit(self, X: Numbers, y: Numbers, offset: Numbers) -> Self:  # noqa: N803 - scikit-learn's name
        """Learn ``coef_`` (p,) and ``intercept_`` from rows (n, p), 0 or 1 (n,), and the fixed part (n,)."""
        design = np.column_stack([np.ones(len(X)), X])
        penalties = np.array([0.0, *self.penalties])

        def loss(coefficients: Numbers) -> tuple[float, Numbers]:
            eta = offset + design @ coefficients
            shrinking = penalties * coefficients
            value = np.logaddexp(0.0, eta).sum() - y @ eta + shrinking @ coefficients / 2
            return float(value), design.T @ (expit(eta) - y) + shrinking

        bounds = [(None, None), *((low, None) for low in self.lower)]
        start = np.zeros(design.shape[1])
        found = minimize(
            loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000, "gtol": 1e-6}
        )
        self.classes_ = np.array([0, 1])
        self.intercept_ = float(found.x[0])
        self.coef_: Numbers = found.x[1:]
        return self

    def predict_proba(self, X: Numbers, offset: Numbers) -> Numbers:  # noqa: N803 - scikit-learn's name
        """Probability of 0 and of 1, (n, 2)."""
        ones: Numbers = expit(offset + self.intercept_ + X @ self.coef_)
        return np.column_stack([1.0 - ones, ones])
