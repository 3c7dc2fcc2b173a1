"""The database goes away under load, twice: as an administrator stops it, and as a power cut does."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import pytest

from tests.integration.chaos.load import through_the_service
from tests.integration.chaos.programs import Programs
from tests.integration.chaos.reckoning import all_is_there_once, everything_is_done
from tests.patience import eventually
from tests.servers.postgresql import PostgreSQL
from volunteer.bootstrap import Core
from volunteer.cli.database import bring_up

pytestmark = pytest.mark.chaos

AWAY_SECONDS = 10.0
LONGEST_SECONDS = 10.0


@pytest.fixture
def server() -> Iterator[PostgreSQL]:
    """A PostgreSQL of one's own, so that it can be stopped."""
    with PostgreSQL() as started:
        yield started


@pytest.fixture
def database_url(server: PostgreSQL) -> str:
    url = server.create_database("mortal")
    bring_up(url)
    return url


def kill_all(server: PostgreSQL) -> None:
    """End every process of the server at once, as a power cut would."""
    assert server.child.process is not None
    postmaster = psutil.Process(server.child.process.pid)
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        process.kill()
    server.child.process.wait()
    eventually(lambda: not any(map(is_alive, processes)), what="the end of PostgreSQL")


def is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_a_database_that_goes_away_loses_nothing_it_acknowledged(
    server: PostgreSQL, core: Core, programs: Programs
) -> None:
    # Given a house at work
    worker, scheduler = programs.worker(), programs.scheduler()
    with through_the_service(core) as load:
        load.goes_on(40)
        # When the database is stopped, and then killed, for ten seconds each
        for end in (server.stop, lambda: kill_all(server)):
            end()
            load.is_refused(5, seconds=AWAY_SECONDS)
            server.start()
            load.goes_on(40)
    # Then worker and scheduler go on by themselves, and what was acknowledged is done once
    everything_is_done(core)
    all_is_there_once(core, load)
    assert worker.is_running
    assert scheduler.is_running
    # And who was refused did not have to wait for it
    assert load.slowest_seconds < LONGEST_SECONDS
