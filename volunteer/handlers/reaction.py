"""What a reaction to an event is: an effect in the database, or something that is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from volunteer.config import Centre
from volunteer.domain.events import Event
from volunteer.domain.ports import Outgoing, Sender
from volunteer.links import Links
from volunteer.matching.catalogue import Catalogue
from volunteer.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Ports:
    """What handlers may reach besides the database."""

    centre: Centre
    links: Links
    catalogue: Catalogue
    senders: Mapping[str, Sender]
    """By channel: ``email`` always, ``sms`` where there is a gateway."""


@dataclass(frozen=True, slots=True)
class Cause:
    """The event a handler reacts to, with its id, so that what it makes can be made once."""

    event_id: UUID
    event: Any
    """An event of the class the registry names for this handler."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Rows only: runs in the transaction that marks the delivery done."""

    run: Callable[[Cause, UnitOfWork, Ports], None]


@dataclass(frozen=True, slots=True)
class Later:
    """There is something to send, but not now."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Sending:
    """Leaves the house: prepared in one transaction, sent outside any, marked in another.

    The only step that may happen twice; a repeat carries the same id.
    """

    prepare: Callable[[Cause, UnitOfWork, Ports], tuple[Sender, Outgoing] | Later | None]
    """What to send and by whom; ``None`` when there is nothing (any more) to send."""
    settle: Callable[[Cause, UnitOfWork, Ports], None]
    bounce: Callable[[Cause, UnitOfWork, Ports], None]
    """Nobody is there, for good."""


@dataclass(frozen=True, slots=True)
class Working:
    """Takes long: read in one transaction, worked out outside any, kept in the one that marks it done.

    Its lease is renewed with every word on how far it is. A worker that dies loses it, another one begins
    again, and only who still holds it may keep what came of it.
    """

    begin: Callable[[Cause, UnitOfWork, Ports], Any]
    """What to work on; ``None`` when there is nothing (any more) to work out."""
    work: Callable[[Any, Callable[[int], None]], Any]
    """Works it out, and says now and then how far it is, in per cent."""
    note: Callable[[Cause, UnitOfWork, int], None]
    keep: Callable[[Cause, UnitOfWork, Any], None]
    fail: Callable[[Cause, UnitOfWork], None]
    """It cannot be worked out: trying again would be no good."""


@dataclass(frozen=True, slots=True)
class Handler:
    """A named reaction to one class of event. The name is stored: it never changes."""

    name: str
    event: type[Event]
    reaction: Effect | Sending | Working
