"""A day begins without figures."""

from __future__ import annotations

import dramatiq

from volunteer.queues import QUEUE_OF, Actor
from volunteer.services import figures
from workers.bootstrap import worker_core

_LIMIT_MILLISECONDS = 1_500_000


@dramatiq.actor(
    actor_name=Actor.REFRESH_FIGURES,
    queue_name=QUEUE_OF[Actor.REFRESH_FIGURES],
    time_limit=_LIMIT_MILLISECONDS,
)
def refresh_figures() -> None:
    """Make them; harmless to repeat."""
    worker = worker_core()
    figures.refresh(worker.core.units, worker.ports.catalogue)
