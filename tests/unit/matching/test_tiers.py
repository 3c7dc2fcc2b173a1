from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from tests.factories.facts import TODAY, a_person, a_role
from tests.unit.matching.strategies import offers, people
from volunteer.domain.access import Answer
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.evaluation.checker import verdict
from volunteer.matching.people import Person
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.tiers import TIER_ORDER, Tier, sort_into_tiers

STEP_FREE, BUDDY = "ph.step_free_entrance", "sv.buddy"


def tier_of(role: RoleFacts, person: PersonFacts, today: date = TODAY) -> Tier:
    sorted_roles = sort_into_tiers(Snapshot.build([role], "1", today=today), Person.of(person))
    return TIER_ORDER[sorted_roles.tiers[0]]


@pytest.mark.parametrize(
    ("step_free", "buddy", "tier"),
    [
        (Answer.YES, Answer.YES, Tier.A),
        (Answer.YES, Answer.ARRANGEABLE, Tier.B),
        (Answer.ARRANGEABLE, Answer.ARRANGEABLE, Tier.B),
        (Answer.YES, None, Tier.C),
        (Answer.ARRANGEABLE, None, Tier.C),
        (None, None, Tier.C),
        (Answer.YES, Answer.NO, Tier.OUT),
        (None, Answer.NO, Tier.OUT),
        (Answer.ARRANGEABLE, Answer.NO, Tier.OUT),
    ],
)
def test_two_musts(step_free: Answer | None, buddy: Answer | None, tier: Tier) -> None:
    answers = {code: each for code, each in ((STEP_FREE, step_free), (BUDDY, buddy)) if each}
    assert tier_of(a_role(answers=answers), a_person(must=(STEP_FREE, BUDDY))) is tier


@pytest.mark.parametrize("answer", [None, *Answer])
def test_a_nice_need_never_moves_a_role_to_another_tier(answer: Answer | None) -> None:
    role = a_role(answers={BUDDY: answer} if answer else {})
    assert tier_of(role, a_person(nice=(BUDDY,))) is Tier.A


@pytest.mark.parametrize(
    ("levels", "tier"),
    [
        ({"nl": 3}, Tier.A),
        ({"nl": 2}, Tier.A),
        ({"nl": 1}, Tier.OUT),
        ({"nl": 0}, Tier.OUT),
        ({"fr": 4}, Tier.C),
        ({}, Tier.C),
    ],
)
def test_a_language_level_too_low_is_out_and_an_unknown_one_is_a_question(
    levels: dict[str, int], tier: Tier
) -> None:
    assert tier_of(a_role(languages_needed={"nl": 2}), a_person(languages=levels)) is tier


def test_a_needed_level_of_zero_needs_nothing() -> None:
    assert tier_of(a_role(languages_needed={"nl": 0}), a_person()) is Tier.A


@pytest.mark.parametrize(
    ("role_times", "person_times", "tier"),
    [
        ("mon 09:00-12:00", "mon 11:59-13:00", Tier.A),
        ("mon 09:00-12:00", "mon 12:00-13:00", Tier.OUT),
        ("mon 09:00-12:00", "tue 09:00-12:00", Tier.OUT),
        ("sun 22:00-02:00", "mon 01:00-02:00", Tier.A),
        ("flexible", "mon 12:00-13:00", Tier.A),
        ("", "mon 12:00-13:00", Tier.A),
        ("mon 09:00-12:00", "flexible", Tier.A),
        ("mon 09:00-12:00", "", Tier.A),
    ],
)
def test_hours_that_cannot_overlap_are_out(role_times: str, person_times: str, tier: Tier) -> None:
    assert tier_of(a_role(times=role_times), a_person(times=person_times)) is tier


def test_one_saturday_is_no_use_to_who_is_free_on_mondays() -> None:
    saturday = TODAY + timedelta(days=5)
    fair = a_role(starts_on=saturday, ends_on=saturday)
    assert tier_of(fair, a_person(times="mon 09:00-12:00")) is Tier.OUT
    assert tier_of(fair, a_person(times="sat 09:00-12:00")) is Tier.A


THIS_WEEK = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=4)}


