"""Reads of devices: those that wait to be confirmed, and those that are remembered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from volunteer.domain.devices import Asked
from volunteer.domain.messages import MessageKind
from volunteer.models import Candidate, Device, Message


def waiting_devices(
    session: Session, *, now: datetime, limit: int = 50
) -> Sequence[tuple[Device, Candidate]]:
    """What the desk is to confirm, with whose file it is; who waits longest comes first."""
    found = session.execute(
        select(Device, Candidate)
        .join(Candidate, Candidate.id == Device.candidate_id)
        .where(
            Device.confirmed_at.is_(None),
            Device.expires_at > now,
            Device.ask == Asked.DESK,
            Candidate.state == "confirmed",
        )
        .order_by(Device.asked_at, Device.id)
        .limit(limit)
    )
    return [(device, candidate) for device, candidate in found]


def waiting_of(session: Session, candidate_id: UUID, *, now: datetime) -> Sequence[Device]:
    """Devices on which somebody wants to see everything of this file, whoever is to confirm them."""
    return session.scalars(
        _of(candidate_id, now).where(Device.confirmed_at.is_(None)).order_by(Device.asked_at)
    ).all()


def confirmed_of(session: Session, candidate_id: UUID, *, now: datetime) -> Sequence[Device]:
    """Devices on which this file opens whole, the newest first."""
    return session.scalars(
        _of(candidate_id, now).where(Device.confirmed_at.is_not(None)).order_by(Device.confirmed_at.desc())
    ).all()


def device_with_cookie(session: Session, cookie_hash: bytes) -> Device | None:
    """The device that holds this cookie, confirmed or not, over or not."""
    return session.scalar(select(Device).where(Device.cookie_hash == cookie_hash))


def links_sent(session: Session, candidate_id: UUID, *, since: datetime) -> int:
    """How many messages to confirm a device went to this person since then."""
    counted = select(func.count()).where(
        Message.recipient_id == candidate_id,
        Message.kind == MessageKind.CONFIRM_DEVICE,
        Message.created_at > since,
    )
    return session.scalar(counted) or 0


def _of(candidate_id: UUID, now: datetime) -> Select[Device]:
    return select(Device).where(Device.candidate_id == candidate_id, Device.expires_at > now)
