"""What nobody asked for is capped by the week, also when two workers send to a reader at the same moment."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from threading import Barrier, Condition, Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from tests.fakes import HandClock, RecordingBell, work_off
from volunteer.config import Settings
from volunteer.domain.candidates import Channel
from volunteer.domain.messages import MessageKind, MessageState
from volunteer.domain.ports import Outgoing
from volunteer.handlers import sending
from volunteer.models import Account, Message, Organisation
from volunteer.services import accounts, messages, organisations
from volunteer.services.deliveries import SENDING_LEASE
from volunteer.unit_of_work import UnitOfWork
from workers import ledger
from workers.bootstrap import WorkerCore, make_worker_core

MOST = 2
PATIENCE_SECONDS = 30
WORKERS = 2


@dataclass
class Crossing:
    """Two workers that meet in every step where they may: each waits there for the other, or until that one
    is held up or through.
    """

    worker: WorkerCore
    bell: RecordingBell
    clock: HandClock
    sent: list[UUID] = field(default_factory=list)
    fails: bool = False
    _meets: Condition = field(default_factory=Condition)
    _inside: dict[str, int] = field(default_factory=dict)
    _through: int = WORKERS

    def send(self, message: Outgoing) -> None:
        """The gateway: slow enough for another mail beside this one."""
        self._meet("send")
        if self.fails:
            raise ConnectionResetError
        self.sent.append(message.id)

    def weigh(self, uow: UnitOfWork, message: Message) -> bool:
        """In the place of the question whether a message is still true, in the middle of preparing it."""
        self._meet("weigh")
        return True

    def at_once(self) -> None:
        """Two threads deliver one message each."""
        first, second = self.bell.deliveries
        self.bell.deliveries.clear()
        self._inside, self._through = {}, 0
        begin = Barrier(WORKERS, timeout=PATIENCE_SECONDS)
        threads = [Thread(target=self._deliver, args=(begin, each)) for each in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(2 * PATIENCE_SECONDS)
            assert not thread.is_alive()

    def work(self) -> None:
        """Whatever is due, one after the other."""
        ledger.sweep(self.worker)
        work_off(self.worker, self.bell)

    def _deliver(self, begin: Barrier, delivery_id: UUID) -> None:
        begin.wait()
        ledger.deliver(self.worker, delivery_id)
        with self._meets:
            self._through += 1
            self._meets.notify_all()

    def _meet(self, step: str) -> None:
        ends = time.monotonic() + PATIENCE_SECONDS
        with self._meets:
            self._inside[step] = self._inside.get(step, 0) + 1
            self._meets.notify_all()
            while self._inside[step] + self._through < WORKERS and not self._is_other_held_up(step):
                assert time.monotonic() < ends
                self._meets.wait(0.01)

    def _is_other_held_up(self, step: str) -> bool:
        """By what this one holds; on SQLite whoever prepares holds everything."""
        if step == "send":
            return False
        engine = self.worker.core.engine
        if engine.dialect.name == "sqlite":
            return True
        with engine.connect() as connection:
            return bool(connection.scalar(text("select count(*) from pg_locks where not granted")))


@pytest.fixture
def crossing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crossing]:
    clock, bell = HandClock(), RecordingBell()
    worker = make_worker_core(settings, bell=bell, clock=clock)
    made = Crossing(worker, bell, clock)
    ports = replace(
        worker.ports,
        centre=replace(worker.ports.centre, most_unasked_a_week=MOST),
        senders={Channel.EMAIL: made},
    )
    made.worker = replace(worker, ports=ports)
    monkeypatch.setattr(sending, "is_still_true", made.weigh)
    yield made
    worker.core.close()


def _colleague(uow: UnitOfWork) -> UUID:
    return accounts.create(
        uow, name="Noor", email="noor@voorbeeld.example", password="een lange zin", language="nl"
    ).id


def _nobody_but_an_address(uow: UnitOfWork) -> UUID:
    organisation = organisations.add(uow, "Buurthuis De Lork", language="nl")
    organisations.set_email(uow, organisation, "lork@voorbeeld.example")
    return organisation.id


def _tell(uow: UnitOfWork, reader: UUID) -> None:
    """One message that nobody asked for, of a kind that is not bundled with others."""
    about, cause = uuid4(), uuid4()
    team = uow.session.get(Organisation, reader)
    if team is not None:
        messages.tell_who_answers(uow, team, MessageKind.PLAN_DUE, about_id=about, cause_id=cause)
    else:
        account = uow.session.get_one(Account, reader)
        messages.tell_account(uow, account, MessageKind.PLAN_DUE, about_id=about, cause_id=cause)


@pytest.fixture(params=[_colleague, _nobody_but_an_address])
def reader(crossing: Crossing, request: pytest.FixtureRequest) -> UUID:
    """Somebody who heard one thing less than they may, and for whom two more wait."""
    with crossing.worker.core.units.write() as uow:
        made: UUID = request.param(uow)
    for _ in range(MOST - 1):
        with crossing.worker.core.units.write() as uow:
            _tell(uow, made)
        crossing.work()
    for _ in range(WORKERS):
        with crossing.worker.core.units.write() as uow:
            _tell(uow, made)
    while crossing.bell.events:
        ledger.fan_out(crossing.worker, crossing.bell.events.pop())
    assert len(crossing.sent) == MOST - 1
    return made


def _states(crossing: Crossing) -> list[str]:
    with crossing.worker.core.units.read() as uow:
        return sorted(uow.session.scalars(select(Message.state)))


def test_two_workers_at_once_do_not_pass_the_cap_of_a_week(crossing: Crossing, reader: UUID) -> None:
    crossing.at_once()
    assert len(crossing.sent) == MOST
    crossing.clock.go_on(seconds=SENDING_LEASE.total_seconds() + 1)
    crossing.work()
    assert len(crossing.sent) == MOST, "it is looked at again, and a week is not over"
    crossing.clock.go_on(days=7)
    crossing.work()
    assert len(set(crossing.sent)) == len(crossing.sent) == MOST + 1, "too much waits, and is not lost"
    assert _states(crossing) == [MessageState.SENT] * (MOST + 1)


def test_what_failed_beside_it_does_not_cost_the_other_a_week(crossing: Crossing, reader: UUID) -> None:
    crossing.fails = True
    crossing.at_once()
    assert len(crossing.sent) == MOST - 1
    crossing.fails = False
    crossing.clock.go_on(seconds=SENDING_LEASE.total_seconds() + 1)
    crossing.work()
    assert len(crossing.sent) == MOST, "one of them left as soon as that one ended"
