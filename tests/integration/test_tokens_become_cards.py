"""A token from before there were cards opens its file afterwards, on both databases, and back again."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import create_engine

from tests.fakes import HandClock, RecordingBell
from tests.servers.postgresql import PostgreSQL
from volunteer.bootstrap import make_core
from volunteer.cli.database import bring_down, bring_up
from volunteer.config import Settings, from_environment
from volunteer.services import cards

TOKEN = "een-kaart-van-vroeger-"
BEFORE = "0002"


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database as it was when a token was a column of the file."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    else:
        server: PostgreSQL = request.getfixturevalue("postgresql")
        url = server.create_database(f"old_{uuid4().hex}")
    bring_up(url, BEFORE)
    return url


def put_in(url: str, token: str | None) -> UUID:
    """A confirmed file, written as the tables were then."""
    candidate_id = uuid4()
    engine = create_engine(url)
    with engine.begin() as connection:
        table = sa.Table("candidates", sa.MetaData(), autoload_with=connection)
        connection.execute(
            table.insert().values(
                id=candidate_id if url.startswith("postgresql") else candidate_id.hex,
                state="confirmed",
                origin="page",
                first_name="Amina",
                language="nl",
                commitments=[],
                tasks_can=[],
                tasks_want=[],
                tasks_learn=[],
                sectors=[],
                languages={},
                times="",
                channel="desk",
                token_hash=hashlib.sha256(token.encode()).digest() if token else None,
                created_at=datetime(2026, 3, 1, tzinfo=UTC),
            )
        )
    engine.dispose()
    return candidate_id


def opens(settings: Settings, url: str, token: str) -> UUID | None:
    changed = from_environment({**settings.environment, "DATABASE_URL": url})
    core = make_core(changed, clock=HandClock(), bell=RecordingBell())
    with core.units.write() as uow:
        found = cards.use(uow, token)
        opened = found[1].id if found else None
    core.engine.dispose()
    return opened


def kept_hashes(url: str) -> list[bytes]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(sa.text("select token_hash from candidates where token_hash is not null"))
        hashes = [bytes(row.token_hash) for row in found]
    engine.dispose()
    return hashes


def test_an_old_token_opens_its_file_after_the_step_up(settings: Settings, old_url: str) -> None:
    amina, _without = put_in(old_url, TOKEN), put_in(old_url, None)
    bring_up(old_url)
    assert opens(settings, old_url, TOKEN) == amina


def test_a_card_becomes_a_token_again_on_the_way_down(settings: Settings, old_url: str) -> None:
    put_in(old_url, TOKEN)
    bring_up(old_url)
    bring_down(old_url, BEFORE)
    assert kept_hashes(old_url) == [hashlib.sha256(TOKEN.encode()).digest()]
