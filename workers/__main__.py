"""A worker process: ``python -m workers``. SIGTERM and Ctrl-C let it finish what it has begun."""

from __future__ import annotations

import signal
import threading

import structlog
from dramatiq import Worker
from dramatiq.brokers.redis import RedisBroker

from volunteer.config import Settings, from_environment
from volunteer.queues import Queue
from workers import actors, logging, night_watch  # noqa: F401 - the actors must be declared
from workers.bootstrap import warm_up, worker_core
from workers.broker import broker, broker_of

_IDLE_MILLISECONDS = 500
"""How often an idle worker looks at its queues although nobody woke it."""
_STOP_MILLISECONDS = 5_000
_MAIL_THREADS = 4
_TEXT_THREADS = 2
_SOLVING_THREADS = 1
_ALONE = {Queue.MAIL: _MAIL_THREADS, Queue.TEXTS: _TEXT_THREADS, Queue.SOLVING: _SOLVING_THREADS}


def main() -> None:
    """Work until told to stop."""
    settings = from_environment()
    logging.configure(settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    # A missing key or database says so now, and nobody waits for the first snapshot of the offer.
    warm_up(worker_core())
    started = _start(settings)
    night_watch.begin(worker_core(), stop)
    structlog.get_logger().info("worker_ready", threads=settings.worker_threads)
    stop.wait()
    for worker, _ in started:
        worker.stop(timeout=_STOP_MILLISECONDS)
    for _, its_broker in started:
        its_broker.close()


def _start(settings: Settings) -> list[tuple[Worker, RedisBroker]]:
    """A set of threads for our own work, for each gateway and for timetables: what stalls holds up itself."""
    ours = {queue.value for queue in Queue if queue not in _ALONE}
    return [
        _work(broker, ours, settings.worker_threads),
        *(_work(broker_of(queue), {queue.value}, threads) for queue, threads in _ALONE.items()),
    ]


def _work(its_broker: RedisBroker, queues: set[str], threads: int) -> tuple[Worker, RedisBroker]:
    # Without this signal the middleware of a worker inside our own process never starts (time limits).
    its_broker.emit_after("process_boot")
    worker = Worker(its_broker, queues=queues, worker_threads=threads, worker_timeout=_IDLE_MILLISECONDS)
    worker.start()
    return worker, its_broker


if __name__ == "__main__":
    main()
