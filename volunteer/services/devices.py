"""New devices: a card alone shows the first page; the whole file opens where its person confirmed it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update

from volunteer.domain.candidates import BY_HAND
from volunteer.domain.devices import (
    REMEMBERED,
    SHARED_STAYS,
    SHARED_WAITS,
    SIGN_UP,
    WAITS_FOR_DESK,
    WAITS_FOR_LINK,
    Asked,
    Kind,
)
from volunteer.domain.errors import NotFound
from volunteer.domain.messages import MessageKind
from volunteer.models import Candidate, Device
from volunteer.queries import devices as queries
from volunteer.services import messages
from volunteer.unit_of_work import UnitOfWork

BY_LINK = "own_channel"
MOST_LINKS_AN_HOUR = 3
"""Whoever found a card could have its owner flooded with messages; after these, only the desk is asked."""
_ONCE_A = timedelta(days=1)


def new_cookie() -> str:
    """A cookie of 128 random bits."""
    return secrets.token_urlsafe(16)


def can_ask_by_link(uow: UnitOfWork, candidate: Candidate, *, sends: Collection[str]) -> bool:
    """Whether a link reaches this person by itself; ``sends``: the channels that need nobody at the desk."""
    if candidate.channel in BY_HAND or candidate.channel not in sends or candidate.contact_sealed is None:
        return False
    an_hour_ago = uow.now - timedelta(hours=1)
    return queries.links_sent(uow.session, candidate.id, since=an_hour_ago) < MOST_LINKS_AN_HOUR


def ask(uow: UnitOfWork, candidate: Candidate, *, kind: Kind, cookie: str | None, by: Asked) -> Device:
    """Somebody wants to see everything of this file on this device: have its person confirm that.

    Without ``cookie`` the device is shared, and nothing is remembered. Asked again, it gets a fresh sign.
    """
    _take_turns(uow, candidate.id)
    device = _seen_before(uow, candidate, cookie) or Device(id=uuid4(), candidate_id=candidate.id)
    device.cookie_hash = _hash(candidate.id, cookie) if cookie else None
    device.kind = kind
    device.ask = by
    device.sign = f"{secrets.randbelow(90) + 10}"
    device.asked_at = uow.now
    device.confirmed_at = device.confirmed_by = None
    waits = WAITS_FOR_LINK if by is Asked.OWN_CHANNEL else WAITS_FOR_DESK
    device.expires_at = uow.now + (waits if cookie else SHARED_WAITS)
    uow.session.add(device)
    if by is Asked.OWN_CHANNEL:
        messages.tell_candidate(
            uow, candidate, MessageKind.CONFIRM_DEVICE, about_id=device.id, cause_id=uuid4()
        )
    return device


def welcome(uow: UnitOfWork, candidate_id: UUID, *, kind: Kind, cookie: str) -> Device:
    """Remember the device on which somebody just signed up: nobody else can have begun this file."""
    _take_turns(uow, candidate_id)
    known_by = _hash(candidate_id, cookie)
    device = queries.device_with_cookie(uow.session, known_by) or Device(
        id=uuid4(), candidate_id=candidate_id, cookie_hash=known_by
    )
    device.kind = kind
    device.sign = ""
    device.ask = Asked.OWN_CHANNEL
    device.asked_at = device.confirmed_at = device.seen_at = uow.now
    device.confirmed_by = SIGN_UP
    device.expires_at = uow.now + REMEMBERED
    uow.session.add(device)
    return device


def recognised(uow: UnitOfWork, candidate: Candidate, cookie: str | None) -> Device | None:
    """The confirmed device that holds this cookie; being used, it is remembered anew, once a day at most."""
    device = known(uow, candidate, cookie)
    if device is None:
        return None
    if device.seen_at is None or uow.now - device.seen_at >= _ONCE_A:
        device.seen_at = uow.now
        device.expires_at = uow.now + REMEMBERED
    return device


def known(uow: UnitOfWork, candidate: Candidate, cookie: str | None) -> Device | None:
    """As :func:`recognised`, without noting the use."""
    device = _seen_before(uow, candidate, cookie)
    is_over = device is None or device.confirmed_at is None or device.expires_at <= uow.now
    return None if is_over else device


def confirm(uow: UnitOfWork, device_id: UUID, *, by: str) -> Device:
    """It is this person's: from now on their file opens whole there, for as long as it is remembered.

    ``by`` is :data:`BY_LINK` or ``account:<id>`` of somebody at the desk. Raises :class:`NotFound` when
    nobody waits there any more, so that a link is spent by the first press.
    """
    claimed = uow.session.execute(
        update(Device)
        .where(Device.id == device_id, Device.confirmed_at.is_(None), Device.expires_at > uow.now)
        .values(confirmed_at=uow.now, confirmed_by=by, seen_at=uow.now)
        .returning(Device.id)
    ).one_or_none()
    if claimed is None:
        raise NotFound("This was answered already, or it took too long.")
    device = uow.session.get_one(Device, device_id, populate_existing=True)
    device.expires_at = uow.now + (REMEMBERED if device.cookie_hash else SHARED_STAYS)
    return device


def refuse(uow: UnitOfWork, device_id: UUID) -> None:
    """It is somebody else's: it waits no longer. Harmless to repeat; a confirmed device stays."""
    uow.session.execute(
        update(Device)
        .where(Device.id == device_id, Device.confirmed_at.is_(None), Device.expires_at > uow.now)
        .values(expires_at=uow.now)
    )


