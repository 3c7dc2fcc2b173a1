"""The ledger: every step of a delivery is one use case, so that none is lost when a process dies.

``fan_out`` makes one row per handler, ``claim`` takes a row with a lease, ``hold`` keeps it longer,
``finish`` marks it done in the transaction of its effect, ``fail`` sets the next try, ``put_back`` waits
for the right time, ``give_up`` leaves it to a person, ``sweep`` rings for whatever is undone, ``retry``
brings back what was given up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, or_, select, update

from volunteer.domain.errors import NotFound
from volunteer.domain.events import Event, event_type
from volunteer.models import Delivery, OutboxEvent
from volunteer.queries import deliveries as queries
from volunteer.unit_of_work import PATIENCE, UnitOfWork

LEASE = timedelta(seconds=30)
"""How long a worker may hold a delivery before another one may take it."""
SENDING_LEASE = timedelta(seconds=90)
"""The same for what is being sent: longer than the time limit of a delivery and a mail server's last
silence together, or a server that is only slow would be handed the same message again and again."""
WORKING_LEASE = timedelta(seconds=60)
"""The same for what is worked out outside any transaction; it is renewed with every word on how far it is."""
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 60, 300, 1800, 7200, 21600))
"""The pause after each failed try; after the last one the delivery is stuck."""
EVENTS_A_SWEEP = 25
"""A sweep comes every second: so many events of a long list leave room for whoever signs up meanwhile."""
DELIVERIES_A_SWEEP = 100
_LONGEST_RING_PAUSE = 2
"""The place of the longest one in ``PAUSES``: after an outage nobody waits more than a minute for a ring."""


class LeaseLost(RuntimeError):
    """Another worker took the delivery over; what this one did must not be committed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery this worker holds, until the lease runs out."""

    delivery_id: UUID
    event_id: UUID
    handler: str
    kind: str
    payload: dict[str, Any]
    lease: UUID

    @property
    def event(self) -> Event:
        """The event itself. Raises ``KeyError`` when this version of the program cannot read it."""
        return event_type(self.kind).from_payload(self.payload)


def fan_out(uow: UnitOfWork, event_id: UUID, handlers: Iterable[str]) -> None:
    """Make one delivery per handler, exactly once however often it is called; rings for each."""
    marked = uow.session.execute(
        update(OutboxEvent)
        .where(OutboxEvent.id == event_id, OutboxEvent.fanned_out_at.is_(None))
        .values(fanned_out_at=uow.now)
    )
    if marked.rowcount == 0:  # type: ignore[attr-defined]  # an UPDATE always has a row count
        return
    for handler in handlers:
        delivery = Delivery(
            id=uuid4(), event_id=event_id, handler=handler, state="waiting", due_at=uow.now + PATIENCE
        )
        uow.session.add(delivery)
        uow.ring_later(delivery.id, handler)


def claim(uow: UnitOfWork, delivery_id: UUID) -> Claim | None:
    """Take the delivery with a lease and count the try; ``None`` when it is done, stuck or held by another.

    One conditional UPDATE. On PostgreSQL its inner select skips a row that another worker is just taking.
    """
    lease = uuid4()
    is_due = Delivery.due_at <= uow.now
    # After a failed try only the sweep's ring counts, which comes when the pause is over: others are stale.
    may_start = or_(Delivery.attempts == 0, Delivery.rings > 0, is_due)
    free = or_(and_(Delivery.state == "waiting", may_start), and_(Delivery.state == "claimed", is_due))
    chosen = select(Delivery.id).where(Delivery.id == delivery_id, free).with_for_update(skip_locked=True)
    row = uow.session.execute(
        update(Delivery)
        .where(Delivery.id.in_(chosen.scalar_subquery()), free)
        .values(state="claimed", lease=lease, due_at=uow.now + LEASE, attempts=Delivery.attempts + 1)
        .returning(Delivery.event_id, Delivery.handler)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if row is None:
        return None
    stored = queries.stored_event(uow.session, row.event_id)
    if stored is None:
        raise NotFound("This event is not in the outbox.")
    return Claim(
        delivery_id=delivery_id,
        event_id=row.event_id,
        handler=row.handler,
        kind=stored.type,
        payload=stored.payload,
        lease=lease,
    )


def hold(uow: UnitOfWork, claim: Claim, lease: timedelta) -> None:
    """Keep it for ``lease`` from now on. Raises :class:`LeaseLost`."""
    _update_claimed(uow, claim, due_at=uow.now + lease)


def finish(uow: UnitOfWork, claim: Claim) -> None:
    """Mark it done, in the transaction of its effect. Raises :class:`LeaseLost`, which undoes the effect."""
    _update_claimed(uow, claim, state="done", done_at=uow.now, lease=None, last_error=None)


def fail(uow: UnitOfWork, claim: Claim, *, error: str) -> None:
    """Set the next try after a growing pause, or give up; nothing happens when the lease was lost."""
    delivery = uow.session.get(Delivery, claim.delivery_id, with_for_update=True, populate_existing=True)
    if delivery is None or delivery.lease != claim.lease:
        return
    _put_off(delivery, uow.now, error)


def put_back(uow: UnitOfWork, claim: Claim, *, until: datetime) -> None:
    """It is not time yet: it waits until then, and this was no try. Raises :class:`LeaseLost`."""
    _update_claimed(
        uow, claim, state="waiting", lease=None, due_at=until, rings=0, attempts=Delivery.attempts - 1
    )


def give_up(uow: UnitOfWork, claim: Claim, *, error: str) -> None:
    """Trying again is no good: somebody at the desk decides. Raises :class:`LeaseLost`."""
    _update_claimed(uow, claim, state="stuck", lease=None, due_at=uow.now, last_error=error)


def sweep(uow: UnitOfWork) -> int:
    """Ring for whatever is undone, and put its next ring off; returns how much that was.

    A claim whose lease ran out (its worker died) counts as a failed try, so that work which kills
    every worker ends up stuck instead of going round for ever.
    """
    events = queries.due_events(uow.session, now=uow.now, limit=EVENTS_A_SWEEP)
    for event in events:
        event.due_at = uow.now + _ring_pause(event.rings)
        event.rings += 1
        uow.ring_again(event.id)
    due = queries.due_deliveries(uow.session, now=uow.now, limit=DELIVERIES_A_SWEEP)
    for delivery in due:
        if delivery.state == "claimed":
            _put_off(delivery, uow.now, "worker died or was too slow")
        else:
            delivery.due_at = uow.now + _ring_pause(delivery.rings)
            delivery.rings += 1
            uow.ring_later(delivery.id, delivery.handler)
    return len(events) + len(due)


def retry(uow: UnitOfWork, delivery_id: UUID) -> None:
    """Bring back what was given up, with all its tries. Raises :class:`NotFound` unless it is stuck."""
    delivery = uow.session.get(Delivery, delivery_id, with_for_update=True)
    if delivery is None or delivery.state != "stuck":
        raise NotFound("This is not stuck any more.")
    delivery.state = "waiting"
    delivery.attempts = 0
    delivery.rings = 0
    delivery.due_at = uow.now + PATIENCE
    uow.ring_later(delivery.id, delivery.handler)


def _update_claimed(uow: UnitOfWork, claim: Claim, **values: object) -> None:
    changed = uow.session.execute(
        update(Delivery)
        .where(Delivery.id == claim.delivery_id, Delivery.lease == claim.lease, Delivery.state == "claimed")
        .values(**values)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE always has a row count
        raise LeaseLost(str(claim.delivery_id))


def _ring_pause(rings: int) -> timedelta:
    """A growing pause, so that a long queue is not flooded with rings for what it holds already."""
    return PAUSES[min(rings, _LONGEST_RING_PAUSE)]


def _put_off(delivery: Delivery, now: datetime, error: str) -> None:
    delivery.lease = None
    delivery.rings = 0
    delivery.last_error = error
    if delivery.attempts > len(PAUSES):
        delivery.state = "stuck"
        delivery.due_at = now
        return
    delivery.state = "waiting"
    delivery.due_at = now + PAUSES[delivery.attempts - 1]
