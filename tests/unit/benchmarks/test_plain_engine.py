"""What is measured against does the same work: plain Python shows what the engine shows."""

from __future__ import annotations

import pytest
from hypothesis import given

from benchmarks import plain_engine
from benchmarks.plain_engine import PlainRole
from tests.factories.facts import TODAY
from tests.unit.matching.strategies import offers, people
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.evaluation.city import build
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import PLACES_SHOWN, suggest

WITHOUT_THE_LOT = PLACES_SHOWN - 1
"""Of a shorter list no seat is drawn by lot."""


def compare(roles: list[RoleFacts], person: PersonFacts) -> None:
    ours = suggest(Snapshot.build(roles, "1", today=TODAY), person, WITHOUT_THE_LOT)
    plain = plain_engine.suggest(
        [PlainRole.of(role, TODAY) for role in roles], person, TODAY, WITHOUT_THE_LOT
    )
    assert [match.opportunity_id for match in ours] == [match.role.facts.opportunity_id for match in plain]
    for one, other in zip(ours, plain, strict=True):
        assert one.tier == other.tier
        assert one.score == pytest.approx(other.score)
        assert dict(one.parts) == pytest.approx(dict(other.parts))
        assert dict(one.needs) == dict(other.states)
        assert set(one.language_questions) == set(other.language_questions)


@given(offers(most=20), people)
def test_any_few_roles(roles: list[RoleFacts], person: PersonFacts) -> None:
    compare(roles, person)


def test_an_invented_city() -> None:
    city = build(roles=300, people=40, seed=8, today=TODAY)
    for person in city.people:
        compare(list(city.roles), person)
