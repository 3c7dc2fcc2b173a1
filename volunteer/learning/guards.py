"""What learned weights must show before anybody may release them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from volunteer.learning.fitting import HAND
from volunteer.learning.impressions import DIMENSIONS, Flags, Numbers
from volunteer.learning.measures import Comparison, Measure, compare
from volunteer.learning.validation import HeldOut
from volunteer.matching.scoring import ARRANGEMENT, TERMS
from volunteer.services.weights import Verdict

FEWEST_WITH_NEEDS = 100
"""So many held-out impressions of people with needs, or nobody can tell whether they lose."""
FEWEST_OF_A_GROUP = 200
"""A part of them is looked at by itself from here on: below, noise would decide."""
NOISE = 0.01
"""An average loss up to this (nats, or parts of the best order) is not told from none."""

_ROUNDING = 1e-6

EVERYBODY = "everybody"
WITH_NEEDS = "people with needs"


def groups(held_out: HeldOut) -> Mapping[str, Flags]:
    """Whom the comparison is made for: everybody, people with needs, and large parts of them."""
    shown = held_out.shown
    found = {EVERYBODY: np.ones(len(shown), dtype=bool), WITH_NEEDS: shown.with_needs}
    for index, dimension in enumerate(DIMENSIONS):
        if shown.needs[:, index].sum() >= FEWEST_OF_A_GROUP:
            found[f"{dimension} needs"] = shown.needs[:, index]
    return found


def comparisons(held_out: HeldOut) -> dict[str, Comparison | None]:
    """Both sets of weights, for each group."""
    return {name: compare(held_out, chosen) for name, chosen in groups(held_out).items()}


def judge(weights: Numbers, found: Mapping[str, Comparison | None]) -> dict[str, Verdict]:
    """The verdict of every guard."""
    verdicts = {"sane": _sane(weights)}
    everybody = found.get(EVERYBODY)
    if everybody is None:
        words = "Nobody in the impressions that were held out asked to meet anybody."
        return {**verdicts, "better": Verdict(passed=False, words=words)}
    verdicts["better chances"] = _better_chances(everybody.log_loss)
    verdicts["better order"] = _better_order(everybody.ndcg)
    for name, comparison in found.items():
        if name != EVERYBODY:
            verdicts[name] = _nothing_lost(name, comparison)
    return verdicts


def _sane(weights: Numbers) -> Verdict:
    policy = TERMS.index(ARRANGEMENT)
    usable = np.isfinite(weights).all() and (weights >= 0).all() and abs(weights.sum() - 1) < _ROUNDING
    passed = bool(usable and abs(weights[policy] - HAND[policy]) < _ROUNDING)
    words = "No weight is below 0, together they are 1, and that of arrangement is as by hand."
    return Verdict(passed=passed, words=words if passed else f"Not true: {words}")


def _better_chances(log_loss: Measure) -> Verdict:
    passed = log_loss.gain.low > 0
    words = "foretells better who asks to meet whom" if passed else "does not surely foretell any better"
    return Verdict(passed=passed, words=f"On held-out impressions it {words}: {_interval(log_loss)} nats.")


def _better_order(ndcg: Measure) -> Verdict:
    passed = ndcg.gain.mean > 0 and ndcg.gain.low >= -NOISE
    words = "puts lists in a better order" if passed else "does not surely put lists in a better order"
    return Verdict(passed=passed, words=f"It {words}: NDCG@5 {_interval(ndcg)}.")


def _nothing_lost(name: str, comparison: Comparison | None) -> Verdict:
    seen = comparison.impressions if comparison else 0
    if comparison is None or seen < FEWEST_WITH_NEEDS:
        words = f"Too little was shown to {name} to see whether they lose: {seen} impressions held out."
        return Verdict(passed=False, words=f"{words} It takes {FEWEST_WITH_NEEDS}.")
    measures = (comparison.log_loss, comparison.ndcg)
    passed = all(each.gain.high >= 0 and each.gain.mean >= -NOISE for each in measures)
    verb = "lose nothing beyond noise" if passed else "would lose"
    figures = f"{_interval(comparison.log_loss)} nats, NDCG@5 {_interval(comparison.ndcg)}"
    return Verdict(passed=passed, words=f"{name.capitalize()} {verb}: {figures}.")


def _interval(measure: Measure) -> str:
    gain = measure.gain
    return f"{gain.mean:+.4f} ({gain.low:+.4f} to {gain.high:+.4f})"
