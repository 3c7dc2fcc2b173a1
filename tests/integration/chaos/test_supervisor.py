"""The whole service on one machine, under load: everything is killed in turn, last of all the supervisor."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.integration.chaos.conftest import let_leases_run_out, publish_roles
from tests.integration.chaos.load import through_the_web
from tests.integration.chaos.reckoning import all_is_there_once, everything_is_done
from tests.patience import eventually
from tests.servers.one_machine import PROGRAMS, OneMachine
from volunteer.bootstrap import Core, make_silent_core
from volunteer.config import from_environment
from volunteer.models import SuggestionList

pytestmark = pytest.mark.chaos

DEATH_SECONDS = 3.0
STOP_SECONDS = 15.0
BACK_SECONDS = 60.0


def lists_made(core: Core) -> int:
    with core.units.read() as uow:
        return uow.session.scalar(select(func.count()).select_from(SuggestionList)) or 0


def is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def suggestions_go_on(core: Core) -> None:
    """Wait until more people have been found roles."""
    before = lists_made(core)
    eventually(lambda: lists_made(core) > before, seconds=BACK_SECONDS, what="more suggestions")


def test_whatever_is_killed_comes_back_and_a_second_start_finishes_what_was_undone(tmp_path: Path) -> None:
    # Given a machine that people use
    machine = OneMachine(tmp_path, RATE_LIMITS="0")
    with through_the_web(machine.port) as load:
        with machine:
            core = make_silent_core(from_environment(machine.environment))
            publish_roles(core)
            load.goes_on(10)
            # When each of its programs is killed, the service goes on
            for name in PROGRAMS:
                machine.children()[name].kill()
                load.goes_on(10)
                suggestions_go_on(core)
            load.goes_on(10)
            # And when the supervisor itself is killed, nobody is left and the port is free
            machine.children()
            machine.process.kill()
            machine.process.wait()
            eventually(lambda: not machine.survivors(), seconds=DEATH_SECONDS, what="the end of all")
            eventually(lambda: is_free(machine.port), seconds=DEATH_SECONDS, what="a free port")
            load.is_refused(5, seconds=0)
        let_leases_run_out(core)
        with machine:
            # Then a second start finishes what was undone
            load.goes_on(10)
            load.end()
            everything_is_done(core)
            all_is_there_once(core, load)
            # And Ctrl-C in the terminal, which reaches the whole group, ends it all in good order
            began = time.monotonic()
            machine.children()
            os.killpg(machine.process.pid, signal.SIGINT)
            assert machine.process.wait(timeout=STOP_SECONDS) == 0
            assert time.monotonic() - began < STOP_SECONDS
            assert machine.survivors() == []
    core.close()
