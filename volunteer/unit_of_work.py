"""The unit of work: one transaction, its events, and the only commit in the house."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session, sessionmaker

from volunteer.domain.events import Event
from volunteer.domain.ports import Bell, Clock
from volunteer.keyring import KeyRing
from volunteer.models import OutboxEvent
from volunteer.queues import Actor, actor_of

PATIENCE = timedelta(seconds=2)
"""How long the sweep leaves what is fresh to the bell."""
MANY = 20
"""More events than this in one go, from a list, wait for the sweep: it lets people at a screen go first."""


class UnitOfWork:
    """What a use case is given: session, present moment, keys, and a place to say what happened."""

    def __init__(self, session: Session, *, now: datetime, zone: ZoneInfo, keyring: KeyRing) -> None:
        self.session = session
        self.now = now
        self.zone = zone
        self.keyring = keyring
        self._recorded: list[UUID] = []
        self._said: set[type[Event]] = set()
        self._again: list[UUID] = []
        self._due: dict[Actor, list[UUID]] = {}

    @property
    def today(self) -> date:
        """The day it is for the people of this centre."""
        return self.now.astimezone(self.zone).date()

    @property
    def day_began(self) -> datetime:
        """The moment when this day began for the people of this centre."""
        return datetime.combine(self.today, time.min, tzinfo=self.zone)

    def record(self, event: Event) -> UUID:
        """Write ``event`` in the outbox, in this transaction; returns its id."""
        event_id = uuid4()
        self.session.add(
            OutboxEvent(
                id=event_id,
                type=event.type,
                version=event.version,
                payload=event.payload(),
                occurred_at=self.now,
                due_at=self.now + PATIENCE,
            )
        )
        self._recorded.append(event_id)
        self._said.add(type(event))
        return event_id

    def has_recorded(self, *kinds: type[Event]) -> bool:
        """Whether an event of one of these classes waits in this transaction, and may yet be taken back."""
        return not self._said.isdisjoint(kinds)

    def ring_later(self, delivery_id: UUID, handler: str) -> None:
        """Ring for this delivery of that handler once the transaction is in."""
        self._due.setdefault(actor_of(handler), []).append(delivery_id)

    def ring_again(self, event_id: UUID) -> None:
        """Ring for an event that is in the outbox already, once the transaction is in."""
        self._again.append(event_id)

    def bells(self) -> tuple[list[UUID], dict[Actor, list[UUID]]]:
        """Events, and deliveries by who runs them, to ring for after the commit."""
        fresh = self._recorded if len(self._recorded) <= MANY else []
        return [*fresh, *self._again], self._due


class UnitsOfWork:
    """Opens units of work; made once per process by the composition root."""

    def __init__(
        self,
        *,
        writing: sessionmaker[Session],
        reading: sessionmaker[Session],
        keyring: KeyRing,
        clock: Clock,
        zone: ZoneInfo,
        bell: Bell,
    ) -> None:
        self._writing = writing
        self._reading = reading
        self._keyring = keyring
        self._clock = clock
        self._zone = zone
        self._bell = bell

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """A transaction that commits when the block ends well, and leaves no trace when it raises."""
        with self._writing() as session:
            work = UnitOfWork(session, now=self._clock.now(), zone=self._zone, keyring=self._keyring)
            yield work
            session.commit()
        # Outside the transaction: the database is the truth, and the bell may fail.
        events, deliveries = work.bells()
        if events:
            self._bell.ring_events(events)
        for actor, due in deliveries.items():
            self._bell.ring_deliveries(due, actor)

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """A transaction that never commits, and on SQLite does not wait for writers."""
        with self._reading() as session:
            yield UnitOfWork(session, now=self._clock.now(), zone=self._zone, keyring=self._keyring)
