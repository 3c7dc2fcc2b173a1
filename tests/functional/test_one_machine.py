"""The one-machine mode lives, dies and lives again as one; real processes are killed here."""

from __future__ import annotations

import re
import signal
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests.patience import eventually
from tests.servers.one_machine import PROGRAMS, OneMachine

pytestmark = pytest.mark.chaos


@pytest.mark.parametrize("told_by", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_with_one_command_and_stops_cleanly_when_told(
    tmp_path: Path, told_by: signal.Signals
) -> None:
    with OneMachine(tmp_path) as machine:
        assert machine.status() == 200
        assert machine.stop(told_by) == 0
        assert machine.survivors() == []
        assert machine.output.rstrip().endswith("Stopped.")
        assert "Traceback" not in machine.output


def test_a_second_start_finds_everything_again_and_nobody_else_does(tmp_path: Path) -> None:
    with OneMachine(tmp_path) as machine:
        machine.stop()
    keys = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    for top in ("data", "keys"):
        for path in (tmp_path / top, *(tmp_path / top).rglob("*")):
            assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
    with OneMachine(tmp_path) as machine:
        assert machine.status() == 200
        machine.stop(signal.SIGHUP)
    assert {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == keys


def test_what_stands_in_the_way_is_said_in_one_line_before_anything_starts(tmp_path: Path) -> None:
    with OneMachine(tmp_path) as machine:
        same_folder = _start_in_vain(machine, PORT="0")
        assert re.search(rf"running already .*\(process {machine.process.pid}\)", same_folder)
        same_port = _start_in_vain(machine, DATA=str(tmp_path / "other"))
        assert f"Cannot listen on 127.0.0.1 port {machine.port}" in same_port
        assert same_folder.count("\n") == same_port.count("\n") == 1
        assert machine.status() == 200


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


def test_a_program_that_is_killed_comes_back_and_nobody_is_refused(tmp_path: Path) -> None:
    with OneMachine(tmp_path) as machine:
        for name in PROGRAMS:
            killed = machine.children()[name]
            killed.kill()
            assert machine.status() == 200
            back = eventually(partial(_another, machine, name, killed), what=f"the return of {name}")
            assert back.is_running()
        assert machine.output.count("starts again in 0.5 s") == len(PROGRAMS)
        assert machine.stop() == 0


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
