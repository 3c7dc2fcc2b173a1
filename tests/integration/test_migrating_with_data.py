"""Going down a step of the history and up again keeps every row that both sides know."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, inspect, select, text

from tests.factories.city_map import load_districts
from tests.fakes import HandClock, RecordingBell
from volunteer.bootstrap import make_core
from volunteer.cli.database import bring_down, bring_up, configuration
from volunteer.config import Settings
from volunteer.domain.access import Answer, Strength
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import Purpose
from volunteer.domain.opportunities import Place, Posting
from volunteer.models import Base, Candidate
from volunteer.services import candidates, needs, opportunities, organisations

KEPT = (
    "candidates",
    "consents",
    "need_readings",
    "organisations",
    "venues",
    "opportunities",
    "access_answers",
)


def counts(url: str) -> dict[str, int]:
    """How many rows each table has, through a connection that minds foreign keys or not as it comes."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            name: connection.scalar(select(func.count()).select_from(text(name))) or 0
            for name in inspect(engine).get_table_names()
        }
    engine.dispose()
    return found


def fill(settings: Settings) -> None:
    """One person with consents, needs and a reading of them; one role at a venue with an answer."""
    core = make_core(settings, clock=HandClock(), bell=RecordingBell())
    load_districts(core)
    sign_up = SignUp(
        first_name="Amina",
        language="fr",
        channel=Channel.DESK,
        municipality="elsene",
        district="E1",
        needs={"ph.seated_work": Strength.MUST},
        consents=frozenset({Purpose.ACCOUNT, Purpose.MATCH, Purpose.NEEDS}),
    )
    posting = Posting(
        title="Soep",
        description="",
        language="nl",
        place=Place(street="Plein 1"),
        access={"sv.buddy": Answer.YES},
    )
    with core.units.write() as uow:
        candidate, _ = candidates.enrol(uow, sign_up, origin="page")
        organisation = organisations.add(uow, "De Kring", language="nl")
        uow.session.flush()
        needs.read(uow, candidate, reader="test", purpose="test")
        opportunities.post(uow, posting, organisation_id=organisation.id, said_by="test")
    core.engine.dispose()


@pytest.fixture
def filled(settings: Settings) -> str:
    fill(settings)
    return settings.database_url


def test_no_step_down_or_up_takes_rows_with_it(filled: str) -> None:
    before = counts(filled)
    assert all(before[table] for table in KEPT)
    steps = list(ScriptDirectory.from_config(configuration(filled)).walk_revisions())
    for _ in steps[:-1]:
        bring_down(filled, "-1")
        present = counts(filled)
        assert {name: present[name] for name in KEPT} == {name: before[name] for name in KEPT}
    bring_up(filled)
    present = counts(filled)
    assert {name: present[name] for name in KEPT} == {name: before[name] for name in KEPT}


def test_after_a_step_down_and_up_foreign_keys_still_hold(settings: Settings, filled: str) -> None:
    bring_down(filled, "-1")
    bring_up(filled)
    core = make_core(settings, clock=HandClock(), bell=RecordingBell())
    with core.units.write() as uow:
        uow.session.delete(uow.session.scalars(select(Candidate)).one())
    core.engine.dispose()
    present = counts(filled)
    assert (present["candidates"], present["consents"], present["need_readings"]) == (0, 0, 0)


def test_a_rebuilt_table_has_the_same_keys_and_indexes(filled: str) -> None:
    def described() -> dict[str, Any]:
        engine = create_engine(filled)
        inspector = inspect(engine)
        found = {
            table: (
                sorted(
                    (each["name"] or "", each["constrained_columns"])
                    for each in inspector.get_foreign_keys(table)
                ),
                sorted((each["name"] or "", each["unique"]) for each in inspector.get_indexes(table)),
                inspector.get_pk_constraint(table)["constrained_columns"],
            )
            for table in Base.metadata.tables
        }
        engine.dispose()
        return found

    before = described()
    bring_down(filled, "-1")
    bring_up(filled)
    assert described() == before


def test_down_and_up_again_approves_nobody_and_remembers_what_people_saw(filled: str) -> None:
    engine = create_engine(filled)
    with engine.begin() as connection:
        connection.execute(text("UPDATE organisations SET approval = 'refused'"))
        connection.execute(text("UPDATE opportunities SET state = 'paused'"))
    bring_down(filled, "0003")
    bring_up(filled)
    with engine.connect() as connection:
        suspended = connection.scalar(text("SELECT suspended_at FROM organisations"))
        opened = connection.scalar(text("SELECT opened_at FROM opportunities"))
    engine.dispose()
    assert suspended is not None
    assert opened is not None
