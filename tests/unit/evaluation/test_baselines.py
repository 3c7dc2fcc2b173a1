"""The others, by hand: a comparison is only fair with opponents that do what they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.factories.facts import MUNTPUNT, a_person, a_role
from volunteer.domain.access import Answer
from volunteer.domain.interests import Interests
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.evaluation import baselines
from volunteer.evaluation.city import City
from volunteer.evaluation.town import TODAY, Town, build, words
from volunteer.evaluation.worlds import WORLDS
from volunteer.matching.snapshot import Snapshot

NEAR, FAR = MUNTPUNT, (MUNTPUNT[0] + 0.2, MUNTPUNT[1])


def a_town(person: PersonFacts, *roles: RoleFacts, texts: tuple[str, ...] = ()) -> Town:
    drawn = build(WORLDS[0], roles=len(roles), people=1)
    return replace(
        drawn,
        city=City(tuple(roles), (person,), TODAY),
        texts=tuple(words(text) for text in texts or ("",) * len(roles)),
    )


def order(make: Callable[[Town], Any], town: Town) -> list[int]:
    snapshot = Snapshot.build(town.city.roles, "1", today=town.city.today)
    found: list[int] = make(town)(0, snapshot)
    return found


def test_nearest_goes_by_distance_within_what_passes_the_filter() -> None:
    person = a_person(must=("sv.buddy",), position=NEAR)
    town = a_town(
        person,
        a_role(position=FAR),
        a_role(position=NEAR, answers={"sv.buddy": Answer.NO}),
        a_role(position=NEAR),
        a_role(),
    )
    assert order(baselines.nearest, town) == [2, 0, 3]


def test_by_lot_shows_only_what_passes_the_filter_and_is_the_same_again() -> None:
    person = a_person(must=("sv.buddy",))
    town = a_town(person, *(a_role() for _ in range(9)), a_role(answers={"sv.buddy": Answer.NO}))
    assert sorted(order(baselines.by_lot, town)) == list(range(9))
    assert order(baselines.by_lot, town) == order(baselines.by_lot, town)


def test_words_count_and_access_does_not() -> None:
    person = a_person(must=("sv.buddy",), interests=Interests.of(want=["t.cook"]), languages={"en": 4})
    town = a_town(
        person,
        a_role(),
        a_role(answers={"sv.buddy": Answer.NO}),
        a_role(is_open=False),
        texts=("Gardening", "Cooking for forty", "Cooking"),
    )
    assert order(baselines.keywords, town) == [1, 0]


def test_the_mean_by_hand() -> None:
    person = a_person(position=NEAR, interests=Interests.of(want=["t.cook", "t.clean"], sectors=["sec.food"]))
    kitchen = a_role(position=NEAR, tasks=frozenset({"t.cook"}), sectors=frozenset({"sec.sport"}))
    food = a_role(position=NEAR, tasks=frozenset({"t.cook", "t.carry"}), sectors=frozenset({"sec.food"}))
    garden = a_role(position=NEAR, tasks=frozenset({"t.garden"}), sectors=frozenset({"sec.food"}))
    far_away = a_role(position=FAR, tasks=frozenset({"t.cook"}), sectors=frozenset({"sec.food"}))
    # kitchen: (3 + 0 + 2) / 7; food: (3 / 2 + 2 + 2) / 7; the other two fail the gate.
    found = order(baselines.gated_mean, a_town(person, kitchen, garden, far_away, food))
    assert found[:2] == [3, 0]
    assert set(found[2:]) == {1, 2}


def test_what_one_side_left_open_counts_neither_way() -> None:
    person = a_person(position=NEAR, interests=Interests.of(want=["t.cook"]))
    silent = a_role(position=NEAR)
    mismatched = a_role(position=NEAR, tasks=frozenset({"t.garden"}))
    assert order(baselines.gated_mean, a_town(person, mismatched, silent)) == [1, 0]


@pytest.mark.parametrize("make", [baselines.keywords, baselines.gated_mean])
def test_platforms_show_open_roles_only(make: Callable[[Town], Any]) -> None:
    refused = a_role()
    person = a_person(refused=frozenset({refused.opportunity_id}))
    town = a_town(person, a_role(wanted=1, taken=1), a_role(is_open=False), refused, a_role())
    assert order(make, town) == [3]
