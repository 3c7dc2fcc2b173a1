"""Measures of a ranking, of who gets how much, and of how sure a figure is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

RESAMPLES = 400
CONFIDENCE = 0.95


def precision_at(k: int, grades: Sequence[int], *, good: int) -> float:
    """Return which part of ``k`` places holds a grade of at least ``good``; empty places hold none."""
    return sum(grade >= good for grade in grades[:k]) / k


def dcg(grades: Sequence[int]) -> float:
    """Return the discounted gain of grades in the order shown, with gain ``2**grade - 1``.

    C. Burges et al., "Learning to Rank using Gradient Descent", ICML 2005.
    """
    return float(sum((2.0**grade - 1) / np.log2(place + 1) for place, grade in enumerate(grades, start=1)))


def ndcg_at(k: int, grades: Sequence[int], possible: Sequence[int]) -> float | None:
    """Return the gain of the first ``k`` beside the best possible, 0 to 1; ``None`` if that is nothing.

    ``possible`` holds the grades of everything there is. K. Järvelin and J. Kekäläinen, "Cumulated gain-based
    evaluation of IR techniques", ACM TOIS 20 (4), 2002.
    """
    best = dcg(sorted(possible, reverse=True)[:k])
    return dcg(grades[:k]) / best if best > 0 else None


def gini(amounts: Sequence[float] | Numbers) -> float:
    """Return the Gini coefficient of amounts that are not negative: 0 all alike, near 1 one has it all.

    Half the mean absolute difference over the mean; nothing at all counts as all alike.
    """
    ordered = np.sort(np.asarray(amounts, dtype=np.float64))
    total, number = float(ordered.sum()), len(ordered)
    if total <= 0:
        return 0.0
    ranks = np.arange(1, number + 1)
    return float((2 * (ranks * ordered).sum() / total - (number + 1)) / number)


def lorenz(amounts: Sequence[float] | Numbers, points: int = 21) -> list[float]:
    """Return which part of everything the least served 0, 5, … 100 % have together."""
    ordered = np.sort(np.asarray(amounts, dtype=np.float64))
    running = np.concatenate([[0.0], np.cumsum(ordered)])
    total = running[-1] if running[-1] > 0 else 1.0
    at = np.linspace(0, len(ordered), points)
    return [float(each) for each in np.interp(at, np.arange(len(running)), running / total)]


def share(flags: Sequence[bool] | npt.NDArray[np.bool_]) -> float:
    """Return which part is true; 0 of nothing."""
    return float(np.mean(flags)) if len(flags) else 0.0


def mean(values: Sequence[float] | Numbers) -> float:
    """Return the mean; 0 of nothing."""
    return float(np.mean(values)) if len(values) else 0.0


def interval(
    people: int, statistic: Callable[[Numbers], float], *, seed: int, resamples: int = RESAMPLES
) -> tuple[float, float]:
    """Return a 95 % percentile bootstrap interval over people.

    ``statistic`` gets how often each person is drawn, shape (people,). B. Efron, "Bootstrap Methods: Another
    Look at the Jackknife", Annals of Statistics 7 (1), 1979.
    """
    if not people:
        return 0.0, 0.0
    chance = np.random.default_rng(seed)
    drawn = chance.multinomial(people, np.full(people, 1 / people), size=resamples).astype(np.float64)
    values = [statistic(weights) for weights in drawn]
    low, high = np.quantile(values, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def weighted_mean(values: Numbers, weights: Numbers) -> float:
    """Return the mean of values that are drawn so often; 0 when none is."""
    total = float(weights.sum())
    return float(values @ weights) / total if total else 0.0