def waiting(uow: UnitOfWork, device_id: UUID) -> Device | None:
    """The device, while it waits for an answer."""
    device = uow.session.get(Device, device_id)
    is_over = device is None or device.confirmed_at is not None or device.expires_at <= uow.now
    return None if is_over else device


def waiting_here(uow: UnitOfWork, candidate: Candidate, cookie: str | None) -> Device | None:
    """The device that holds this cookie, while its person has not answered."""
    device = _seen_before(uow, candidate, cookie)
    return waiting(uow, device.id) if device else None


def is_confirmed(uow: UnitOfWork, device_id: UUID, candidate_id: UUID) -> bool:
    """Whether the file opens whole on this device now."""
    device = uow.session.get(Device, device_id)
    return (
        device is not None
        and device.candidate_id == candidate_id
        and device.confirmed_at is not None
        and device.expires_at > uow.now
    )


def forget(uow: UnitOfWork, candidate: Candidate, device_id: UUID) -> None:
    """This device is known no longer, and what is open there closes; harmless to repeat."""
    uow.session.execute(delete(Device).where(Device.id == device_id, Device.candidate_id == candidate.id))


def forget_all(uow: UnitOfWork, candidate: Candidate) -> None:
    """No device of this person is known any longer: a phone was lost, and the card with it."""
    uow.session.execute(delete(Device).where(Device.candidate_id == candidate.id))


def forget_over(uow: UnitOfWork) -> None:
    """Wipe devices whose time is over, a day later: "that was not me" is to find whose file it is."""
    uow.session.execute(delete(Device).where(Device.expires_at <= uow.now - _ONCE_A))


def _take_turns(uow: UnitOfWork, candidate_id: UUID) -> None:
    """Of two presses at the same moment, the second finds the device of the first."""
    held = select(Candidate.id).where(Candidate.id == candidate_id)
    uow.session.execute(held.with_for_update(key_share=True))


def _seen_before(uow: UnitOfWork, candidate: Candidate, cookie: str | None) -> Device | None:
    return queries.device_with_cookie(uow.session, _hash(candidate.id, cookie)) if cookie else None


def _hash(candidate_id: UUID, cookie: str) -> bytes:
    # With the file in it, so that two files that opened on one device cannot be told to have done so.
    return hashlib.sha256(candidate_id.bytes + cookie.encode()).digest()
