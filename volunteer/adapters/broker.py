"""The broker: Dramatiq on Redis, and the bell that enqueues on it by actor name."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import dramatiq
import redis
import structlog
from dramatiq.errors import BrokerConnectionError
from dramatiq.middleware import AgeLimit, Callbacks, Middleware, Pipelines, ShutdownNotifications, TimeLimit

from volunteer.adapters.woken import WokenBroker
from volunteer.queues import QUEUE_OF, Actor

_log = structlog.get_logger()
_HEARTBEAT_MILLISECONDS = 4_000
"""After a kill -9 another worker takes its unacknowledged messages over within seconds, not minutes."""
_MAINTENANCE_ALWAYS = 1_000_000
_WORKER_TIMEOUT_SECONDS = 3.0
_BELL_TIMEOUT_SECONDS = 1.0
"""People wait for the bell, and nothing is lost when it stays silent."""


def make_bell(redis_url: str) -> BrokerBell:
    """A bell that gives up soon."""
    return BrokerBell(make_broker(redis_url, timeout_seconds=_BELL_TIMEOUT_SECONDS))


def make_broker(redis_url: str, *, timeout_seconds: float = _WORKER_TIMEOUT_SECONDS) -> WokenBroker:
    """A broker for ``redis_url`` that waits so long for an answer; nothing connects before the first message.

    Retries are left out: the ledger counts tries and sets the pauses, in the database.
    """
    middleware: list[Middleware] = [
        AgeLimit(),
        TimeLimit(),
        ShutdownNotifications(),
        Callbacks(),
        Pipelines(),
    ]
    # Beside an address the broker leaves time-outs unread, so it is given a client that has them.
    client = redis.Redis.from_url(
        redis_url, socket_timeout=timeout_seconds, socket_connect_timeout=timeout_seconds
    )
    broker = WokenBroker(  # type: ignore[no-untyped-call]  # dramatiq leaves its arguments untyped
        client=client,
        middleware=middleware,
        heartbeat_timeout=_HEARTBEAT_MILLISECONDS,
        maintenance_chance=_MAINTENANCE_ALWAYS,
    )
    for queue in set(QUEUE_OF.values()):
        broker.declare_queue(queue.value)
    return broker


class BrokerBell:
    """Rings by actor name, so that the core never imports a worker."""

    def __init__(self, broker: dramatiq.Broker) -> None:
        self._broker = broker

    def ring_events(self, event_ids: Iterable[UUID]) -> None:
        """One ``fan_out`` per event; a broker that is down is left to the sweep."""
        self._enqueue(Actor.FAN_OUT, event_ids)

    def ring_deliveries(self, delivery_ids: Iterable[UUID], by: Actor = Actor.DELIVER) -> None:
        """One message per delivery; a broker that is down is left to the sweep."""
        self._enqueue(by, delivery_ids)

    def _enqueue(self, actor: Actor, ids: Iterable[UUID]) -> None:
        try:
            for one in ids:
                self._broker.enqueue(
                    dramatiq.Message(
                        queue_name=QUEUE_OF[actor].value,
                        actor_name=actor.value,
                        args=(str(one),),
                        kwargs={},
                        options={},
                    )
                )
        except (BrokerConnectionError, redis.RedisError, OSError) as error:
            _log.warning("bell_silent", actor=actor.value, error=type(error).__name__)


class SilentBell:
    """For tools that leave everything to the sweep."""

    def ring_events(self, event_ids: Iterable[UUID]) -> None:
        """Say nothing."""

    def ring_deliveries(self, delivery_ids: Iterable[UUID], by: Actor = Actor.DELIVER) -> None:
        """Say nothing."""
