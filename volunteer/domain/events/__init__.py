"""Every event, so that a stored one can always be read back."""

from volunteer.domain.events import (
    access,
    candidates,
    follow_ups,
    gatherings,
    incidents,
    introductions,
    messages,
    offer,
    opportunities,
    organisations,
    places,
    questions,
    suggestions,
)
from volunteer.domain.events.event import Event, event_type

__all__ = [
    "Event",
    "access",
    "candidates",
    "event_type",
    "follow_ups",
    "gatherings",
    "incidents",
    "introductions",
    "messages",
    "offer",
    "opportunities",
    "organisations",
    "places",
    "questions",
    "suggestions",
]
