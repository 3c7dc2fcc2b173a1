"""A worker dies in the middle of its work, or freezes; others take over, and nothing happens twice."""

from __future__ import annotations

import signal

import pytest
from sqlalchemy import select

from tests.integration.chaos.conftest import let_leases_run_out
from tests.integration.chaos.load import through_the_service
from tests.integration.chaos.programs import Programs
from tests.integration.chaos.reckoning import all_is_there_once, everything_is_done
from tests.patience import eventually
from volunteer.bootstrap import Core
from volunteer.models import Delivery

pytestmark = pytest.mark.chaos


def something_is_claimed(core: Core) -> bool:
    with core.units.read() as uow:
        return uow.session.scalar(select(Delivery.id).where(Delivery.state == "claimed").limit(1)) is not None


def test_a_killed_worker_is_replaced_and_nothing_is_lost_or_done_twice(
    core: Core, programs: Programs
) -> None:
    # Given a house at work
    worker = programs.worker()
    scheduler = programs.scheduler()
    with through_the_service(core) as load:
        load.goes_on(40)
        # When worker and scheduler are killed in the middle
        scheduler.kill()
        for _ in range(3):
            eventually(lambda: something_is_claimed(core), what="a claim")
            worker.kill()
            if something_is_claimed(core):
                break
            worker = programs.worker()
        load.goes_on(40)
        let_leases_run_out(core)
        programs.worker()
        programs.scheduler()
        load.goes_on(40)
    # Then the others do it all, once
    everything_is_done(core)
    all_is_there_once(core, load)
    assert not load.refused


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_worker_that_freezes_and_thaws_does_nothing_twice(core: Core, programs: Programs) -> None:
    frozen = programs.worker()
    programs.scheduler()
    with through_the_service(core) as load:
        load.goes_on(20)
        assert frozen.process is not None
        frozen.process.send_signal(signal.SIGSTOP)
        let_leases_run_out(core)
        programs.worker()
        load.goes_on(20)
        frozen.process.send_signal(signal.SIGCONT)
    everything_is_done(core)
    all_is_there_once(core, load)
