"""A message is due: each channel on a queue of its own, with threads of its own."""

from __future__ import annotations

from uuid import UUID

import dramatiq

from volunteer.queues import QUEUE_OF, Actor
from workers import ledger
from workers.bootstrap import worker_core

_LIMIT_MILLISECONDS = 60_000


@dramatiq.actor(
    actor_name=Actor.SEND_MAIL, queue_name=QUEUE_OF[Actor.SEND_MAIL], time_limit=_LIMIT_MILLISECONDS
)
def send_mail(delivery_id: str) -> None:
    """Hand it to the mail server."""
    ledger.deliver(worker_core(), UUID(delivery_id))


@dramatiq.actor(
    actor_name=Actor.SEND_TEXT, queue_name=QUEUE_OF[Actor.SEND_TEXT], time_limit=_LIMIT_MILLISECONDS
)
def send_text(delivery_id: str) -> None:
    """Hand it to the gateway for text messages."""
    ledger.deliver(worker_core(), UUID(delivery_id))
