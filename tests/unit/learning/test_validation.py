"""The outcomes here are invented, see ``invented.py``: what counts is that the guards see what was put in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.learning.invented import impressions, weights_with
from volunteer.learning.fitting import HAND, learn
from volunteer.learning.guards import (
    EVERYBODY,
    FEWEST_OF_A_GROUP,
    WITH_NEEDS,
    comparisons,
    groups,
    judge,
)
from volunteer.learning.impressions import Impressions
from volunteer.learning.measures import gain
from volunteer.learning.validation import FOLDS, HeldOut, hold_out, splits
from volunteer.services.weights import Verdict

ELSEWHERE = weights_with(travel=0.45, tasks=0.05, sectors=0.0)
PEOPLE = 700


@pytest.fixture(scope="module")
def choosing_elsewhere() -> Impressions:
    return impressions(PEOPLE, ELSEWHERE)


def verdicts(shown: Impressions) -> dict[str, Verdict]:
    held_out = hold_out(shown)
    assert held_out is not None
    return judge(learn(shown), comparisons(held_out))


def test_nothing_is_tried_on_a_person_organisation_or_time_that_was_learned_from(
    choosing_elsewhere: Impressions,
) -> None:
    shown = choosing_elsewhere
    found = list(splits(shown))
    assert len(found) == FOLDS**2
    for split in found:
        early, late = shown.take(split.learned_from), shown.take(split.tried_on)
        assert len(early) > 0
        assert len(late) > 0
        assert not set(early.person) & set(late.person)
        assert not set(early.organisation) & set(late.organisation)
        assert early.shown_at.max() < late.shown_at.min()


def test_every_late_impression_is_tried_once(choosing_elsewhere: Impressions) -> None:
    times = np.sum([split.tried_on for split in splits(choosing_elsewhere)], axis=0)
    late = choosing_elsewhere.shown_at >= np.quantile(choosing_elsewhere.shown_at, 0.6)
    assert (times == late).all()


def test_what_the_held_out_did_is_not_learned_from(choosing_elsewhere: Impressions) -> None:
    shown = choosing_elsewhere
    split = next(splits(shown))
    outcome = np.where(split.tried_on, 1 - np.minimum(shown.outcome, 1), shown.outcome)
    turned = replace(shown, outcome=outcome)
    assert (learn(turned.take(split.learned_from)) == learn(shown.take(split.learned_from))).all()


def test_better_weights_pass_every_guard(choosing_elsewhere: Impressions) -> None:
    found = verdicts(choosing_elsewhere)
    assert [name for name, verdict in found.items() if not verdict.passed] == []
    assert {"sane", "better chances", "better order", WITH_NEEDS} <= found.keys()


def test_weights_that_are_no_better_do_not_pass() -> None:
    found = verdicts(impressions(PEOPLE, HAND))
    assert not found["better chances"].passed
    assert not found["better order"].passed


def test_weights_that_are_better_for_most_and_worse_for_people_with_needs_do_not_pass(
    choosing_elsewhere: Impressions,
) -> None:
    shown = choosing_elsewhere
    otherwise = impressions(PEOPLE, weights_with(travel=0.0, tasks=0.6))
    of_needs = shown.with_needs & (shown.person % 2 == 0)
    outcome = np.where(of_needs, otherwise.outcome, shown.outcome)
    # Same lists, same places: the two inventions differ in what is chosen alone.
    assert np.array_equal(shown.values, otherwise.values, equal_nan=True)
    needs = shown.needs & of_needs[:, np.newaxis]
    found = verdicts(replace(shown, outcome=outcome, needs=needs))
    assert found["better chances"].passed
    assert not found[WITH_NEEDS].passed
    assert "would lose" in found[WITH_NEEDS].words


def test_too_few_with_needs_is_not_taken_for_no_loss(choosing_elsewhere: Impressions) -> None:
    shown = choosing_elsewhere
    needs = shown.needs & (shown.person[:, np.newaxis] > PEOPLE - 5)
    found = verdicts(replace(shown, needs=needs))
    assert not found[WITH_NEEDS].passed
    assert "Too little was shown" in found[WITH_NEEDS].words


def test_a_small_group_is_not_looked_at_apart(choosing_elsewhere: Impressions) -> None:
    shown = choosing_elsewhere
    needs = shown.needs.copy()
    needs[:, 0] &= shown.person > PEOPLE - 10
    held_out = hold_out(replace(shown, needs=needs))
    assert held_out is not None
    sizes = {name: chosen.sum() for name, chosen in groups(held_out).items()}
    assert "physical needs" not in sizes
    assert sizes["service needs"] >= FEWEST_OF_A_GROUP
    assert sizes[EVERYBODY] == len(held_out.shown)


def test_the_best_order_counts_as_one() -> None:
    shown = impressions(60, HAND)
    perfect = HeldOut(
        shown=shown,
        hand_score=-shown.outcome.astype(float),
        learned_score=shown.outcome.astype(float),
        hand_loss=np.ones(len(shown)),
        learned_loss=np.zeros(len(shown)),
        examination=np.ones(len(shown)),
    )
    everybody = comparisons(perfect)[EVERYBODY]
    assert everybody is not None
    assert everybody.ndcg.learned == pytest.approx(1)
    assert everybody.precision.learned == pytest.approx(1)
    assert everybody.ndcg.hand < 0.6
    assert everybody.log_loss.gain.low == everybody.log_loss.gain.high == pytest.approx(1)


def test_saying_the_same_again_makes_nobody_surer() -> None:
    rng = np.random.default_rng(0)
    differences, people = rng.normal(size=80), np.arange(80)
    once = gain(differences, people)
    again = gain(np.tile(differences, 10), np.tile(people, 10))
    assert (again.low, again.high) == pytest.approx((once.low, once.high))
    assert once.low < differences.mean() < once.high


def test_nothing_to_hold_out_is_said_so() -> None:
    shown = impressions(40, HAND)
    assert hold_out(replace(shown, outcome=np.zeros(len(shown), dtype=np.intp))) is None
    assert not judge(HAND, {})["better"].passed
