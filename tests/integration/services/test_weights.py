"""Versions of the weights: which is in use, and the way back. The weights here are invented."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.integration.services.conftest import Town
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.interests import Interests
from volunteer.matching.scoring import HAND_WEIGHTS, Weights
from volunteer.models import SuggestionList
from volunteer.services import suggestions, weights
from volunteer.services.weights import Verdict
from volunteer.unit_of_work import UnitOfWork

FINE = {"better": Verdict(passed=True, words="Better.")}


def keep(town: Town, by_term: dict[str, float], guards: dict[str, Verdict]) -> str:
    def store(uow: UnitOfWork) -> str:
        version = weights.next_version(uow)
        return weights.keep(uow, version, by_term, guards, card="# Card").version

    stored: str = town.do(store)
    return stored


def kept(town: Town, *, guards: dict[str, Verdict] | None = None) -> str:
    equal = dict.fromkeys(HAND_WEIGHTS.by_term, 1 / len(HAND_WEIGHTS.by_term))
    return keep(town, equal, guards or FINE)


def in_use(town: Town) -> Weights:
    with town.core.units.read() as uow:
        return weights.in_use(uow)


def release(town: Town, version: str) -> None:
    town.clock.go_on(hours=1)
    town.do(lambda uow: weights.release(uow, version, by="Tom").version)


def roll_back(town: Town) -> str:
    back: str = town.do(lambda uow: weights.roll_back(uow).version)
    return back


def test_what_is_only_trained_is_not_in_use(town: Town) -> None:
    kept(town)
    assert in_use(town) is HAND_WEIGHTS


def test_a_release_is_in_use_with_the_very_next_reading(town: Town) -> None:
    version = kept(town)
    assert in_use(town) is HAND_WEIGHTS
    release(town, version)
    assert in_use(town).version == version == "learned-1"
    assert dict(in_use(town).by_term) == pytest.approx(dict.fromkeys(HAND_WEIGHTS.by_term, 0.125))


def test_each_step_back_returns_to_what_was_in_use_before(town: Town) -> None:
    first, second = kept(town), kept(town)
    release(town, first)
    release(town, second)
    assert roll_back(town) == first
    assert roll_back(town) == HAND_WEIGHTS.version
    with pytest.raises(ImpossibleStep):
        roll_back(town)


def test_what_was_put_aside_can_be_released_again_and_steps_back_never_go_round(town: Town) -> None:
    first, second = kept(town), kept(town)
    release(town, first)
    release(town, second)
    release(town, first)
    assert in_use(town).version == first
    assert roll_back(town) == HAND_WEIGHTS.version
    release(town, second)
    release(town, first)
    assert [roll_back(town), roll_back(town)] == [second, HAND_WEIGHTS.version]


def test_nobody_can_release_what_a_guard_refused(town: Town) -> None:
    refused = Verdict(passed=False, words="People with needs would lose.")
    version = kept(town, guards={**FINE, "needs": refused})
    with pytest.raises(ImpossibleStep, match="cannot be released") as refusal:
        release(town, version)
    assert refused.words in str(refusal.value)
    assert in_use(town) is HAND_WEIGHTS


def test_a_version_in_use_is_not_released_twice_and_an_unknown_one_never(town: Town) -> None:
    version = kept(town)
    release(town, version)
    with pytest.raises(ImpossibleStep):
        release(town, version)
    with pytest.raises(NotFound):
        release(town, "learned-99")


def test_a_term_that_an_old_version_does_not_know_has_its_weight_by_hand(town: Town) -> None:
    release(town, keep(town, {"tasks": 1.0}, FINE))
    by_term = in_use(town).by_term
    assert by_term["tasks"] == 1.0
    assert by_term["travel"] == HAND_WEIGHTS.by_term["travel"]
    assert by_term.keys() == HAND_WEIGHTS.by_term.keys()


def test_each_list_is_made_with_the_weights_in_use_and_names_them(town: Town) -> None:
    town.role(town.organisation(), {"ph.step_free_entrance": "yes"})
    person = town.person(interests=Interests.of(want=["t.garden"]))
    release(town, kept(town))
    town.look(person)
    with town.core.units.read() as uow:
        lists = uow.session.scalars(select(SuggestionList).order_by(SuggestionList.made_at)).all()
        assert [each.weights_version for each in lists] == [HAND_WEIGHTS.version, "learned-1"]
        (shown,) = suggestions.current(uow, person) or []
    assert shown.match.parts["tasks"] == 0.0
    known = len(shown.match.values)
    assert shown.match.parts == pytest.approx({k: v / known for k, v in shown.match.values.items()})
