"""A morning begins."""

from __future__ import annotations

import dramatiq

from volunteer.queues import QUEUE_OF, Actor
from volunteer.services import mornings
from workers.bootstrap import worker_core

_LIMIT_MILLISECONDS = 1_500_000


@dramatiq.actor(
    actor_name=Actor.LOOK_AGAIN, queue_name=QUEUE_OF[Actor.LOOK_AGAIN], time_limit=_LIMIT_MILLISECONDS
)
def look_again() -> None:
    """Look again for everybody who waits, from where it was left."""
    worker = worker_core()
    centre, ports = worker.ports.centre, worker.ports
    news = mornings.News(by=frozenset(ports.senders), most_a_week=centre.most_news_a_week)
    mornings.look_again(worker.core.units, ports.catalogue, news)
