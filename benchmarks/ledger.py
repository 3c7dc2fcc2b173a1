"""Events through the ledger (outbox, fan-out, claim, effect and mark) beside bare Dramatiq messages."""

from __future__ import annotations

import time
from uuid import UUID, uuid4

import dramatiq
from dramatiq import Worker

from benchmarks.installation import installation
from benchmarks.report import Row, row
from volunteer.adapters.broker import make_broker
from volunteer.config import Settings
from volunteer.domain.events.candidates import CandidateChanged
from volunteer.handlers.reaction import Cause, Effect, Handler, Ports
from volunteer.queries.deliveries import unfinished_count
from volunteer.queues import QUEUE_OF, Actor
from volunteer.unit_of_work import UnitOfWork, UnitsOfWork
from workers import ledger
from workers.bootstrap import make_worker_core

EVENTS = 1_000
IDLE_MILLISECONDS = 25
THREADS = 4


def measure(kind: str) -> list[Row]:
    """Events a second on ``kind`` of database, and messages a second without any ledger."""
    with installation(kind) as settings:
        through = _through_the_ledger(settings)
        bare = _bare(settings)
    return [
        row(f"events through the ledger, {kind}", through, "per second",
            baseline="bare Dramatiq messages", baseline_value=bare)
    ]  # fmt: skip


def _through_the_ledger(settings: Settings) -> float:
    core = make_worker_core(settings, handlers=[Handler("bench", CandidateChanged, Effect(_no_effect))])
    broker = make_broker(settings.redis_url)
    queue = QUEUE_OF[Actor.FAN_OUT].value

    @dramatiq.actor(actor_name=Actor.FAN_OUT, queue_name=queue, broker=broker)
    def fan_out(event_id: str) -> None:
        ledger.fan_out(core, UUID(event_id))

    @dramatiq.actor(actor_name=Actor.DELIVER, queue_name=queue, broker=broker)
    def deliver(delivery_id: str) -> None:
        ledger.deliver(core, UUID(delivery_id))

    worker = Worker(broker, worker_threads=THREADS, worker_timeout=IDLE_MILLISECONDS)
    for _ in range(EVENTS):
        with core.core.units.write() as uow:
            uow.record(CandidateChanged(uuid4()))
    began = time.perf_counter()
    worker.start()
    while _unfinished(core.core.units):
        time.sleep(0.01)
    seconds = time.perf_counter() - began
    worker.stop()
    broker.close()
    core.core.close()
    return EVENTS / seconds


def _unfinished(units: UnitsOfWork) -> int:
    with units.read() as uow:
        return unfinished_count(uow.session)


def _no_effect(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """What the handler does: nothing, so that only the ledger is measured."""


def _bare(settings: Settings) -> float:
    """The same two messages an event takes, each doing nothing."""
    broker = make_broker(settings.redis_url)
    queue = QUEUE_OF[Actor.NOTHING].value
    done: list[None] = []

    @dramatiq.actor(actor_name=Actor.NOTHING, queue_name=queue, broker=broker)
    def nothing() -> None:
        done.append(None)

    for _ in range(2 * EVENTS):
        nothing.send()
    worker = Worker(broker, worker_threads=THREADS, worker_timeout=IDLE_MILLISECONDS)
    began = time.perf_counter()
    worker.start()
    while len(done) < 2 * EVENTS:
        time.sleep(0.01)
    seconds = time.perf_counter() - began
    worker.stop()
    broker.close()
    return EVENTS / seconds
