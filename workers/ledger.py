"""Runs the ledger: which units of work a delivery needs, and what happens when one of them fails.

An effect and its mark commit together. Sending is claim and commit, send, mark and commit: a stalled mail
server never holds a transaction, and a repeat after a crash carries the same id.
"""

from __future__ import annotations

import traceback
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from volunteer.domain.events import event_type
from volunteer.domain.ports import GatewayResting, Undeliverable
from volunteer.handlers.reaction import Cause, Effect, Later, Sending, Working
from volunteer.queries.deliveries import stored_event
from volunteer.services import deliveries
from volunteer.services.deliveries import SENDING_LEASE, WORKING_LEASE, Claim, LeaseLost
from workers.bootstrap import WorkerCore

_log = structlog.get_logger()


def fan_out(worker: WorkerCore, event_id: UUID) -> None:
    """Make the deliveries of one event; harmless to repeat."""
    with worker.core.units.write() as uow:
        stored = stored_event(uow.session, event_id)
        if stored is not None:
            # An event that a newer program wrote is left to a newer worker: this raises ``KeyError``.
            deliveries.fan_out(uow, event_id, worker.handlers_of(event_type(stored.type)))


def deliver(worker: WorkerCore, delivery_id: UUID) -> None:
    """Run one delivery, if it is free; harmless to repeat. A failure sets the next try and is logged."""
    with worker.core.units.write() as uow:
        claim = deliveries.claim(uow, delivery_id)
    if claim is None:
        return
    try:
        _run(worker, claim)
    except LeaseLost:
        _log.warning("lease_lost", delivery=str(delivery_id), handler=claim.handler)
    except Exception as error:  # noqa: BLE001 - whatever a handler raises is a failed try, never a dead worker
        place = _place_of(error)
        _log.warning("delivery_failed", delivery=str(delivery_id), handler=claim.handler, error=place)
        with worker.core.units.write() as uow:
            deliveries.fail(uow, claim, error=place)


def sweep(worker: WorkerCore) -> int:
    """Ring for whatever is undone; returns how much that was."""
    with worker.core.units.write() as uow:
        return deliveries.sweep(uow)


def _run(worker: WorkerCore, claim: Claim) -> None:
    reaction = worker.handlers[claim.handler].reaction
    cause = Cause(event_id=claim.event_id, event=claim.event)
    if isinstance(reaction, Effect):
        with worker.core.units.write() as uow:
            reaction.run(cause, uow, worker.ports)
            deliveries.finish(uow, claim)
        return
    if isinstance(reaction, Working):
        _work(worker, claim, cause, reaction)
        return
    _send(worker, claim, cause, reaction)


def _send(worker: WorkerCore, claim: Claim, cause: Cause, reaction: Sending) -> None:
    with worker.core.units.write() as uow:
        prepared = reaction.prepare(cause, uow, worker.ports)
        if isinstance(prepared, Later):
            deliveries.put_back(uow, claim, until=prepared.until)
            return
        if prepared is None:
            deliveries.finish(uow, claim)
            return
        deliveries.hold(uow, claim, SENDING_LEASE)
    sender, outgoing = prepared
    try:
        sender.send(outgoing)
    except GatewayResting as resting:
        with worker.core.units.write() as uow:
            deliveries.put_back(uow, claim, until=uow.now + timedelta(seconds=resting.seconds))
        return
    except Undeliverable as refused:
        with worker.core.units.write() as uow:
            reaction.bounce(cause, uow, worker.ports)
            deliveries.give_up(uow, claim, error=f"refused: {refused.code}")
        return
    with worker.core.units.write() as uow:
        reaction.settle(cause, uow, worker.ports)
        deliveries.finish(uow, claim)


def _work(worker: WorkerCore, claim: Claim, cause: Cause, reaction: Working) -> None:
    units = worker.core.units
    with units.write() as uow:
        begun = reaction.begin(cause, uow, worker.ports)
        if begun is None:
            deliveries.finish(uow, claim)
            return
        deliveries.hold(uow, claim, WORKING_LEASE)

    def tell(percent: int) -> None:
        with units.write() as uow:
            deliveries.hold(uow, claim, WORKING_LEASE)
            reaction.note(cause, uow, percent)

    try:
        found = reaction.work(begun, tell)
    except (LeaseLost, SQLAlchemyError):
        raise
    except Exception as error:  # noqa: BLE001 - the same facts would break it again
        _log.warning("work_failed", handler=claim.handler, error=_place_of(error))
        with units.write() as uow:
            reaction.fail(cause, uow)
            deliveries.finish(uow, claim)
        return
    with units.write() as uow:
        # The lease first: who lost it must not wait for what another holds, nor write beside it.
        deliveries.hold(uow, claim, WORKING_LEASE)
        reaction.keep(cause, uow, found)
        deliveries.finish(uow, claim)


def _place_of(error: BaseException) -> str:
    """Class and place, without the message: a message can quote what a person wrote."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {last.filename.rpartition('/')[2]}:{last.lineno}"
