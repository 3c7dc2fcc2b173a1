"""From impressions to weights: what people choose moves the weights chosen by hand a little.

The engine's score of a role is ``s(w) = sum(w[k] * v[k]) / sum(w[k])`` over the terms ``k`` that the person
told us enough for. The chance that they ask to meet is taken as

    ``logit P = a + b * s(w) + c * log(rank)``

where ``log(rank)`` stands for how likely a place is looked at. With ``w = hand + d``, to first order,

    ``b * s(w) = b * s(hand) + sum(d[k] * b * z[k])``,  ``z[k] = (v[k] - s(hand)) / sum(hand over known)``

and ``z[k] = 0`` where term ``k`` is unknown: it counts neither for nor against. So ``b * s(hand)`` is a fixed
offset, and the regression learns ``d`` under a normal prior at 0 with a small spread: with few data ``d``
stays near 0, which is the hand weights. (In the direction of ``hand`` itself all ``z`` cancel: only the
proportions of the weights can be learned, and only they matter.) ``b`` is found first, with ``d = 0``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from volunteer.learning.impressions import Impressions, Numbers
from volunteer.learning.offset_regression import OffsetLogisticRegression
from volunteer.matching.scoring import ARRANGEMENT, HAND_WEIGHTS, TERMS

LEARNED_TERMS = tuple(term for term in TERMS if term != ARRANGEMENT)
"""How much an organisation's effort counts is a matter of policy, not of what people choose."""
LOG_RANK = "log rank"
FEATURES = (*LEARNED_TERMS, LOG_RANK)
"""All that is learned from. Nothing about the person is among them, nor will be."""

SPREAD = 0.05
"""How far a weight may well be from the one chosen by hand, as the standard deviation of the prior."""
SLOPES = (1.0, 10.0)
"""``b`` at least and at most: neither a hand score that says hardly anything, nor a few impressions that
happen to agree with it, shall let the weights run away."""
_NEARLY_FREE = 1e-3
"""Penalty of what is not shrunk: enough to keep the fit finite when few have asked."""

_LEARNED = np.array([term in LEARNED_TERMS for term in TERMS])
HAND: Numbers = np.array([HAND_WEIGHTS.by_term[term] for term in TERMS])
HAND /= HAND.sum()


@dataclass(frozen=True, slots=True)
class Calibration:
    """``logit P = intercept + slope * score + examination * log(rank)``."""

    intercept: float
    slope: float
    examination: float

    def chances(self, scores: Numbers, rank: Numbers) -> Numbers:
        """The chance, (n,), that each is asked for."""
        chances: Numbers = expit(self.intercept + self.slope * scores + self.examination * np.log(rank))
        return chances


def scores_with(weights: Numbers, values: Numbers) -> Numbers:
    """The engine's score, (n,), of values (n, 8) with weights (8,)."""
    known = ~np.isnan(values)
    weighed = np.where(known, values, 0.0) @ weights
    scores: Numbers = weighed / (known @ weights)
    return scores


def deviations(values: Numbers) -> Numbers:
    """``z`` of the learned terms, (n, 7)."""
    known = ~np.isnan(values)
    score = scores_with(HAND, values)
    apart = np.where(known, values, score[:, np.newaxis]) - score[:, np.newaxis]
    z: Numbers = (apart / (known @ HAND)[:, np.newaxis])[:, _LEARNED]
    return z


def calibrate(weights: Numbers, shown: Impressions) -> Calibration:
    """Find how a score with these weights goes with being asked for."""
    design = np.column_stack([scores_with(weights, shown.values), np.log(shown.rank)])
    model = LogisticRegression(C=1 / _NEARLY_FREE, max_iter=1000).fit(design, shown.asked)
    slope, examination = model.coef_[0]
    return Calibration(float(model.intercept_[0]), float(slope), float(examination))


def learn(shown: Impressions, *, spread: float = SPREAD) -> Numbers:
    """Weights (8,) for these impressions: none below 0, together 1, that of arrangement as by hand."""
    slope = float(np.clip(calibrate(HAND, shown).slope, *SLOPES))
    design = np.column_stack([slope * deviations(shown.values), np.log(shown.rank)])
    shrunk = len(LEARNED_TERMS)
    model = OffsetLogisticRegression(
        penalties=[*[spread**-2] * shrunk, _NEARLY_FREE], lower=[*-HAND[_LEARNED], -np.inf]
    )
    offset = slope * scores_with(HAND, shown.values)
    model.fit(design, shown.asked.astype(float), offset=offset)
    weights = HAND.copy()
    # The bound holds to rounding.
    weights[_LEARNED] = np.maximum(weights[_LEARNED] + model.coef_[:shrunk], 0.0)
    weights[_LEARNED] *= HAND[_LEARNED].sum() / weights[_LEARNED].sum()
    return weights


def by_term(weights: Numbers) -> Mapping[str, float]:
    """The weight of each term, as it is stored."""
    return dict(zip(TERMS, np.round(weights, 6).tolist(), strict=True))
