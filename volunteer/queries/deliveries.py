"""Reads of the ledger: what is owed, what is overdue, what is stuck."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from volunteer.models import Delivery, OutboxEvent


def due_events(session: Session, *, now: datetime, limit: int) -> Sequence[OutboxEvent]:
    """Events without deliveries yet, whose bell seems lost; locked, but for those somebody works on."""
    return session.scalars(
        select(OutboxEvent)
        .where(OutboxEvent.fanned_out_at.is_(None), OutboxEvent.due_at <= now)
        .order_by(OutboxEvent.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def due_deliveries(session: Session, *, now: datetime, limit: int) -> Sequence[Delivery]:
    """Deliveries to ring for: due and undone, or claimed with a lease that ran out.

    They are locked, but for those somebody works on: a delivery that is finished just now must not be
    put off by whoever saw it undone a moment ago.
    """
    return session.scalars(
        select(Delivery)
        .where(Delivery.state.in_(["waiting", "claimed"]), Delivery.due_at <= now)
        .order_by(Delivery.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def stuck_deliveries(session: Session, *, limit: int = 200) -> Sequence[Delivery]:
    """Deliveries that were given up, oldest first, with their events."""
    return session.scalars(
        select(Delivery)
        .where(Delivery.state == "stuck")
        .options(joinedload(Delivery.event))
        .order_by(Delivery.due_at)
        .limit(limit)
    ).all()


def unfinished_count(session: Session) -> int:
    """How many events and deliveries are still on their way, the stuck ones not counted.

    One statement, so that both are counted at the same moment: work that turns from a delivery into the next
    event between two statements would be missed by both.
    """
    events = select(func.count()).where(OutboxEvent.fanned_out_at.is_(None)).scalar_subquery()
    unfinished = Delivery.state.in_(["waiting", "claimed"])
    deliveries = select(func.count()).where(unfinished).scalar_subquery()
    return session.scalar(select(events + deliveries)) or 0


def oldest_waiting(session: Session) -> datetime | None:
    """When the oldest event happened that no worker looked at yet; None when none waits."""
    return session.scalar(
        select(func.min(OutboxEvent.occurred_at)).where(OutboxEvent.fanned_out_at.is_(None))
    )


def stored_event(session: Session, event_id: UUID) -> OutboxEvent | None:
    """The outbox row of an event."""
    return session.scalar(select(OutboxEvent).where(OutboxEvent.id == event_id))
