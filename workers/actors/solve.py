"""Something that takes long is to be worked out."""

from __future__ import annotations

from uuid import UUID

import dramatiq

from volunteer.queues import QUEUE_OF, Actor
from workers import ledger
from workers.bootstrap import worker_core

_LIMIT_MILLISECONDS = 1_500_000


@dramatiq.actor(actor_name=Actor.SOLVE, queue_name=QUEUE_OF[Actor.SOLVE], time_limit=_LIMIT_MILLISECONDS)
def solve(delivery_id: str) -> None:
    """Run its handler."""
    ledger.deliver(worker_core(), UUID(delivery_id))
