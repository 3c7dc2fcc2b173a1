"""Something was kept long enough."""

from __future__ import annotations

import dramatiq

from volunteer.queues import QUEUE_OF, Actor
from volunteer.services import retention
from workers.bootstrap import worker_core

_LIMIT_MILLISECONDS = 1_500_000


@dramatiq.actor(
    actor_name=Actor.KEEP_NO_LONGER,
    queue_name=QUEUE_OF[Actor.KEEP_NO_LONGER],
    time_limit=_LIMIT_MILLISECONDS,
)
def keep_no_longer() -> None:
    """Ask who was silent for long, and erase what is over; harmless to repeat."""
    retention.keep_no_longer(worker_core().core.units)