@pytest.mark.parametrize(
    ("facts", "days_later", "person_times", "tier"),
    [
        (THIS_WEEK, 0, "mon 09:00-12:00", Tier.A),
        (THIS_WEEK, 3, "mon 09:00-12:00", Tier.OUT),
        (THIS_WEEK, 3, "mon 09:00-12:00;thu 09:00-12:00", Tier.A),
        (THIS_WEEK | {"times": "mon 09:00-12:00"}, 0, "", Tier.A),
        (THIS_WEEK | {"times": "mon 09:00-12:00"}, 3, "", Tier.OUT),
        (THIS_WEEK | {"times": "mon 09:00-12:00"}, 3, "flexible", Tier.OUT),
        (
            {"starts_on": TODAY - timedelta(days=300), "ends_on": TODAY + timedelta(days=1)},
            0,
            "fri 09:00-12:00",
            Tier.OUT,
        ),
        (
            {"starts_on": TODAY - timedelta(days=300), "ends_on": TODAY + timedelta(days=1)},
            0,
            "tue 09:00-12:00",
            Tier.A,
        ),
        ({"ends_on": TODAY + timedelta(days=1)}, 0, "fri 09:00-12:00", Tier.OUT),
    ],
)
def test_days_gone_by_are_no_use(
    facts: dict[str, Any], days_later: int, person_times: str, tier: Tier
) -> None:
    today, role, person = TODAY + timedelta(days=days_later), a_role(**facts), a_person(times=person_times)
    assert tier_of(role, person, today) is tier
    assert verdict(person, role, today).tier == tier


@pytest.mark.parametrize(
    ("facts", "tier"),
    [
        ({"is_open": False}, Tier.OUT),
        ({"wanted": 2, "taken": 2}, Tier.OUT),
        ({"wanted": 2, "taken": 1}, Tier.A),
        ({"wanted": None, "taken": 99}, Tier.A),
        ({"ends_on": TODAY - timedelta(days=1)}, Tier.OUT),
        ({"ends_on": TODAY}, Tier.A),
        ({"starts_on": TODAY + timedelta(days=30)}, Tier.A),
    ],
)
def test_closed_full_or_over_is_out(facts: dict[str, Any], tier: Tier) -> None:
    assert tier_of(a_role(**facts), a_person()) is tier


def test_what_was_refused_is_not_shown_again() -> None:
    role = a_role()
    assert tier_of(role, a_person(refused=frozenset({role.opportunity_id}))) is Tier.OUT
    assert tier_of(role, a_person(refused=frozenset({a_role().opportunity_id}))) is Tier.A


@pytest.mark.parametrize(
    ("team", "mine", "tier"),
    [
        ({"nl", "ar"}, {"ar": 4, "nl": 1}, Tier.A),
        ({"nl", "fr"}, {"ar": 4, "nl": 1}, Tier.OUT),
        ({"nl"}, {"ar": 3, "nl": 3}, Tier.A),
        ({"nl"}, {"ar": 2, "nl": 1}, Tier.OUT),
        ({"ar"}, {"ar": 2, "nl": 1}, Tier.A),
        (set(), {"ar": 4}, Tier.C),
        ({"nl"}, {}, Tier.C),
        ({"nl"}, {"nl": 0}, Tier.C),
    ],
)
def test_someone_speaks_your_language(team: set[str], mine: dict[str, int], tier: Tier) -> None:
    role = a_role(languages_spoken=frozenset(team), answers={"ic.other_language": Answer.YES})
    assert tier_of(role, a_person(must=("ic.other_language",), languages=mine)) is tier


@pytest.mark.parametrize(
    ("team", "mine", "tier"),
    [
        ({"nl", "vgt"}, {"vgt": 4}, Tier.A),
        ({"nl", "vgt"}, {"sfb": 4}, Tier.OUT),
        ({"nl", "vgt"}, {"nl": 2}, Tier.C),
        ({"nl"}, {"nl": 2}, Tier.OUT),
        (set(), {"vgt": 4}, Tier.C),
    ],
)
def test_someone_signs(team: set[str], mine: dict[str, int], tier: Tier) -> None:
    role = a_role(languages_spoken=frozenset(team))
    assert tier_of(role, a_person(must=("ic.sign_language",), languages=mine)) is tier


@given(offers(), people)
def test_the_tier_is_what_a_slow_second_opinion_says(roles: list[RoleFacts], person: PersonFacts) -> None:
    snapshot = Snapshot.build(roles, "1", today=TODAY)
    found = sort_into_tiers(snapshot, Person.of(person)).tiers
    for role in roles:
        expected = verdict(person, role, TODAY)
        assert TIER_ORDER[found[snapshot.row_of[role.opportunity_id]]] == expected.tier, expected.obstacles
