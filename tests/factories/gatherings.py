"""A gathering that is published, and visitors for it, as far as a test needs them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from volunteer.domain.candidates import Channel
from volunteer.domain.events.gatherings import SeatOffered
from volunteer.domain.gatherings import Details, GatheringKind
from volunteer.domain.messages import MessageKind, MessageState, Recipient
from volunteer.models import GatheringParty, Message, OutboxEvent
from volunteer.services import gathering_sign_ups, gatherings
from volunteer.unit_of_work import UnitOfWork

AHEAD = timedelta(days=10)


def details(uow: UnitOfWork, *, seats: int = 2, ahead: timedelta = AHEAD, **given: Any) -> Details:
    """A workshop of two hours, some days ahead, of which everything is said that must be."""
    starts_at = given.pop("starts_at", uow.now + ahead)
    return Details(
        **{
            "kind": GatheringKind.CANDIDATE_WORKSHOP,
            "texts": {"nl": {"title": "Wat is vrijwilligerswerk?", "about": "Kom luisteren en vragen."}},
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "venue_name": "Muntpunt",
            "street": "Munt 6",
            "postal_code": "1000",
            "municipality": "brussel",
            "languages": frozenset({"nl"}),
            "access": frozenset({"ph.step_free_entrance"}),
            "seats": seats,
            **given,
        }
    )


def make_gathering(uow: UnitOfWork, **given: Any) -> UUID:
    """The id of a published one; takes what :func:`details` takes."""
    gathering = gatherings.make(uow, details(uow, **given), account_id=None)
    uow.session.flush()
    return gatherings.publish(uow, gathering.id).id


def sign_up(uow: UnitOfWork, gathering_id: UUID, number: int = 0, **given: Any) -> GatheringParty:
    """A visitor, another one for each ``number``, who is called."""
    visitor = gathering_sign_ups.Visitor(
        **{
            "name": "Samira",
            "channel": Channel.PHONE,
            "contact": f"+3247012{number:04d}",
            "language": "nl",
            "agrees": True,
            **given,
        }
    )
    return gathering_sign_ups.sign_up_visitor(uow, gathering_id, visitor)


def tell_of_offers(uow: UnitOfWork) -> None:
    """Everybody who was offered a seat heard of it, as when a worker ran."""
    uow.session.flush()
    told = set(uow.session.scalars(select(Message.cause_id)))
    for event in uow.session.scalars(select(OutboxEvent).where(OutboxEvent.type == SeatOffered.type)).all():
        if event.id not in told:
            party_id = UUID(event.payload["party_id"])
            uow.session.add(
                Message(
                    id=uuid4(), cause_id=event.id, kind=MessageKind.SEAT_OFFERED, recipient=Recipient.VISITOR,
                    recipient_id=party_id, about_id=party_id, channel=Channel.SMS, language="nl",
                    state=MessageState.SENT, created_at=uow.now,
                )
            )  # fmt: skip
    uow.session.flush()
