"""An event waits in the outbox."""

from __future__ import annotations

from uuid import UUID

import dramatiq

from volunteer.queues import QUEUE_OF, Actor
from workers import ledger
from workers.bootstrap import worker_core


@dramatiq.actor(actor_name=Actor.FAN_OUT, queue_name=QUEUE_OF[Actor.FAN_OUT])
def fan_out(event_id: str) -> None:
    """Make its deliveries."""
    ledger.fan_out(worker_core(), UUID(event_id))
