"""The history of the database leads to the models, on both databases, and back to nothing."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from tests.servers.postgresql import PostgreSQL
from volunteer.cli.database import bring_down, bring_up, configuration, present_revision
from volunteer.models import Base


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a single table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.create_database(f"empty_{uuid4().hex}")


def test_there_is_one_line_of_revisions_numbered_in_order(tmp_path: Path) -> None:
    history = ScriptDirectory.from_config(configuration(f"sqlite:///{tmp_path / 'none.sqlite'}"))
    numbers = [step.revision for step in history.walk_revisions()][::-1]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    for step in history.walk_revisions():
        assert Path(step.path).name.startswith(f"{step.revision}_")


def test_the_newest_revision_is_what_the_models_say(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert differences == [], "run `volunteer database revision` to write the next migration"


def test_every_step_goes_up_and_down_and_up_again(empty_url: str) -> None:
    history = ScriptDirectory.from_config(configuration(empty_url))
    for step in reversed(list(history.walk_revisions())):
        bring_up(empty_url, step.revision)
        bring_down(empty_url, "-1")
        bring_up(empty_url, step.revision)
        assert present_revision(empty_url) == step.revision
    bring_down(empty_url, "base")
    engine = create_engine(empty_url)
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing_half_done(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a first migration that breaks at its end
    history = ScriptDirectory.from_config(configuration(empty_url))
    first = history.get_revision("0001")
    upgrade = first.module.upgrade

    def breaks() -> None:
        upgrade()
        raise RuntimeError("the power went")

    monkeypatch.setattr(ScriptDirectory, "from_config", lambda _config: history)
    monkeypatch.setattr(first.module, "upgrade", breaks)
    # When it runs
    with pytest.raises(RuntimeError, match="the power went"):
        bring_up(empty_url)
    # Then the database is as it was
    engine = create_engine(empty_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
