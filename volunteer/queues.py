"""Names of queues and actors, in one place, so that web and workers agree without importing each other."""

from enum import StrEnum


class Queue(StrEnum):
    """Where an actor's messages wait."""

    EVENTS = "events"
    MAIL = "mail"
    TEXTS = "texts"
    """Both have threads of their own: a gateway that stalls holds up nobody else's work."""
    LEARNING = "learning"
    """Minutes rather than milliseconds; nobody waits for it."""
    UPKEEP = "upkeep"
    SOLVING = "solving"
    """A thread of its own: a timetable takes seconds to minutes, and people wait for it."""


class Actor(StrEnum):
    """The name an actor is called by."""

    FAN_OUT = "fan_out"
    DELIVER = "deliver"
    SEND_MAIL = "send_mail"
    SEND_TEXT = "send_text"
    SOLVE = "solve"
    NOTHING = "nothing"
    LEARN_WEIGHTS = "learn_weights"
    SUGGEST_TASKS = "suggest_tasks"
    REFRESH_FIGURES = "refresh_figures"
    LOOK_AGAIN = "look_again"
    KEEP_NO_LONGER = "keep_no_longer"


QUEUE_OF = {
    Actor.FAN_OUT: Queue.EVENTS,
    Actor.DELIVER: Queue.EVENTS,
    Actor.SEND_MAIL: Queue.MAIL,
    Actor.SEND_TEXT: Queue.TEXTS,
    Actor.SOLVE: Queue.SOLVING,
    Actor.NOTHING: Queue.EVENTS,
    Actor.LEARN_WEIGHTS: Queue.LEARNING,
    Actor.SUGGEST_TASKS: Queue.LEARNING,
    Actor.REFRESH_FIGURES: Queue.UPKEEP,
    Actor.LOOK_AGAIN: Queue.UPKEEP,
    Actor.KEEP_NO_LONGER: Queue.UPKEEP,
}

_SENT_BY = {"send_message": Actor.SEND_MAIL, "send_text": Actor.SEND_TEXT}
SENDING = frozenset(_SENT_BY)
"""Handlers whose work leaves the house."""


_WORKED_BY = {"make_timetable": Actor.SOLVE}


def actor_of(handler: str) -> Actor:
    """The actor that runs the deliveries of this handler."""
    return (_SENT_BY | _WORKED_BY).get(handler, Actor.DELIVER)
