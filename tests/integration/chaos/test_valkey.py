"""The bell is emptied, goes away or freezes; people sign up all the same, and all is done in the end."""

from __future__ import annotations

import signal

import pytest
import redis

from tests.integration.chaos.load import through_the_service
from tests.integration.chaos.programs import Programs
from tests.integration.chaos.reckoning import all_is_there_once, everything_is_done
from tests.patience import eventually
from volunteer.bootstrap import Core
from volunteer.cli.valkey import Valkey

pytestmark = pytest.mark.chaos

AWAY_SECONDS = 4.0
LONGEST_SECONDS = 4.0
"""How long somebody may wait for their sign-up: a second for the bell, the rest for a busy machine."""


def is_empty(valkey: Valkey) -> bool:
    """Whether there is no message but those a worker has taken."""
    with redis.Redis.from_url(valkey.url) as client:
        return not client.llen("dramatiq:events")


def empty(valkey: Valkey) -> None:
    with redis.Redis.from_url(valkey.url) as client:
        client.flushall()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_emptied_valkey_loses_nothing(core: Core, valkey: Valkey, programs: Programs) -> None:
    # Given messages that wait for a worker, and one at work
    with through_the_service(core) as load:
        load.goes_on(20)
        eventually(lambda: not is_empty(valkey), what="a queue")
        # When everything is wiped out, again and again
        empty(valkey)
        programs.worker()
        programs.scheduler()
        for _ in range(3):
            load.goes_on(20)
            empty(valkey)
    # Then the sweep finds it all
    everything_is_done(core)
    all_is_there_once(core, load)
    assert not load.refused


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_valkey_that_is_away_keeps_nobody_waiting(core: Core, valkey: Valkey, programs: Programs) -> None:
    worker, scheduler = programs.worker(), programs.scheduler()
    with through_the_service(core) as load:
        load.goes_on(20)
        # When it is killed, and back some seconds later
        valkey.child.kill()
        load.goes_on(40, seconds=AWAY_SECONDS)
        valkey.start()
        load.goes_on(20)
        # And when it still listens, but does not answer
        assert valkey.child.process is not None
        valkey.child.process.send_signal(signal.SIGSTOP)
        load.goes_on(5)
        valkey.child.process.send_signal(signal.SIGCONT)
    # Then everybody could sign up, without waiting, and was found roles
    everything_is_done(core)
    all_is_there_once(core, load)
    assert not load.refused
    assert load.slowest_seconds < LONGEST_SECONDS
    assert worker.is_running
    assert scheduler.is_running
