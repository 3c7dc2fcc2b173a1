"""Does nothing: the yardstick that the benchmark measures the ledger against."""

from __future__ import annotations

import dramatiq

from volunteer.queues import QUEUE_OF, Actor


@dramatiq.actor(actor_name=Actor.NOTHING, queue_name=QUEUE_OF[Actor.NOTHING])
def nothing() -> None:
    """Return at once."""
