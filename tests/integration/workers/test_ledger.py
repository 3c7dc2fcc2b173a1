"""No event is lost and no effect happens twice, whoever dies and whatever is rung how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from tests.fakes import HandClock, RecordingBell, work_off
from volunteer.config import Settings
from volunteer.domain.errors import NotFound
from volunteer.domain.events.candidates import CandidateEnrolled
from volunteer.domain.ports import Outgoing
from volunteer.handlers.reaction import Cause, Effect, Handler, Ports, Sending
from volunteer.models import Delivery, NeedReading, OutboxEvent
from volunteer.models.candidate import Candidate
from volunteer.queries.deliveries import stuck_deliveries, unfinished_count
from volunteer.services import deliveries
from volunteer.unit_of_work import UnitOfWork
from workers import ledger
from workers.bootstrap import WorkerCore, make_worker_core

Reaction = Callable[[Cause, UnitOfWork, Ports], None]


@dataclass
class House:
    """A worker whose clock and bell are in our hands."""

    worker: WorkerCore
    clock: HandClock
    bell: RecordingBell

    def delivery(self) -> Delivery:
        """The one delivery there is."""
        with self.worker.core.units.read() as uow:
            return uow.session.scalars(select(Delivery)).one()

    def effects(self) -> int:
        """How often the effect of the test handler happened."""
        with self.worker.core.units.read() as uow:
            return uow.session.scalar(select(func.count()).select_from(NeedReading)) or 0


Opener = Callable[..., House]


@pytest.fixture
def open_house(settings: Settings) -> Iterator[Opener]:
    """Make a house with the handlers one names."""
    opened: list[House] = []

    def make(*handlers: Handler) -> House:
        clock, bell = HandClock(), RecordingBell()
        worker = make_worker_core(settings, bell=bell, clock=clock, handlers=handlers)
        opened.append(House(worker, clock, bell))
        return opened[-1]

    yield make
    for house in opened:
        house.worker.core.close()


def leave_a_mark(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """An effect that can be counted."""
    uow.session.add(
        NeedReading(candidate_id=cause.event.candidate_id, reader="test", purpose="test", read_at=uow.now)
    )


def enrol(house: House) -> UUID:
    """Commit a person and the event about them."""
    with house.worker.core.units.write() as uow:
        candidate = Candidate(
            id=uuid4(), state="confirmed", origin="page", first_name="Amal", language="nl", times="",
            channel="desk", created_at=uow.now,
        )  # fmt: skip
        uow.session.add(candidate)
        uow.session.flush()
        return uow.record(CandidateEnrolled(candidate.id))


def effect(run: Reaction = leave_a_mark) -> Handler:
    return Handler("mark", CandidateEnrolled, Effect(run))


def test_an_event_travels_to_its_effect(open_house: Opener) -> None:
    house = open_house(effect())

    enrol(house)
    work_off(house.worker, house.bell)

    assert house.effects() == 1
    assert house.delivery().state == "done"
    with house.worker.core.units.read() as uow:
        assert unfinished_count(uow.session) == 0


def test_nothing_is_recorded_when_the_use_case_fails(open_house: Opener) -> None:
    house = open_house(effect())

    def break_off() -> None:
        with house.worker.core.units.write() as uow:
            uow.record(CandidateEnrolled(uuid4()))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()

    assert not house.bell.events
    with house.worker.core.units.read() as uow:
        assert uow.session.scalar(select(func.count()).select_from(OutboxEvent)) == 0


def test_ringing_many_times_does_it_once(open_house: Opener) -> None:
    house = open_house(effect())
    event_id = enrol(house)

    for _ in range(3):
        ledger.fan_out(house.worker, event_id)
    delivery_id = house.delivery().id
    for _ in range(3):
        ledger.deliver(house.worker, delivery_id)

    assert house.effects() == 1


def test_workers_at_once_do_it_once(open_house: Opener) -> None:
    house = open_house(effect())
    event_ids = [enrol(house) for _ in range(5)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda event_id: ledger.fan_out(house.worker, event_id), event_ids * 4))
        rung = list(house.bell.deliveries)
        list(pool.map(lambda delivery_id: ledger.deliver(house.worker, delivery_id), rung * 4))

    assert len(rung) == 5
    assert house.effects() == 5


def test_a_lost_bell_is_rung_again_with_growing_pauses(open_house: Opener) -> None:
    house = open_house(effect())
    enrol(house)
    house.bell.events.clear()  # the broker was emptied

    pauses = []
    for _ in range(3):
        waited = 0
        while not house.bell.events:
            house.clock.go_on(seconds=1)
            waited += 1
            ledger.sweep(house.worker)
        pauses.append(waited)
        last = house.bell.events.pop()

    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[-1]
    ledger.fan_out(house.worker, last)
    house.bell.deliveries.clear()
    house.clock.go_on(seconds=3)
    ledger.sweep(house.worker)
    work_off(house.worker, house.bell)
    assert house.effects() == 1


def test_a_worker_that_died_is_replaced_when_its_lease_is_over(open_house: Opener) -> None:
    house = open_house(effect())
    ledger.fan_out(house.worker, enrol(house))
    delivery_id = house.bell.deliveries.pop()
    with house.worker.core.units.write() as uow:
        assert deliveries.claim(uow, delivery_id) is not None  # and then it died

    ledger.deliver(house.worker, delivery_id)
    assert house.effects() == 0, "the lease still runs"

    house.clock.go_on(seconds=31)
    ledger.sweep(house.worker)
    house.clock.go_on(seconds=3)
    ledger.sweep(house.worker)
    work_off(house.worker, house.bell)
    assert house.effects() == 1
    assert house.delivery().attempts == 2


def test_a_slow_worker_that_lost_its_lease_leaves_no_effect(open_house: Opener) -> None:
    house = open_house(effect())

    def work_with(held: deliveries.Claim) -> None:
        with house.worker.core.units.write() as uow:
            leave_a_mark(Cause(held.event_id, held.event), uow, house.worker.ports)
            deliveries.finish(uow, held)

    ledger.fan_out(house.worker, enrol(house))
    delivery_id = house.bell.deliveries.pop()
    with house.worker.core.units.write() as uow:
        claim = deliveries.claim(uow, delivery_id)
    assert claim is not None
    house.clock.go_on(seconds=31)
    with house.worker.core.units.write() as uow:
        second = deliveries.claim(uow, delivery_id)
    assert second is not None

    with pytest.raises(deliveries.LeaseLost):
        work_with(claim)
    assert house.effects() == 0

    work_with(second)
    assert house.effects() == 1


def test_what_fails_is_tried_again_then_stuck_then_retried_from_the_desk(open_house: Opener) -> None:
    broken = [True]

    def fail_while_broken(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
        leave_a_mark(cause, uow, ports)
        if broken:
            raise ValueError("Amal has a secret")

    house = open_house(effect(fail_while_broken))
    enrol(house)
    work_off(house.worker, house.bell)

    for _ in range(len(deliveries.PAUSES) + 1):
        house.clock.go_on(hours=12)
        ledger.sweep(house.worker)
        work_off(house.worker, house.bell)

    with house.worker.core.units.read() as uow:
        (stuck,) = stuck_deliveries(uow.session)
    assert stuck.attempts == len(deliveries.PAUSES) + 1
    assert stuck.last_error is not None
    assert "ValueError" in stuck.last_error
    assert "Amal" not in stuck.last_error, "an error message may quote what a person wrote"
    assert house.effects() == 0, "a failed try leaves nothing behind"

    broken.clear()
    with house.worker.core.units.write() as uow:
        deliveries.retry(uow, stuck.id)
    work_off(house.worker, house.bell)
    assert house.effects() == 1
    with pytest.raises(NotFound), house.worker.core.units.write() as uow:
        deliveries.retry(uow, stuck.id)


def test_sending_holds_no_transaction_and_a_repeat_carries_the_same_id(open_house: Opener) -> None:
    sent: list[UUID] = []

    class Stalling:
        """A mail server that takes the first message and then hangs up without a word."""

        def send(self, message: Outgoing) -> None:
            sent.append(message.id)
            with house.worker.core.units.write() as uow:  # would wait for ever inside a transaction
                uow.record(CandidateEnrolled(uuid4()))
            if len(sent) == 1:
                raise TimeoutError

    def prepare(cause: Cause, uow: UnitOfWork, ports: Ports) -> tuple[Stalling, Outgoing]:
        return Stalling(), Outgoing(cause.event_id, "a@b.example", "Hello", "Hello", "en")

    house = open_house(Handler("send", CandidateEnrolled, Sending(prepare, leave_a_mark, leave_a_mark)))
    ledger.fan_out(house.worker, enrol(house))
    delivery_id = house.bell.deliveries.pop()

    ledger.deliver(house.worker, delivery_id)
    assert house.effects() == 0
    house.clock.go_on(seconds=3)
    ledger.sweep(house.worker)
    ledger.deliver(house.worker, delivery_id)

    assert len(sent) == 2
    assert len(set(sent)) == 1
    assert house.effects() == 1


def test_a_long_list_is_left_to_the_sweep_so_that_one_person_goes_first(open_house: Opener) -> None:
    house = open_house(effect())
    with house.worker.core.units.write() as uow:
        for _ in range(60):
            uow.record(CandidateEnrolled(uuid4()))
    assert not house.bell.events, "nobody at a screen waits behind a list"

    one = enrol(house)
    assert house.bell.events == [one]

    house.bell.events.clear()
    swept = []
    while True:
        house.clock.go_on(seconds=3)
        ledger.sweep(house.worker)
        if not house.bell.events:
            break
        assert len(house.bell.events) <= deliveries.EVENTS_A_SWEEP
        swept += house.bell.events
        for event_id in house.bell.events:
            ledger.fan_out(house.worker, event_id)
        house.bell.events.clear()
    assert len(swept) == 61
