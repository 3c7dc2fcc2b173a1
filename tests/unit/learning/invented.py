"""Impressions whose outcomes are invented, by a rule of our own choosing, so that the truth is known."""

from __future__ import annotations

import numpy as np

from volunteer.learning.fitting import HAND, scores_with
from volunteer.learning.impressions import DIMENSIONS, Impressions, Numbers
from volunteer.matching.scoring import TERMS

ON_A_LIST = 8
SLOPE, EXAMINATION, INTERCEPT = 7.0, -0.5, -4.5


def weights_with(**changed: float) -> Numbers:
    """The hand weights with these instead, made to add up to 1."""
    weights: Numbers = np.array([changed.get(term, hand) for term, hand in zip(TERMS, HAND, strict=True)])
    weights /= weights.sum()
    return weights


def impressions(
    people: int, truth: Numbers, *, seed: int = 0, unknown: float = 0.3, shared_needs: float = 0.4
) -> Impressions:
    """Lists of ``people``, put in order by hand; they choose by ``truth`` and how far down they look."""
    rng = np.random.default_rng(seed)
    n = people * ON_A_LIST
    values = rng.uniform(size=(people, ON_A_LIST, len(TERMS)))
    told = rng.uniform(size=(people, 1, len(TERMS))) >= unknown
    told[:, :, -2:] = True  # arrangement and answer time never depend on what a person tells
    values = np.where(told, values, np.nan)
    flat = values.reshape(n, -1)
    by_hand = scores_with(HAND, flat).reshape(people, ON_A_LIST)
    order = np.argsort(-by_hand, axis=1)
    flat = np.take_along_axis(values, order[:, :, np.newaxis], axis=1).reshape(n, -1)
    rank = np.tile(np.arange(1.0, ON_A_LIST + 1), people)
    eta = INTERCEPT + SLOPE * scores_with(truth, flat) + EXAMINATION * np.log(rank)
    asked = rng.uniform(size=n) < 1 / (1 + np.exp(-eta))
    met = asked & (rng.uniform(size=n) < 0.6)
    needs = rng.uniform(size=(people, len(DIMENSIONS))) < shared_needs / 2
    person = np.repeat(np.arange(people), ON_A_LIST)
    return Impressions(
        values=flat,
        rank=rank,
        outcome=asked.astype(np.intp) + met,
        person=person,
        organisation=rng.integers(0, max(people // 10, 10), size=n),
        shown_list=person,
        shown_at=np.repeat(np.sort(rng.uniform(0, 180 * 86400.0, size=people)), ON_A_LIST),
        needs=np.repeat(needs, ON_A_LIST, axis=0),
    )
