"""The evaluation as a whole, small: the same twice, honest about itself, and awake to a broken engine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from volunteer.domain.access import Answer
from volunteer.evaluation import evaluating, following, week
from volunteer.evaluation.asking import answer, share_known
from volunteer.evaluation.evaluating import evaluate
from volunteer.evaluation.groups import lowest
from volunteer.evaluation.judging import Quality, quality, spread
from volunteer.evaluation.methods import METHODS, Row
from volunteer.evaluation.report import as_json, as_page, command
from volunteer.evaluation.results import Evaluation, Size
from volunteer.evaluation.sure import missed
from volunteer.evaluation.town import Town, build
from volunteer.evaluation.verdicts import verdicts
from volunteer.evaluation.week import Visit, Week
from volunteer.evaluation.worlds import WORLDS
from volunteer.matching.snapshot import Snapshot

TINY = Size(people=30, roles=60, days=2, smallest_group=5)


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return evaluate(TINY, version="1")


@pytest.fixture(scope="module")
def town() -> Town:
    return build(WORLDS[0], roles=80, people=60)


def test_the_same_command_gives_the_same_figures_and_says_how_far_it_is(found: Evaluation) -> None:
    steps: list[None] = []
    again = evaluate(TINY, version="1", advance=lambda: steps.append(None))
    assert as_json(again) == as_json(found)
    assert as_page(again) == as_page(found)
    assert len(steps) == TINY.steps


def test_another_seed_gives_other_worlds(found: Evaluation) -> None:
    other = evaluate(replace(TINY, seed=1, with_unseen=False), version="1")
    assert other.worlds[0].dots != found.worlds[0].dots


def test_nothing_wrong_is_shown_and_nothing_differs(found: Evaluation) -> None:
    kept = {each.code: each.is_kept for each in verdicts(found)}
    assert kept["violations"]
    assert kept["rebuild"]
    assert found.proof.answers["yes"] >= 0.30
    assert found.proof.answers["no"] >= 0.20


def test_enough_is_answered_in_every_world_for_the_proof_to_mean_something() -> None:
    for world in WORLDS:
        drawn = build(world, roles=400, people=1)
        given = [each for role in drawn.city.roles for each in role.answers.values()]
        assert given.count(Answer.YES) >= 0.30 * len(given)
        assert given.count(Answer.NO) >= 0.20 * len(given)


@pytest.mark.parametrize("column", ["no", "needed"])
def test_a_bug_planted_in_the_filter_shows_in_the_report(
    column: str, found: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(town: Town, days: int) -> Sequence[Snapshot]:
        return [
            replace(right, **{column: np.zeros_like(getattr(right, column))}) for right in offers(town, days)
        ]

    offers = week.offers
    monkeypatch.setattr(evaluating, "offers", broken)
    worse = evaluate(replace(TINY, with_unseen=False), version="1")
    for world in worse.worlds:
        ours = next(method for method in world.methods if method.code == "engine")
        assert ours.wrong.impossible > 0
        assert (ours.wrong.broken_needs > 0) == (column == "no")
    verdict = next(each for each in verdicts(worse) if each.code == "violations")
    assert not verdict.is_kept
    assert "Not kept" in as_page(worse)
    assert verdict.answer in as_page(worse)


def test_an_offer_that_is_followed_wrongly_is_counted(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert following.compare(town, rounds=5).offers_that_differ == 0
    monkeypatch.setattr(Snapshot, "changed", lambda self, **_: self)
    assert following.compare(town, rounds=5).offers_that_differ == 5


def test_only_one_world_is_unseen_and_it_can_be_left_out() -> None:
    assert [world.is_unseen for world in WORLDS].count(True) == 1
    assert all(not world.is_unseen for world in replace(TINY, with_unseen=False).worlds)
    assert command(Size()) == "volunteer evaluate"
    assert command(Size(people=40, seed=3, with_unseen=False)) == (
        "volunteer evaluate --people 40 --seed 3 --without-unseen"
    )


def test_figures_for_programs_hold_everything(found: Evaluation) -> None:
    read = json.loads(as_json(found))
    assert read["invented"]
    assert [each["code"] for each in read["worlds"]] == [world.code for world in WORLDS]
    engine = read["worlds"][2]["methods"][0]
    assert set(engine) >= {"wrong", "precision", "ndcg", "spread"}
    assert len(engine["spread"]["shown_by_day"]) == TINY.days


def test_the_page_says_what_is_invented_before_any_figure(found: Evaluation) -> None:
    page = as_page(found)
    assert page.index("All of this is invented") < page.index('class="number"')
    assert "http" not in page.replace("http-equiv", "")  # it needs nothing from elsewhere
    assert page.count("<svg") == page.count("</svg>")


def test_the_ceiling_is_above_every_method(found: Evaluation) -> None:
    for world in found.worlds:
        *others, ceiling = (method.ndcg.value for method in world.methods)
        assert ceiling > max(others)


def _shown(town: Town, person: int, day: int, *roles: int) -> Visit:
    rows = tuple(Row(town.city.roles[role].opportunity_id) for role in roles)
    return Visit(person, day, town.city.today, rows)


def test_quality_by_hand(town: Town) -> None:
    grades = np.zeros((60, len(town.city.roles)), dtype=np.int8)
    grades[0, :3] = (3, 2, 1)
    judged = quality(town, Week((_shown(town, 0, 0, 2, 0), _shown(town, 1, 0, 0)), 1), grades)
    assert judged.precision[0] == 1 / 5
    assert judged.ndcg[0] == pytest.approx((1 + 7 / np.log2(3)) / (7 + 3 / np.log2(3) + 1 / 2))
    assert judged.precision[1] == 0
    assert np.isnan(judged.ndcg[1])  # nothing was possible for this person
    assert np.isnan(judged.sure[0])  # these rows name no tiers


def test_attention_by_hand(town: Town) -> None:
    roles = tuple(replace(role, is_open=True, wanted=2, taken=0, ends_on=None) for role in town.city.roles)
    small = replace(town, city=replace(town.city, roles=roles[:4]))
    found = spread(
        small, Week((_shown(small, 0, 0, 0, 1), _shown(small, 1, 1, 0), _shown(small, 2, 1, 0, 2)), 2)
    )
    assert found.open == 4
    assert found.shown_by_day == (2, 3)
    assert found.per_place["most"] == 1.5  # three times for two places
    assert found.per_place["at_least_one"] == 1 / 4
    assert found.gini == pytest.approx(0.45)  # of 0, 0.5, 0.5 and 1.5


def test_the_least_served_group_is_found(town: Town) -> None:
    musts = np.array([sum(each == "must" for each in person.needs.values()) for person in town.city.people])
    served = np.where(musts == 0, 1.0, 0.5)
    found = lowest(town, Quality(served, served, served * 4), smallest=5)
    assert found["ndcg"].value == 0.5
    assert found["ndcg"].group != "no hard need"
    assert found["ndcg"].ratio == pytest.approx(0.5 / served.mean())
    assert found["ndcg"].low <= found["ndcg"].ratio <= found["ndcg"].high


def test_answering_everything_leaves_nothing_unknown_and_keeps_what_was_told(town: Town) -> None:
    told, half, all_of_it = (share_known(each) for each in (town, answer(town, 0.5), answer(town, 1.0)))
    assert told < half < all_of_it == 1
    for before, after in zip(town.city.roles, answer(town, 1.0).city.roles, strict=True):
        assert before.answers.items() <= after.answers.items()


def test_who_is_shown_more_steps_back_only_in_the_engine_that_shares(town: Town) -> None:
    one_day = week.offers(town, 1)
    ginis = {
        method.code: spread(town, week.play(town, method.make(town), one_day)).gini for method in METHODS[:2]
    }
    assert ginis["engine"] < ginis["hand"]


def test_who_could_have_three_sure_roles_and_sees_fewer_is_counted(town: Town) -> None:
    sure = np.array([3.0, 2.0, 2.0, np.nan])
    found = missed(np.array([9.0, 3.0, 2.0, 8.0]), Quality(sure, sure, sure))
    assert (found.have, found.were_shown_fewer) == (3, 2)


def test_the_engine_shows_three_sure_roles_wherever_they_exist(found: Evaluation) -> None:
    for world in found.worlds:
        assert world.sure.have > 0
        assert world.sure.were_shown_fewer == 0
