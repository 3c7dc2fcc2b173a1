"""Are the learned weights better? Asked on impressions that the learning has not seen, in any respect.

What is held out is later in time than all that is learned from, and shares no person and no organisation
with it. Organisations and people are each dealt into ``FOLDS`` groups; for each pair of groups, weights are
learned from the early impressions outside both and tried on the late impressions inside both. So every late
impression is predicted once, by weights that know nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from volunteer.learning.fitting import HAND, calibrate, learn, scores_with
from volunteer.learning.impressions import Codes, Flags, Impressions, Numbers

FOLDS = 5
EARLY = 0.6
"""The part of the impressions, in order of time, that is learned from."""
_LEAST_CHANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Which rows one set of weights is learned from, and which it is tried on."""

    learned_from: Flags
    tried_on: Flags


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """n late impressions, with what both sets of weights say about each."""

    shown: Impressions
    hand_score: Numbers
    learned_score: Numbers
    """(n,) each: what a list would be ordered by."""
    hand_loss: Numbers
    learned_loss: Numbers
    """(n,) each: ``-log`` of the chance that was given to what happened."""
    examination: Numbers
    """(n,): how likely this place was looked at, against the first place; at most 1."""


def splits(shown: Impressions, *, seed: int = 0) -> Iterator[Split]:
    """The ``FOLDS ** 2`` splits; none has a person, an organisation or a moment on both sides."""
    rng = np.random.default_rng(seed)
    persons, organisations = _dealt(shown.person, rng), _dealt(shown.organisation, rng)
    cut = np.quantile(shown.shown_at, EARLY)
    early = shown.shown_at < cut
    for person in range(FOLDS):
        for organisation in range(FOLDS):
            of_person, of_organisation = persons == person, organisations == organisation
            yield Split(
                learned_from=early & ~of_person & ~of_organisation,
                tried_on=~early & of_person & of_organisation,
            )


def hold_out(shown: Impressions) -> HeldOut | None:
    """Learn and try on every split; ``None`` when there is nothing to learn from or to try on."""
    parts = [found for split in splits(shown) if (found := _tried(shown, split)) is not None]
    if not parts:
        return None
    rows = np.concatenate([part[0] for part in parts])
    columns = np.concatenate([part[1] for part in parts], axis=1)
    return HeldOut(shown.take(rows), *columns)


def _dealt(codes: Codes, rng: np.random.Generator) -> Codes:
    """The group of each row: equal codes are in one group, and groups hold equally many codes."""
    groups: Codes = rng.permutation(codes.max() + 1) % FOLDS
    return groups[codes]


def _tried(shown: Impressions, split: Split) -> tuple[Codes, Numbers] | None:
    """Rows and the five columns of :class:`HeldOut` for one split."""
    early, late = shown.take(split.learned_from), shown.take(split.tried_on)
    if not len(late) or early.asked.all() or not early.asked.any():
        return None
    weights = learn(early)
    by_hand, by_learned = calibrate(HAND, early), calibrate(weights, early)
    hand_score, learned_score = scores_with(HAND, late.values), scores_with(weights, late.values)
    # Both ways of ordering are corrected alike. Places further down are never looked at more often.
    examination = late.rank ** min(by_hand.examination, 0.0)
    columns = [
        hand_score,
        learned_score,
        _losses(by_hand.chances(hand_score, late.rank), late.asked),
        _losses(by_learned.chances(learned_score, late.rank), late.asked),
        examination,
    ]
    return np.flatnonzero(split.tried_on), np.stack(columns)


def _losses(chances: Numbers, happened: Flags) -> Numbers:
    given = np.where(happened, chances, 1.0 - chances)
    losses: Numbers = -np.log(np.maximum(given, _LEAST_CHANCE))
    return losses
