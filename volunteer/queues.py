"""Names of queues and actors, in one place, so that web and workers agree without importing each other."""

from enum import StrEnum


class Queue(StrEnum):
    """Where an actor's messages wait."""

    EVENTS = "events"


class Actor(StrEnum):
    """The name an actor is called by."""

    FAN_OUT = "fan_out"
    DELIVER = "deliver"
    NOTHING = "nothing"


QUEUE_OF = {
    Actor.FAN_OUT: Queue.EVENTS,
    Actor.DELIVER: Queue.EVENTS,
    Actor.NOTHING: Queue.EVENTS,
}
