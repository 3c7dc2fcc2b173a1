"""The servers the other tests stand on are real, their own, and cannot be left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from socket import AF_INET, AF_INET6, AddressFamily

import pytest
import redis
from sqlalchemy import create_engine, text

from tests.conftest import ReachedOut
from tests.patience import eventually
from volunteer.cli.children import Child
from volunteer.config import Settings
from volunteer.keyring import load


def test_each_test_has_a_migrated_database_of_its_own(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("create table only_mine (number integer)"))
        tables = connection.execute(text("select count(*) from alembic_version"))
        assert tables.scalar_one() == 1
    engine.dispose()


@pytest.mark.parametrize("time", [1, 2])
def test_nothing_is_left_of_the_test_before(database_url: str, valkey_url: str, time: int) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("create table not_there_yet (number integer)"))
    engine.dispose()
    with redis.Redis.from_url(valkey_url) as client:
        assert client.dbsize() == 0
        client.set("time", time)


def test_settings_describe_an_installation_with_keys(settings: Settings) -> None:
    ring = load(settings.keys)
    assert ring.open(ring.seal("a ramp", field="needs"), field="needs") == "a ramp"
    assert settings.development
    assert not settings.rate_limits


@pytest.mark.parametrize(("family", "host"), [(AF_INET, "192.0.2.1"), (AF_INET6, "2001:db8::1")])
def test_no_test_reaches_beyond_this_machine(family: AddressFamily, host: str) -> None:
    with socket.socket(family) as outwards, pytest.raises(ReachedOut):
        outwards.connect((host, 25))


def test_no_test_asks_the_world_where_somebody_is() -> None:
    with pytest.raises(ReachedOut):
        socket.create_connection(("mail.invalid", 25), timeout=0.1)


def test_a_killed_parent_takes_its_child_along(tmp_path: Path) -> None:
    # Given a process that started a child and waits
    told = tmp_path / "child"
    program = (
        "import pathlib, sys, time\n"
        "from volunteer.cli.children import Child\n"
        "child = Child('sleeper', (sys.executable, '-c', 'import time; time.sleep(600)'))\n"
        "child.start()\n"
        f"part = pathlib.Path({str(told)!r}).with_suffix('.part')\n"
        "part.write_text(str(child.process.pid))\n"
        f"part.rename({str(told)!r})\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program])
    child = int(eventually(lambda: told.read_text() if told.exists() else None))
    # When the parent is killed
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    # Then the child is gone
    eventually(lambda: not _is_alive(child))


def test_a_child_without_its_parent_does_not_begin() -> None:
    wrapper = Path(sys.modules[Child.__module__].__file__ or "").with_name("child.py")
    somebody_else = str(os.getppid())
    ended = subprocess.run(
        [sys.executable, "-I", "-S", str(wrapper), somebody_else, "9", "-", sys.executable, "-c", "pass"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "gone already" in ended.stderr


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
