"""Trains a version of the weights, tries it, and keeps it with its card. Releasing it is up to people."""

from __future__ import annotations

from collections import Counter

from threadpoolctl import threadpool_limits

from volunteer.domain.errors import ImpossibleStep
from volunteer.learning import card
from volunteer.learning.fitting import HAND, by_term, calibrate, learn
from volunteer.learning.guards import comparisons, judge
from volunteer.learning.impressions import Impressions
from volunteer.learning.validation import hold_out
from volunteer.models import WeightsVersion
from volunteer.services import impressions, weights
from volunteer.unit_of_work import UnitOfWork


def train(uow: UnitOfWork) -> WeightsVersion:
    """Learn from everything that may be learned from, and keep what came of it.

    Raises :class:`ImpossibleStep` while there are too few acceptances.
    """
    collected = impressions.collect(uow)
    shown = Impressions.of(collected)
    if shown.acceptances < weights.FEWEST_ACCEPTANCES:
        raise ImpossibleStep(
            "Too early to learn: organisations said yes %(found)d times to people who agreed to learning, "
            "and it takes %(needed)d. Until then the weights chosen by hand are used.",
            values={"found": shown.acceptances, "needed": weights.FEWEST_ACCEPTANCES},
        )
    made_with = Counter(each.weights_version for each in collected)
    # Two threads of linear algebra are slower than one on arrays of this size.
    with threadpool_limits(1):
        trained = fit(uow, shown, made_with)
    return weights.keep(uow, by_term(trained.weights), trained.guards, card=card.write(trained))


def fit(uow: UnitOfWork, shown: Impressions, made_with: Counter[str]) -> card.Trained:
    """Learn, try and judge; stores nothing."""
    learned = learn(shown)
    held_out = hold_out(shown)
    found = comparisons(held_out) if held_out else {}
    return card.Trained(
        version=weights.next_version(uow),
        trained_at=uow.now,
        shown=shown,
        made_with=made_with,
        examination=calibrate(HAND, shown).examination,
        weights=learned,
        comparisons=found,
        guards=judge(learned, found),
    )
