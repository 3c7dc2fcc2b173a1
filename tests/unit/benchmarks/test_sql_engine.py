"""What is measured against does the same work: one SQL query shows what the engine shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import create_engine

from benchmarks.plain_engine import PlainRole
from benchmarks.sql_engine import SqlEngine
from tests.factories.facts import TODAY
from volunteer.domain.availability import Availability
from volunteer.domain.interests import TASKS
from volunteer.evaluation.city import build
from volunteer.matching.people import Person
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import PLACES_SHOWN, suggest

WITHOUT_THE_LOT = PLACES_SHOWN - 1


def test_an_invented_city(database_url: str) -> None:
    city = build(roles=300, people=60, seed=8, today=TODAY)
    snapshot = Snapshot.build(city.roles, "1", today=TODAY)
    engine = create_engine(database_url)
    sql = SqlEngine.filled(engine, [PlainRole.of(role, TODAY) for role in city.roles])
    for number, each in enumerate(city.people):
        weekly = Availability(each.times.spans, flexible=each.times.flexible)
        unwanted = frozenset(list(TASKS)[number : number + 3]) if number % 2 else frozenset()
        person = replace(each, times=weekly, unwanted_tasks=unwanted)
        ours = suggest(snapshot, person, WITHOUT_THE_LOT)
        theirs = sql.suggest(Person.of(person), WITHOUT_THE_LOT)
        assert [match.opportunity_id for match in ours] == [m.role.facts.opportunity_id for m in theirs]
        for one, other in zip(ours, theirs, strict=True):
            assert one.tier == other.tier
            assert one.score == pytest.approx(other.score)
            assert dict(one.parts) == pytest.approx(dict(other.parts))
            assert dict(one.needs) == dict(other.states)
            assert set(one.language_questions) == set(other.language_questions)
    sql.connection.close()
    engine.dispose()
