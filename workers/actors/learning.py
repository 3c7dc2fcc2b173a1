"""There may be something to learn, or something to read. The commands look again whether it is so."""

from __future__ import annotations

import dramatiq

from volunteer.queues import QUEUE_OF, Actor
from workers import training

_LIMIT_MILLISECONDS = 1_000_000
"""Longer than the process that is waited for may take."""


@dramatiq.actor(
    actor_name=Actor.LEARN_WEIGHTS,
    queue_name=QUEUE_OF[Actor.LEARN_WEIGHTS],
    time_limit=_LIMIT_MILLISECONDS,
)
def learn_weights() -> None:
    """Train a version of the weights. Nobody but a person releases it."""
    training.run("weights", "train", "--if-due")


@dramatiq.actor(
    actor_name=Actor.SUGGEST_TASKS,
    queue_name=QUEUE_OF[Actor.SUGGEST_TASKS],
    time_limit=_LIMIT_MILLISECONDS,
)
def suggest_tasks() -> None:
    """Read roles that name no task."""
    training.run("tasks", "propose")
