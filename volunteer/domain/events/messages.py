"""What happened to messages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class MessageQueued(Event):
    """A message waits to be sent."""

    message_id: UUID


@dataclass(frozen=True, slots=True)
class TextMessageQueued(Event):
    """The same for a text message: another gateway, which waits for none."""

    message_id: UUID
