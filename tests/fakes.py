"""The few things a test may make up: the time, and a bell whose rings can be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from volunteer.queues import Actor
from workers import ledger
from workers.bootstrap import WorkerCore


class HandClock:
    """A clock that goes on when it is told to."""

    def __init__(self, start: datetime = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        """The present moment."""
        return self._now

    def go_on(self, **amount: float) -> None:
        """Let time pass; ``amount`` as ``timedelta`` takes it."""
        self._now += timedelta(**amount)

    def turn_to(self, moment: datetime) -> None:
        """Make it this moment."""
        self._now = moment


class RecordingBell:
    """Remembers what it was rung for; nobody hears it."""

    def __init__(self) -> None:
        self.events: list[UUID] = []
        self.deliveries: list[UUID] = []

    def ring_events(self, event_ids: Iterable[UUID]) -> None:
        """Remember events."""
        self.events.extend(event_ids)

    def ring_deliveries(self, delivery_ids: Iterable[UUID], by: Actor = Actor.DELIVER) -> None:
        """Remember deliveries."""
        self.deliveries.extend(delivery_ids)


def work_off(worker: WorkerCore, bell: RecordingBell) -> None:
    """Do everything the bell was rung for, and what follows from it, as workers would."""
    while bell.events or bell.deliveries:
        while bell.events:
            ledger.fan_out(worker, bell.events.pop(0))
        while bell.deliveries:
            ledger.deliver(worker, bell.deliveries.pop(0))
