"""Names of queues and actors, in one place, so that web and workers agree without importing each other."""

from enum import StrEnum


class Queue(StrEnum):
    """Where an actor's messages wait."""

    EVENTS = "events"
    LEARNING = "learning"
    """Minutes rather than milliseconds; nobody waits for it."""
    UPKEEP = "upkeep"


class Actor(StrEnum):
    """The name an actor is called by."""

    FAN_OUT = "fan_out"
    DELIVER = "deliver"
    NOTHING = "nothing"
    LEARN_WEIGHTS = "learn_weights"
    SUGGEST_TASKS = "suggest_tasks"
    REFRESH_FIGURES = "refresh_figures"
    LOOK_AGAIN = "look_again"
    KEEP_NO_LONGER = "keep_no_longer"


QUEUE_OF = {
    Actor.FAN_OUT: Queue.EVENTS,
    Actor.DELIVER: Queue.EVENTS,
    Actor.NOTHING: Queue.EVENTS,
    Actor.LEARN_WEIGHTS: Queue.LEARNING,
    Actor.SUGGEST_TASKS: Queue.LEARNING,
    Actor.REFRESH_FIGURES: Queue.UPKEEP,
    Actor.LOOK_AGAIN: Queue.UPKEEP,
    Actor.KEEP_NO_LONGER: Queue.UPKEEP,
}
