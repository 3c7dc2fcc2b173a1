from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.factories.facts import MUNTPUNT, TODAY, a_person, a_role, an_identifier
from tests.unit.matching.strategies import NEEDS, offers, people
from volunteer.domain.access import Answer, Strength
from volunteer.domain.commitment import Commitment
from volunteer.domain.interests import Interests
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.matching.people import Person
from volunteer.matching.scoring import (
    ANSWER_TIME,
    ARRANGEMENT,
    COMMITMENT,
    HAND_WEIGHTS,
    LANGUAGE,
    SILENT,
    TASKS,
    TERMS,
    TIMES,
    TRAVEL,
    Scores,
    Weights,
    score,
    travel_minutes,
)
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.tiers import TIER_ORDER, Tier, sort_into_tiers
from volunteer.matching.travel import MINUTES_BEFORE_MOVING, TravelTable


def scores_of(roles: list[RoleFacts], person: PersonFacts, weights: Weights = HAND_WEIGHTS) -> Scores:
    """Return the scores of those roles that the person can be shown."""
    snapshot, compiled = Snapshot.build(roles, "1", today=TODAY), Person.of(person)
    return score(snapshot, compiled, sort_into_tiers(snapshot, compiled), weights)


def sure_scores_of(roles: list[RoleFacts], person: PersonFacts) -> dict[int, float]:
    """Return the scores of the roles in tier A, by their row."""
    snapshot, compiled = Snapshot.build(roles, "1", today=TODAY), Person.of(person)
    sorted_roles = sort_into_tiers(snapshot, compiled)
    totals = score(snapshot, compiled, sorted_roles).totals.tolist()
    found = zip(sorted_roles.rows.tolist(), sorted_roles.fitting.tolist(), totals, strict=True)
    return {row: total for row, tier, total in found if TIER_ORDER[tier] is Tier.A}


def part(role: RoleFacts, person: PersonFacts, term: str) -> float | None:
    """Return the value of one term between 0 and 1, ``None`` when it is unknown."""
    weights = Weights("one", dict.fromkeys(HAND_WEIGHTS.by_term, 1e-12) | {term: 1.0})
    value = scores_of([role], person, weights).parts_of(0).get(term)
    return None if value is None else round(value, 6)


def test_at_most_eight_terms() -> None:
    assert len(HAND_WEIGHTS.by_term) <= 8
    assert all(weight > 0 for weight in HAND_WEIGHTS.by_term.values())


@given(offers(), people)
def test_parts_sum_to_a_score_between_zero_and_one(roles: list[RoleFacts], person: PersonFacts) -> None:
    found = scores_of(roles, person)
    for index, total in enumerate(found.totals):
        parts = found.parts_of(index)
        assert abs(sum(parts.values()) - total) < 1e-6
        assert 0 <= total <= 1
        assert all(0 <= each <= 1 + 1e-9 for each in parts.values())


@given(offers(), people)
def test_a_score_is_the_same_whoever_stands_beside_it(roles: list[RoleFacts], person: PersonFacts) -> None:
    together = sure_scores_of(roles, person)
    alone = [score for role in roles for score in sure_scores_of([role], person).values()]
    assert sorted(alone) == sorted(together.values())


@given(offers(), people, st.sampled_from(NEEDS))
def test_a_must_never_changes_the_score_of_what_stays_in_tier_a(
    roles: list[RoleFacts], person: PersonFacts, code: str
) -> None:
    needs = {each: strength for each, strength in person.needs.items() if each != code}
    without = sure_scores_of(roles, replace(person, needs=needs))
    having = sure_scores_of(roles, replace(person, needs={**needs, code: Strength.MUST}))
    for row in without.keys() & having.keys():
        assert without[row] == having[row]


@given(offers(), people, st.sampled_from(NEEDS))
def test_a_nice_need_is_no_term(roles: list[RoleFacts], person: PersonFacts, code: str) -> None:
    assume(person.needs.get(code) is not Strength.MUST)
    without = {each: strength for each, strength in person.needs.items() if each != code}
    having = {**person.needs, code: Strength.NICE}
    one, other = (scores_of(roles, replace(person, needs=needs)).totals for needs in (without, having))
    assert one.tolist() == other.tolist()


def test_what_a_person_does_not_know_counts_neither_for_nor_against() -> None:
    kitchen = a_role(tasks=frozenset({"t.cook"}), position=MUNTPUNT, answer_days=1.0)
    assert part(kitchen, a_person(), TASKS) is None
    assert part(kitchen, a_person(), TRAVEL) is None
    assert scores_of([kitchen], a_person()).totals[0] == pytest.approx(1.0)


