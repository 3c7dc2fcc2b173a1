"""What two processes do to one delivery at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.fakes import HandClock, RecordingBell
from volunteer.bootstrap import Core, make_core
from volunteer.config import Settings
from volunteer.domain.errors import NotFound
from volunteer.domain.events.candidates import CandidateChanged
from volunteer.models import Delivery
from volunteer.services import deliveries
from volunteer.services.deliveries import Claim


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def core(settings: Settings, clock: HandClock) -> Iterator[Core]:
    made = make_core(settings, bell=RecordingBell(), clock=clock)
    yield made
    made.close()


@pytest.fixture
def held(core: Core) -> Claim:
    """A delivery that a worker has claimed."""
    with core.units.write() as uow:
        event_id = uow.record(CandidateChanged(UUID(int=1)))
        uow.session.flush()
        deliveries.fan_out(uow, event_id, ["mark"])
    with core.units.write() as uow:
        claim = deliveries.claim(uow, uow.session.scalars(select(Delivery.id)).one())
    assert claim is not None
    return claim


def state_of(core: Core, claim: Claim) -> str:
    with core.units.read() as uow:
        return uow.session.get_one(Delivery, claim.delivery_id).state


def test_a_sweep_that_passes_while_work_is_finished_does_not_undo_it(
    core: Core, clock: HandClock, held: Claim
) -> None:
    # Given a worker that finishes just after its lease ran out
    clock.go_on(seconds=31)
    with ThreadPoolExecutor(1) as pool:
        with core.units.write() as finishing:
            deliveries.finish(finishing, held)
            # When the sweep passes before that is committed
            sweeping = pool.submit(_sweep, core)
            wait([sweeping], timeout=0.3)
        sweeping.result(timeout=20)
    # Then it stays done
    assert state_of(core, held) == "done"


def test_the_desk_presses_retry_twice_and_the_worker_is_quicker(core: Core, held: Claim) -> None:
    # Given something stuck, and two people who see it so
    with core.units.write() as uow:
        uow.session.get_one(Delivery, held.delivery_id).state = "stuck"
    with ThreadPoolExecutor(1) as pool:
        with core.units.write() as first:
            deliveries.retry(first, held.delivery_id)
            first.session.flush()
            second = pool.submit(_retry, core, held.delivery_id)
            wait([second], timeout=0.3)
            # When the first retry has gone all the way to its end
            first.session.get_one(Delivery, held.delivery_id).state = "done"
        # Then the second one finds nothing to bring back
        with pytest.raises(NotFound):
            second.result(timeout=20)
    assert state_of(core, held) == "done"


def test_who_is_about_to_send_holds_on_longer_than_a_slow_server_takes(
    core: Core, clock: HandClock, held: Claim
) -> None:
    with core.units.write() as uow:
        deliveries.hold(uow, held, deliveries.SENDING_LEASE)
    clock.go_on(seconds=60)
    _sweep(core)
    with core.units.write() as uow:
        assert deliveries.claim(uow, held.delivery_id) is None
        deliveries.finish(uow, held)


def test_who_lost_the_lease_does_not_send(core: Core, clock: HandClock, held: Claim) -> None:
    clock.go_on(seconds=31)
    with core.units.write() as uow:
        assert deliveries.claim(uow, held.delivery_id) is not None
    with pytest.raises(deliveries.LeaseLost), core.units.write() as uow:
        deliveries.hold(uow, held, timedelta(minutes=2))


def _sweep(core: Core) -> None:
    with core.units.write() as uow:
        deliveries.sweep(uow)


def _retry(core: Core, delivery_id: UUID) -> None:
    with core.units.write() as uow:
        deliveries.retry(uow, delivery_id)
