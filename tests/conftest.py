"""What every test may ask for: settings, real databases, a real Valkey; and no way out to the world."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib import resources
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest
import redis
from flask import Flask

from tests.compiled_once import Statements, keep_addresses, keep_templates
from tests.fakes import RecordingBell, work_off
from tests.servers.postgresql import PostgreSQL
from volunteer.app import create_app
from volunteer.bootstrap import Core, make_core
from volunteer.cli.database import bring_up
from volunteer.cli.valkey import Valkey
from volunteer.config import Settings, from_environment
from volunteer.keyring import create
from workers.bootstrap import make_worker_core

TEMPLATE = "migrated"
LOCAL_NAMES = {"localhost", "", None}


class ReachedOut(Exception):
    """A test tried to leave this machine."""


def _stay_inside(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse every connection and look-up beyond this machine, so that no test can mail anyone."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        if isinstance(address, tuple):
            _refuse_elsewhere(address[0])
    elif event == "socket.getaddrinfo":
        name = arguments[0].decode() if isinstance(arguments[0], bytes) else arguments[0]
        if name not in LOCAL_NAMES and _address(str(name)) is None:
            raise ReachedOut(f"a test may not ask where {name} is")


def _refuse_elsewhere(host: object) -> None:
    address = _address(str(host))
    inside = host in LOCAL_NAMES if address is None else address.is_loopback or address.is_unspecified
    if not inside:
        raise ReachedOut(f"a test may not reach {host!r}")


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


sys.addaudithook(_stay_inside)

keep_templates()
keep_addresses()
STATEMENTS = Statements()

# On a busy machine an example may take any time; that says nothing about what is tested.
PATIENT = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
# The same examples every time: a change is judged by itself. HYPOTHESIS_PROFILE=explore looks for others.
hypothesis.settings.register_profile("repeatable", PATIENT, derandomize=True)
hypothesis.settings.register_profile("explore", PATIENT, derandomize=False, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """The PostgreSQL server of this test process, with a migrated template."""
    with PostgreSQL() as server:
        bring_up(server.create_database(TEMPLATE))
        STATEMENTS.learn_dialect(server.url())
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    bring_up(f"sqlite:///{path}")
    STATEMENTS.learn_dialect(f"sqlite:///{path}")
    return path


@pytest.fixture
def postgres_url(postgresql: PostgreSQL) -> Iterator[str]:
    """A migrated PostgreSQL database of one's own, gone after the test."""
    name = f"test_{uuid4().hex}"
    yield postgresql.create_database(name, template=TEMPLATE)
    postgresql.drop_database(name)


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of one's own."""
    path = tmp_path / "schakel.sqlite"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of one's own; the test runs once on each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """The Valkey server of this test process."""
    server = Valkey(tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server
    server.child.kill()


@pytest.fixture
def valkey_url(valkey: Valkey) -> str:
    """An empty Valkey."""
    with redis.Redis.from_url(valkey.url) as client:
        client.flushall()
    return valkey.url


@pytest.fixture
def settings(tmp_path: Path, database_url: str, valkey_url: str) -> Settings:
    """One installation in a temporary folder, with keys, on each kind of database."""
    keys = tmp_path / "keys"
    create(keys)
    awake = tmp_path / "centre.toml"
    awake.write_text(_never_quiet(), "utf-8")
    return from_environment(
        {
            "DATA": str(tmp_path / "data"),
            "KEYS": str(keys),
            "DATABASE_URL": database_url,
            "REDIS_URL": valkey_url,
            "CENTRE": str(awake),
            "DEVELOPMENT": "1",
            "DEMO": "0",
            "RATE_LIMITS": "0",
        }
    )


def _never_quiet() -> str:
    """The demo centre without quiet hours: what a test finds does not depend on when it runs."""
    text = (resources.files("volunteer") / "data" / "centre.toml").read_text("utf-8")
    assert "quiet_until = 08:00:00" in text
    return text.replace("quiet_until = 08:00:00", "quiet_until = 21:00:00")


@pytest.fixture
def bell() -> RecordingBell:
    """A bell whose rings can be looked at."""
    return RecordingBell()


@pytest.fixture
def core(settings: Settings, bell: RecordingBell) -> Iterator[Core]:
    """What one web process is put together from."""
    core = make_core(settings, bell=bell)
    yield core
    core.engine.dispose()


@pytest.fixture
def app(core: Core) -> Flask:
    """The application over that core."""
    return create_app(core.settings, core)


@pytest.fixture
def work(settings: Settings, bell: RecordingBell) -> Iterator[Callable[[], None]]:
    """Does everything that workers would do now."""
    worker = make_worker_core(settings, bell=bell)
    yield lambda: work_off(worker, bell)
    worker.core.engine.dispose()
