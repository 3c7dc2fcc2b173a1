"""The one-machine mode lives, dies and lives again as one; real processes are killed here."""

from __future__ import annotations

import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.patience import eventually
from tests.servers.one_machine import PROGRAMS, OneMachine

pytestmark = pytest.mark.chaos


@pytest.mark.parametrize("told_by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_starts_with_one_command_and_stops_cleanly_when_told(
    tmp_path: Path, told_by: signal.Signals
) -> None:
    with OneMachine(tmp_path) as machine:
        assert machine.status() == 200
        assert machine.stop(told_by) == 0
        assert machine.survivors() == []
        assert machine.output.rstrip().endswith("Stopped.")
        assert "Traceback" not in machine.output


def test_a_second_start_finds_its_data_again(tmp_path: Path) -> None:
    with OneMachine(tmp_path) as machine:
        machine.stop()
    keys = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    with OneMachine(tmp_path) as machine:
        assert machine.status() == 200
        machine.stop()
    assert {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == keys


def test_what_it_writes_is_for_nobody_else(tmp_path: Path) -> None:
    with OneMachine(tmp_path) as machine:
        machine.stop()
    for top in ("data", "keys"):
        for path in (tmp_path / top, *(tmp_path / top).rglob("*")):
            assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


def test_one_folder_is_served_once_and_the_second_start_says_so(tmp_path: Path) -> None:
    with OneMachine(tmp_path) as machine:
        second = _start_in_vain(machine, PORT="0")
        assert re.search(rf"running already .*\(process {machine.process.pid}\)", second)
        assert machine.status() == 200


def test_a_port_that_is_taken_is_said_before_anything_starts(tmp_path: Path) -> None:
    with OneMachine(tmp_path) as machine:
        said = _start_in_vain(machine, DATA=str(tmp_path / "other"))
        assert f"Cannot listen on 127.0.0.1 port {machine.port}" in said
        assert said.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it takes half a second more")
def test_killing_the_supervisor_leaves_nobody_behind(tmp_path: Path) -> None:
    with OneMachine(tmp_path) as machine:
        assert set(machine.children()) == set(PROGRAMS)
        machine.process.kill()
        machine.process.wait()
        eventually(lambda: not machine.survivors(), seconds=2, what="the end of all children")
    # And the folder is free for the next start.
    with OneMachine(tmp_path) as machine:
        assert machine.status() == 200


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_that_is_killed_comes_back(tmp_path: Path, name: str) -> None:
    with OneMachine(tmp_path) as machine:
        killed = machine.children()[name]
        killed.kill()
        back = eventually(lambda: _another(machine, name, killed), what=f"the return of {name}")
        assert machine.status() == 200
        # Nobody is refused meanwhile, and the others never noticed.
        assert back.is_running()
        assert machine.stop() == 0
        assert "starts again in 0.5 s" in machine.output


def _another(machine: OneMachine, name: str, killed: psutil.Process) -> psutil.Process | None:
    found = machine.children().get(name)
    return None if found == killed else found


def _start_in_vain(machine: OneMachine, **environment: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "volunteer.cli", "run"],
        env={**machine.environment, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stdout + ended.stderr
    return ended.stderr
