"""Messages: one row for each thing somebody is to be told; sent by a worker, or done by a person at the desk."""

from __future__ import annotations

from uuid import UUID, uuid4

from volunteer.domain.candidates import BY_HAND, Channel
from volunteer.domain.errors import NotFound
from volunteer.domain.events.messages import MessageQueued
from volunteer.domain.messages import MessageKind, MessageState, Recipient
from volunteer.models import Candidate, Message, Organisation
from volunteer.queries.accounts import members_of
from volunteer.unit_of_work import UnitOfWork


def tell_candidate(
    uow: UnitOfWork, candidate: Candidate, kind: MessageKind, *, about_id: UUID, cause_id: UUID
) -> None:
    """Tell a person by their own channel; by phone, letter or in person it becomes a row for the desk."""
    by_hand = candidate.channel in BY_HAND
    _add(uow, kind, Recipient.CANDIDATE, candidate.id, candidate.language, Channel(candidate.channel),
         about_id=about_id, cause_id=cause_id, by_hand=by_hand)


def tell_organisation(uow: UnitOfWork, organisation: Organisation, *, about_id: UUID, cause_id: UUID) -> None:
    """Tell every member of an introduction; without members, invite whoever we write to, or call them."""
    members = members_of(uow.session, organisation.id)
    for account in members:
        _add(uow, MessageKind.INTRODUCTION_RECEIVED, Recipient.ACCOUNT, account.id, account.language, Channel.EMAIL,
             about_id=about_id, cause_id=cause_id)
    if not members:
        reachable = organisation.email_sealed is not None
        _add(uow, MessageKind.INVITATION, Recipient.ORGANISATION, organisation.id, organisation.language,
             Channel.EMAIL if reachable else Channel.PHONE, about_id=about_id, cause_id=cause_id,
             by_hand=not reachable)


def leave_to_desk(uow: UnitOfWork, message: Message) -> None:
    """There is no way to send this one: somebody at the desk does it."""
    message.state = MessageState.TO_DO


def settle(uow: UnitOfWork, message_id: UUID) -> None:
    """It was handed over."""
    message = uow.session.get_one(Message, message_id)
    message.state = MessageState.SENT
    message.finished_at = uow.now


def mark_done(uow: UnitOfWork, message_id: UUID) -> None:
    """Somebody at the desk told them. Raises :class:`NotFound` when it is not to do any more."""
    message = uow.session.get(Message, message_id, with_for_update=True)
    if message is None or message.state != MessageState.TO_DO:
        raise NotFound("This was done already.")
    message.state = MessageState.DONE
    message.finished_at = uow.now


def _add(
    uow: UnitOfWork,
    kind: MessageKind,
    recipient: Recipient,
    recipient_id: UUID,
    language: str,
    channel: Channel,
    *,
    about_id: UUID,
    cause_id: UUID,
    by_hand: bool = False,
) -> None:
    message = Message(
        id=uuid4(), cause_id=cause_id, kind=kind, recipient=recipient, recipient_id=recipient_id, about_id=about_id,
        channel=channel, language=language, state=MessageState.TO_DO if by_hand else MessageState.QUEUED,
        created_at=uow.now,
    )
    uow.session.add(message)
    if not by_hand:
        uow.record(MessageQueued(message.id))
