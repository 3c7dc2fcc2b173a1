"""Trains a version of the weights, tries it, and keeps it with its card. Releasing it is up to people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from threadpoolctl import threadpool_limits

from volunteer.domain.errors import ImpossibleStep
from volunteer.learning import card
from volunteer.learning.fitting import HAND, by_term, calibrate, learn
from volunteer.learning.guards import comparisons, judge
from volunteer.learning.impressions import Impressions
from volunteer.learning.validation import hold_out
from volunteer.models import WeightsVersion
from volunteer.services import impressions, weights
from volunteer.services.impressions import Impression
from volunteer.unit_of_work import UnitsOfWork


def train(units: UnitsOfWork) -> WeightsVersion:
    """Learn from everything that may be learned from, and keep what came of it.

    Raises :class:`ImpossibleStep` while there are too few acceptances. The journal of what was opened is
    written before anything is done with it, and nobody waits for the database while numbers are crunched.
    """
    with units.write() as uow:
        collected = impressions.collect(uow)
    trained = fit(collected)
    with units.write() as uow:
        version = weights.next_version(uow)
        written = card.write(trained, version=version, trained_at=uow.now)
        return weights.keep(uow, version, by_term(trained.weights), trained.guards, card=written)


def fit(collected: Sequence[Impression]) -> card.Trained:
    """Learn, try and judge; stores nothing. Raises :class:`ImpossibleStep` as :func:`train`."""
    shown = Impressions.of(collected)
    if shown.acceptances < weights.FEWEST_ACCEPTANCES:
        raise ImpossibleStep(
            "Too early to learn: organisations said yes %(found)d times to people who agreed to learning, "
            "and it takes %(needed)d. Until then the weights chosen by hand are used.",
            values={"found": shown.acceptances, "needed": weights.FEWEST_ACCEPTANCES},
        )
    # Two threads of linear algebra are ten times slower than one on arrays of this size.
    with threadpool_limits(1):
        learned = learn(shown)
        held_out = hold_out(shown)
        found = comparisons(held_out) if held_out else {}
        return card.Trained(
            shown=shown,
            made_with=Counter(each.weights_version for each in collected),
            examination=calibrate(HAND, shown).examination,
            weights=learned,
            comparisons=found,
            guards=judge(learned, found),
        )
