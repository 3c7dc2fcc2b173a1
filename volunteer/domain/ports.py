"""What the core asks of the world outside; adapters answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...


class Bell(Protocol):
    """Wakes a worker. It may fail to, and then nothing is lost: the sweep rings again."""

    def ring_events(self, event_ids: Iterable[UUID]) -> None:
        """Say that these events wait in the outbox. Never raises."""
        ...

    def ring_deliveries(self, delivery_ids: Iterable[UUID]) -> None:
        """Say that these deliveries are due. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message ready to leave; a repeat carries the same ``id``."""

    id: UUID
    to: str
    """Address or number in the form of the channel."""
    subject: str
    text: str
    language: str


class Sender(Protocol):
    """A channel that takes a message: mail, text message."""

    def send(self, message: Outgoing) -> None:
        """Hand it over. Raises ``OSError`` or a child of it when that failed; it may then be tried again."""
        ...
