"""The checker judged by hand: it must see each kind of wrong by itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.factories.facts import TODAY, a_person, a_role
from volunteer.domain.access import Answer
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.evaluation.checker import verdict, violations

BUDDY = "sv.buddy"


@dataclass(frozen=True)
class Row:
    opportunity_id: UUID
    tier: str = "A"
    needs: dict[str, str] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    language_questions: tuple[str, ...] = ()


def test_a_right_row_is_right() -> None:
    role = a_role(answers={BUDDY: Answer.ARRANGEABLE}, languages_needed={"nl": 1})
    row = Row(role.opportunity_id, "C", {BUDDY: "arrange"}, language_questions=("nl",))
    assert violations(a_person(must=(BUDDY,)), role, row, TODAY) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"tier": "A"}, "tier"),
        ({"needs": {BUDDY: "fits"}}, "shown as fits"),
        ({"needs": {}}, "not those of the person"),
        ({"questions": (BUDDY,)}, "questions to the organisation"),
        ({"language_questions": ("fr",)}, "languages"),
        ({"opportunity_id": UUID(int=5)}, "another role"),
    ],
)
def test_a_wrong_row_is_seen(change: dict[str, object], complaint: str) -> None:
    role = a_role(answers={BUDDY: Answer.ARRANGEABLE})
    row = replace(Row(role.opportunity_id, "B", {BUDDY: "arrange"}), **change)  # type: ignore[arg-type]
    assert any(complaint in each for each in violations(a_person(must=(BUDDY,)), role, row, TODAY))


@pytest.mark.parametrize(
    ("role", "person"),
    [
        (a_role(answers={BUDDY: Answer.NO}), a_person(must=(BUDDY,))),
        (a_role(languages_needed={"nl": 2}), a_person(languages={"nl": 1})),
        (a_role(times="mon 09:00-12:00"), a_person(times="mon 12:00-13:00")),
        (a_role(ends_on=TODAY + timedelta(days=1)), a_person(times="fri 12:00-13:00")),
        (a_role(ends_on=TODAY + timedelta(days=1), times="sun 12:00-13:00"), a_person()),
        (a_role(is_open=False), a_person()),
        (a_role(wanted=1, taken=1), a_person()),
        (a_role(ends_on=TODAY - timedelta(days=1)), a_person()),
        (a_role(opportunity_id=UUID(int=9)), a_person(refused=frozenset({UUID(int=9)}))),
    ],
)
def test_each_hard_rule_excludes(role: RoleFacts, person: PersonFacts) -> None:
    found = verdict(person, role, TODAY)
    assert found.tier == "out"
    assert len(found.obstacles) == 1
