"""What the core asks of the world outside; adapters answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from volunteer.queues import Actor


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

    def ring_deliveries(self, delivery_ids: Iterable[UUID], by: Actor = Actor.DELIVER) -> None:
        """Say that these deliveries, which this actor runs, are due. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail: a calendar file."""

    name: str
    media_type: str
    content: str
    parameters: tuple[tuple[str, str], ...] = ()
    """Of the media type, as in ``method=CANCEL``."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message ready to leave; a repeat carries the same ``id``."""

    id: UUID
    to: str
    """Address or number in the form of the channel."""
    subject: str
    text: str
    language: str
    html: str = ""
    """The same for who reads mail with its form; empty for other channels."""
    unsubscribe: str = ""
    """Where one click ends messages like this one; empty where there is no doing without."""
    attachments: tuple[Attachment, ...] = ()


class Undeliverable(Exception):
    """The gateway says for good that this message does not reach anybody there."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
        """The gateway's own: of SMTP or of HTTP."""


class GatewayDown(OSError):
    """Nothing gets through the gateway at all: it is away, silent, or does not know us."""


class GatewayResting(Exception):
    """The gateway is left alone for a while; this was no try."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Sender(Protocol):
    """A channel that takes a message: mail, text message."""

    def send(self, message: Outgoing) -> None:
        """Hand it over.

        Raises ``OSError`` or a child of it when that failed and may be tried again, :class:`Undeliverable`
        when it may not, and :class:`GatewayResting` when it was not tried.
        """
        ...
