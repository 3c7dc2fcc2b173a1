from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.factories.facts import MUNTPUNT, TODAY, a_person, a_role
from tests.unit.matching.strategies import NEEDS, offers, people
from volunteer.domain.access import Answer, Strength
from volunteer.domain.interests import Interests
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.matching.people import Person
from volunteer.matching.scoring import HAND_WEIGHTS, TASKS, TIMES, TRAVEL, Scores, Weights, score
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.tiers import TIER_ORDER, Tier, sort_into_tiers


def scores_of(
    roles: list[RoleFacts], person: PersonFacts, weights: Weights = HAND_WEIGHTS
) -> tuple[list[Tier], Scores, Snapshot]:
    snapshot, compiled = Snapshot.build(roles, "1", today=TODAY), Person.of(person)
    sorted_roles = sort_into_tiers(snapshot, compiled)
    found = score(snapshot, compiled, sorted_roles, np.arange(len(roles)), weights)
    return [TIER_ORDER[tier] for tier in sorted_roles.tiers], found, snapshot


def part(role: RoleFacts, person: PersonFacts, term: str) -> float | None:
    """Return the value of one term between 0 and 1, ``None`` when it is unknown."""
    weights = Weights("one", dict.fromkeys(HAND_WEIGHTS.by_term, 1e-12) | {term: 1.0})
    value = scores_of([role], person, weights)[1].parts_of(0).get(term)
    return None if value is None else round(value, 6)


def test_at_most_eight_terms() -> None:
    assert len(HAND_WEIGHTS.by_term) <= 8
    assert all(weight > 0 for weight in HAND_WEIGHTS.by_term.values())


@given(offers(), people)
def test_parts_sum_to_a_score_between_zero_and_one(roles: list[RoleFacts], person: PersonFacts) -> None:
    _, found, _ = scores_of(roles, person)
    for index, total in enumerate(found.totals):
        parts = found.parts_of(index)
        assert abs(sum(parts.values()) - total) < 1e-6
        assert 0 <= total <= 1
        assert all(0 <= each <= 1 + 1e-9 for each in parts.values())


@given(offers(), people, st.sampled_from(NEEDS))
def test_a_must_never_changes_the_score_of_what_stays_in_tier_a(
    roles: list[RoleFacts], person: PersonFacts, code: str
) -> None:
    needs = {each: strength for each, strength in person.needs.items() if each != code}
    without = scores_of(roles, replace(person, needs=needs))
    having = scores_of(roles, replace(person, needs={**needs, code: Strength.MUST}))
    for index in range(len(roles)):
        if without[0][index] is Tier.A and having[0][index] is Tier.A:
            assert without[1].totals[index] == having[1].totals[index]


@given(offers(), people, st.sampled_from(NEEDS))
def test_a_nice_need_is_no_term(roles: list[RoleFacts], person: PersonFacts, code: str) -> None:
    assume(person.needs.get(code) is not Strength.MUST)
    without = {each: strength for each, strength in person.needs.items() if each != code}
    having = {**person.needs, code: Strength.NICE}
    one, other = (scores_of(roles, replace(person, needs=needs))[1].totals for needs in (without, having))
    assert one.tolist() == other.tolist()


def test_what_is_unknown_counts_neither_for_nor_against() -> None:
    cook = a_person(interests=Interests.of(want=["t.cook"]), position=MUNTPUNT)
    kitchen = a_role(tasks=frozenset({"t.cook"}))
    assert part(kitchen, cook, TRAVEL) is None
    assert scores_of([kitchen], cook)[1].totals[0] == pytest.approx(1.0)
    assert scores_of([a_role()], a_person())[1].totals[0] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("interests", "value"),
    [
        (Interests.of(want=["t.cook"]), 1.0),
        (Interests.of(want=["t.cook"], can=["t.cook"]), 1.0),
        (Interests.of(learn=["t.cook"]), 0.8),
        (Interests.of(can=["t.cook"]), 0.6),
        (Interests.of(want=["t.garden"]), 0.0),
        (Interests.of(want=["t.garden"], can=["t.cook"]), 0.6),
        (Interests(), None),
    ],
)
def test_wanting_counts_more_than_learning_than_being_able(interests: Interests, value: float | None) -> None:
    role = a_role(tasks=frozenset({"t.cook", "t.serve"}))
    assert part(role, a_person(interests=interests), TASKS) == value


@pytest.mark.parametrize(
    ("role_times", "person_times", "value"),
    [
        ("mon 09:00-12:00", "mon 09:00-12:00", 1.0),
        ("mon 09:00-12:00", "mon 11:00-14:00", 0.333333),
        ("mon 09:00-12:00", "mon 08:00-20:00", 1.0),
        ("mon 09:00-21:00", "mon 09:00-12:00", 1.0),
        ("mon 09:00-12:00;thu 09:00-12:00", "thu 09:00-12:00", 1.0),
        ("mon 10:00-11:00", "mon 10:30-14:00", 0.5),
        ("mon 09:00-12:00", "flexible", 1.0),
        ("flexible", "mon 09:00-12:00", 1.0),
        ("mon 09:00-12:00", "", None),
        ("", "mon 09:00-12:00", None),
    ],
)
def test_hours_in_common(role_times: str, person_times: str, value: float | None) -> None:
    assert part(a_role(times=role_times), a_person(times=person_times), TIMES) == value


def test_closer_is_better_and_home_is_closest() -> None:
    person = a_person(position=MUNTPUNT)
    near, farther, far = (
        part(a_role(position=(MUNTPUNT[0] + degrees, MUNTPUNT[1])), person, TRAVEL)
        for degrees in (0.0, 0.04, 0.2)
    )
    assert near == 1.0
    # 0.04 degrees of latitude are 4.45 km: (12 - 4.45) / 11.
    assert farther == pytest.approx(0.6866, abs=1e-3)
    assert far == 0.0
    assert part(a_role(is_remote=True), a_person(), TRAVEL) == 1.0


def test_arranging_and_asking_lower_the_score_a_little() -> None:
    role = a_role(answers={"sv.buddy": Answer.ARRANGEABLE})
    plain = scores_of([role], a_person())[1].totals[0]
    arranged = scores_of([role], a_person(must=("sv.buddy",)))[1].totals[0]
    asked = scores_of([role], a_person(must=("sv.trial", "sv.buddy")))[1].totals[0]
    assert plain > arranged > asked