def test_a_role_that_says_nothing_stands_between_one_that_suits_and_one_that_does_not() -> None:
    cook = a_person(
        interests=Interests.of(want=["t.cook"], sectors=["sec.food"]),
        position=MUNTPUNT,
        languages={"nl": 4},
        times="mon 09:00-12:00",
        commitments=frozenset({Commitment.ONCE}),
    )
    silent = a_role()
    suits = a_role(
        tasks=frozenset({"t.cook"}),
        sectors=frozenset({"sec.food"}),
        position=MUNTPUNT,
        languages_spoken=frozenset({"nl"}),
        times="mon 09:00-12:00",
        commitment=Commitment.ONCE,
        answer_days=1.0,
    )
    differs = a_role(
        tasks=frozenset({"t.sew"}),
        sectors=frozenset({"sec.culture"}),
        position=(50.0, 4.0),
        languages_spoken=frozenset({"fr"}),
        times="mon 11:50-19:00",
        commitment=Commitment.LONG,
        answer_days=60.0,
    )
    for term in set(TERMS) - {ARRANGEMENT, LANGUAGE}:
        values = [part(role, cook, term) for role in (differs, silent, suits)]
        assert values == sorted(values, key=lambda value: value or 0.0), term
        assert values[1:] == [SILENT, 1.0], term
    # A language the person told nothing about is a question, not a no.
    assert [part(role, cook, LANGUAGE) for role in (differs, silent, suits)] == [SILENT, SILENT, 1.0]


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
        ("", "mon 09:00-12:00", SILENT),
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
    # 0.04 degrees of latitude are 4.45 km, 30.2 minutes: (68 - 30.2) / 55.
    assert farther == pytest.approx(0.6866, abs=1e-3)
    assert far == 0.0
    assert part(a_role(is_remote=True), person, TRAVEL) == 1.0
    assert part(a_role(), person, TRAVEL) == SILENT


def test_how_far_someone_will_go_is_their_own_word() -> None:
    role = a_role(position=(MUNTPUNT[0] + 0.04, MUNTPUNT[1]))  # 30.2 minutes
    values = [part(role, a_person(position=MUNTPUNT, travel_minutes=most), TRAVEL) for most in (15, 45, None)]
    assert values == pytest.approx([0.0, (45 - 30.24) / 32, 0.6866], abs=1e-3)


def test_a_table_of_minutes_overrules_the_distance() -> None:
    table = TravelTable.of([("north", "south", 40.0), ("south", "north", 10.0), ("north", "east", 68.0)])
    roles = [
        a_role(opportunity_id=an_identifier(number), district=district, position=position)
        for number, (district, position) in enumerate(
            [("south", MUNTPUNT), ("east", None), ("west", MUNTPUNT), (None, None)]
        )
    ]
    snapshot = Snapshot.build(roles, "1", today=TODAY, travel=table)
    person = Person.of(a_person(position=MUNTPUNT, district="north"))
    minutes = travel_minutes(snapshot, person)
    assert minutes is not None
    assert minutes.tolist()[:3] == [40.0, 68.0, MINUTES_BEFORE_MOVING]
    assert np.isnan(minutes[3])


@pytest.mark.parametrize(
    ("wished", "value"),
    [
        ({Commitment.ONCE}, 0.0),
        ({Commitment.SOMETIMES}, 0.5),
        ({Commitment.MONTHS}, 1.0),
        ({Commitment.ONCE, Commitment.LONG}, 0.5),
        ((), None),
    ],
)
def test_how_long_someone_wants_to_stay(wished: set[Commitment], value: float | None) -> None:
    role = a_role(commitment=Commitment.MONTHS)
    assert part(role, a_person(commitments=frozenset(wished)), COMMITMENT) == value


@pytest.mark.parametrize(
    ("days", "value"), [(0.5, 1.0), (2, 1.0), (11.5, 0.5), (21, 0.0), (90, 0.0), (None, SILENT)]
)
def test_who_answers_soon_comes_sooner(days: float | None, value: float) -> None:
    assert part(a_role(answer_days=days), a_person(), ANSWER_TIME) == value


def test_arranging_and_asking_lower_the_score_a_little() -> None:
    role = a_role(answers={"sv.buddy": Answer.ARRANGEABLE})
    plain = scores_of([role], a_person()).totals[0]
    arranged = scores_of([role], a_person(must=("sv.buddy",))).totals[0]
    asked = scores_of([role], a_person(must=("sv.trial", "sv.buddy"))).totals[0]
    assert plain > arranged > asked
