"""An idle worker listens: it hears of a message at once, and asks Redis nearly nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from threading import Event, Thread

import dramatiq
import pytest
import redis
from dramatiq.brokers.redis import RedisBroker

from tests.patience import eventually
from volunteer.adapters.broker import make_broker
from volunteer.adapters.woken import WokenBroker
from volunteer.queues import QUEUE_OF, Actor, Queue

LONG = 20_000
"""Milliseconds in which a worker would not look by itself; no test takes as long."""
Start = Callable[..., WokenBroker]


@pytest.fixture
def start(valkey_url: str) -> Iterator[Start]:
    """Starts a worker that looks by itself every so many milliseconds and calls ``work`` for each message."""
    workers: list[dramatiq.Worker] = []

    def begin(work: Callable[[], object], *, looks_every: int) -> WokenBroker:
        broker = make_broker(valkey_url)
        queue = QUEUE_OF[Actor.NOTHING]
        dramatiq.actor(broker=broker, actor_name=Actor.NOTHING, queue_name=queue)(work)
        broker.emit_after("process_boot")
        worker = dramatiq.Worker(broker, queues={queue}, worker_timeout=looks_every, worker_threads=1)
        worker.start()
        workers.append(worker)
        eventually(lambda: broker.client.pubsub_numsub(f"dramatiq:{queue}:woken")[0][1] == 1)
        return broker

    yield begin
    for worker in workers:
        # Who waits so long is not waited for: its threads are daemons.
        worker.stop(timeout=1)


def test_a_message_is_heard_of_at_once(start: Start) -> None:
    done = Event()
    broker = start(done.set, looks_every=LONG)
    _send(broker)
    assert done.wait(5)


def test_a_worker_hears_of_messages_from_elsewhere_again_and_again(start: Start, valkey_url: str) -> None:
    done: list[int] = []
    start(lambda: done.append(1), looks_every=LONG)
    elsewhere = make_broker(valkey_url)
    for number in range(1, 6):
        _send(elsewhere)
        eventually(partial(_holds, done, number))


def test_more_than_one_worker_takes_at_once_is_done_without_a_pause(start: Start) -> None:
    done: list[int] = []
    broker = start(lambda: done.append(1), looks_every=LONG)
    for _ in range(50):
        _send(broker)
    eventually(lambda: len(done) == 50)


def test_a_message_that_nobody_heard_of_is_found_at_the_next_look(start: Start, valkey_url: str) -> None:
    done = Event()
    start(done.set, looks_every=200)
    deaf = RedisBroker(url=valkey_url)  # type: ignore[no-untyped-call]
    _send(deaf)
    assert done.wait(5)


def test_an_idle_worker_asks_next_to_nothing(start: Start) -> None:
    broker = start(lambda: None, looks_every=500)
    before, began = _asked(broker.client), time.monotonic()
    time.sleep(2)
    # Twice a second is what was asked for; the figure leaves room for a machine that is busy.
    assert _asked(broker.client) - before <= 4 * (time.monotonic() - began)


def test_who_waits_for_a_message_can_be_stopped_from_elsewhere(valkey_url: str) -> None:
    broker, queue = make_broker(valkey_url), Queue.EVENTS.value
    consumer = broker.consume(queue, timeout=LONG)
    waiting = Thread(target=next, args=(consumer,), daemon=True)
    waiting.start()
    eventually(lambda: broker.client.pubsub_numsub(f"dramatiq:{queue}:woken")[0][1] == 1)
    consumer.close()
    waiting.join(5)
    assert not waiting.is_alive()
    eventually(lambda: broker.client.pubsub_numsub(f"dramatiq:{queue}:woken")[0][1] == 0)


def test_no_message_waits_in_the_broker(valkey_url: str) -> None:
    broker = make_broker(valkey_url)
    with pytest.raises(ValueError, match="due time"):
        broker.enqueue(_message(), delay=1000)
    assert broker.client.keys("*") == []


def _holds(done: list[int], number: int) -> bool:
    return len(done) == number


def _send(broker: dramatiq.Broker) -> None:
    broker.enqueue(_message())


def _message() -> dramatiq.Message[None]:
    return dramatiq.Message(
        queue_name=Queue.EVENTS.value, actor_name=Actor.NOTHING.value, args=(), kwargs={}, options={}
    )


def _asked(client: redis.Redis) -> int:
    """Scripts that were run since the server began: one for each look."""
    return int(client.info("commandstats").get("cmdstat_evalsha", {"calls": 0})["calls"])
