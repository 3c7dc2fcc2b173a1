"""What stands in the way of a start is said in one sentence, before anything has started."""

from __future__ import annotations

import os
import signal
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from volunteer import keyring
from volunteer.cli.database import present_revision
from volunteer.cli.installation import CannotStart, listen, lock, make_folders, make_ready
from volunteer.cli.signals import StopSignals
from volunteer.config import Settings, from_environment


@pytest.fixture
def bare(tmp_path: Path) -> Settings:
    """An installation that was never started."""
    made = from_environment({"DATA": str(tmp_path / "data"), "KEYS": str(tmp_path / "keys")})
    make_folders(made)
    return made


def test_the_first_start_makes_tables_and_keys_that_nobody_else_can_read(bare: Settings) -> None:
    make_ready(bare)
    assert present_revision(bare.database_url) is not None
    keyring.load(bare.keys)
    for path in (bare.data, bare.keys, *bare.keys.iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_later_start_keeps_the_keys(bare: Settings) -> None:
    make_ready(bare)
    before = [path.read_bytes() for path in bare.keys.iterdir()]
    make_ready(bare)
    assert [path.read_bytes() for path in bare.keys.iterdir()] == before


def test_data_without_its_keys_is_not_given_new_ones(bare: Settings) -> None:
    make_ready(bare)
    for path in bare.keys.iterdir():
        path.unlink()
    with pytest.raises(CannotStart, match="no keys"):
        make_ready(bare)
    assert list(bare.keys.iterdir()) == []


def test_keys_inside_the_data_are_refused(bare: Settings) -> None:
    with pytest.raises(CannotStart, match="KEYS lies in DATA"):
        make_folders(replace(bare, keys=bare.data / "keys"))


def test_a_folder_that_cannot_be_made_is_named(bare: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="DATA cannot be made"):
        make_folders(replace(bare, data=tmp_path / "file" / "data"))


def test_a_database_that_is_away_is_said_so(bare: Settings) -> None:
    away = replace(bare, database_url="postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(CannotStart, match="The database cannot be used"):
        make_ready(away)


def test_one_folder_serves_one_supervisor(bare: Settings) -> None:
    with lock(bare.data), pytest.raises(CannotStart, match=f"running already .* \\(process {os.getpid()}\\)"):
        lock(bare.data)
    lock(bare.data).close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_port_that_is_taken_is_said_before_anything_starts(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"port {port}: .*PORT={port + 1}"):
            listen("127.0.0.1", port)
    listen(host, 0).close()


def test_a_host_that_is_not_ours_is_said_so() -> None:
    with pytest.raises(CannotStart, match=r"Cannot listen on 192\.0\.2\.1"):
        listen("192.0.2.1", 8000)


def test_being_told_to_stop_interrupts_the_preparations_and_is_remembered_afterwards() -> None:
    with StopSignals() as signals:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        signals.told = False
        signals.interrupting = False
        assert not signals.wait(0.01)
        signal.raise_signal(signal.SIGINT)
        assert signals.wait(60)
