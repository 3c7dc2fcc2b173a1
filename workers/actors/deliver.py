"""A delivery is due."""

from __future__ import annotations

from uuid import UUID

import dramatiq

from volunteer.queues import QUEUE_OF, Actor
from workers import ledger
from workers.bootstrap import worker_core

_LIMIT_MILLISECONDS = 60_000


@dramatiq.actor(actor_name=Actor.DELIVER, queue_name=QUEUE_OF[Actor.DELIVER], time_limit=_LIMIT_MILLISECONDS)
def deliver(delivery_id: str) -> None:
    """Run its handler."""
    ledger.deliver(worker_core(), UUID(delivery_id))
