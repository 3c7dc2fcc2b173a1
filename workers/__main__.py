"""A worker process: ``python -m workers``. SIGTERM and Ctrl-C let it finish what it has begun."""

from __future__ import annotations

import signal
import threading

import structlog
from dramatiq import Worker

from volunteer.config import from_environment
from workers import actors, logging, night_watch  # noqa: F401 - the actors must be declared
from workers.bootstrap import warm_up, worker_core
from workers.broker import broker

_IDLE_MILLISECONDS = 25
"""The longest an idle worker waits before it looks at the queue again: latency for a little polling."""
_STOP_MILLISECONDS = 5_000


def main() -> None:
    """Work until told to stop."""
    settings = from_environment()
    logging.configure(settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    # A missing key or database says so now, and nobody waits for the first snapshot of the offer.
    warm_up(worker_core())
    # Without this signal the middleware of a worker inside our own process never starts (time limits).
    broker.emit_after("process_boot")
    worker = Worker(broker, worker_threads=settings.worker_threads, worker_timeout=_IDLE_MILLISECONDS)
    worker.start()
    night_watch.begin(worker_core(), stop)
    structlog.get_logger().info("worker_ready", threads=settings.worker_threads)
    stop.wait()
    worker.stop(timeout=_STOP_MILLISECONDS)
    broker.close()


if __name__ == "__main__":
    main()
