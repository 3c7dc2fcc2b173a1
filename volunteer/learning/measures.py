"""How two ways of ordering the same lists compare, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from volunteer.learning.impressions import Codes, Flags, Numbers
from volunteer.learning.validation import HeldOut

PLACES = 5
_RESAMPLES = 1000
_SURE = (2.5, 97.5)
"""Percentiles: an interval holds the truth 95 times in 100."""
_MOST_CORRECTION = 5.0
"""A wish far down the list counts for more, because few look there; but not without limit."""


@dataclass(frozen=True, slots=True)
class Gain:
    """By how much the learned weights are better (above 0) or worse, with its interval of 95 %."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with the hand weights and with the learned ones."""

    hand: float
    learned: float
    gain: Gain


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sets of weights on the same impressions."""

    impressions: int
    people: int
    wishes: int
    log_loss: Measure
    """Smaller is better; the gain is the decrease, in nats for each impression."""
    ndcg: Measure
    precision: Measure
    """Both of the first five of each list on which somebody was asked for, as a part of the best that any
    order could reach. A wish counts for more where its place was looked at less."""


def compare(held_out: HeldOut, chosen: Flags) -> Comparison | None:
    """Compare on the chosen rows; ``None`` when there are none, or nobody asked to meet anybody."""
    shown = held_out.shown.take(chosen)
    if not shown.asked.any():
        return None
    rows = np.flatnonzero(chosen)
    lists = [rows[shown.shown_list == each] for each in np.unique(shown.shown_list[shown.asked])]
    people = np.array([held_out.shown.person[each[0]] for each in lists])
    orders = np.array([[_order(held_out, each, score) for score in _scores(held_out)] for each in lists])
    return Comparison(
        impressions=len(shown),
        people=len(np.unique(shown.person)),
        wishes=int(shown.asked.sum()),
        log_loss=_measure(
            held_out.hand_loss[chosen], held_out.learned_loss[chosen], shown.person, smaller_is_better=True
        ),
        ndcg=_measure(orders[:, 0, 0], orders[:, 1, 0], people),
        precision=_measure(orders[:, 0, 1], orders[:, 1, 1], people),
    )


def _scores(held_out: HeldOut) -> tuple[Numbers, Numbers]:
    return held_out.hand_score, held_out.learned_score


def _order(held_out: HeldOut, rows: Codes, scores: Numbers) -> tuple[float, float]:
    """NDCG and precision of one list, ordered by these scores (equals as they were shown)."""
    shown = held_out.shown
    corrected = np.minimum(1.0 / held_out.examination[rows], _MOST_CORRECTION)
    # Järvelin and Kekäläinen (2002), with the gain 2 ** grade - 1.
    gains = (2.0 ** shown.outcome[rows] - 1.0) * corrected
    order = np.lexsort((shown.rank[rows], -np.round(scores[rows], 9)))[:PLACES]
    best = np.sort(gains)[::-1][:PLACES]
    discounts = 1.0 / np.log2(np.arange(2, PLACES + 2))
    ndcg = gains[order] @ discounts[: len(order)] / (best @ discounts[: len(best)])
    wishes = shown.asked[rows] * corrected
    return float(ndcg), float(wishes[order].sum() / np.sort(wishes)[::-1][:PLACES].sum())


def _measure(hand: Numbers, learned: Numbers, people: Codes, *, smaller_is_better: bool = False) -> Measure:
    differences = hand - learned if smaller_is_better else learned - hand
    return Measure(float(hand.mean()), float(learned.mean()), gain(differences, people))


def gain(differences: Numbers, people: Codes, *, seed: int = 0) -> Gain:
    """The mean of differences (n,), and its interval when whole people (n,) are drawn anew.

    What one person does in many impressions is not independent: the bootstrap draws people, not impressions
    (Efron and Tibshirani, 1993, chapter 8).
    """
    _, person = np.unique(people, return_inverse=True)
    sums, sizes = np.bincount(person, differences), np.bincount(person)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(sizes), np.full(len(sizes), 1 / len(sizes)), size=_RESAMPLES)
    low, high = np.percentile((drawn @ sums) / (drawn @ sizes), _SURE)
    return Gain(float(differences.mean()), float(low), float(high))
