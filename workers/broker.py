"""The broker of this process, set before any actor is imported, and one for each gateway."""

from __future__ import annotations

import dramatiq
from dramatiq.brokers.redis import RedisBroker

from volunteer.adapters.broker import make_broker
from volunteer.config import from_environment
from volunteer.queues import Queue

broker = make_broker(from_environment().redis_url)
dramatiq.set_broker(broker)


def broker_of(queue: Queue) -> RedisBroker:
    """A broker with the actors of this queue alone: a ``Worker`` of Dramatiq wants one to itself."""
    made = make_broker(from_environment().redis_url)
    for actor in broker.actors.values():
        if actor.queue_name == queue:
            made.declare_actor(actor)
    return made
