"""Messages: one row for each thing somebody is to be told, by a worker or by a person at the desk."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete

from volunteer.domain.accounts import ANSWERING, SEEING, Role
from volunteer.domain.candidates import BY_HAND, Channel
from volunteer.domain.errors import NotFound
from volunteer.domain.events.messages import MessageQueued, TextMessageQueued
from volunteer.domain.messages import BUNDLED, TOPICS, UNCOUNTED, MessageKind, MessageState, Recipient
from volunteer.models import (
    Account,
    Candidate,
    FormerContact,
    GatheringParty,
    Incident,
    MarketVisitor,
    Message,
    Organisation,
)
from volunteer.queries import messages as queries
from volunteer.queries.accounts import holders_of, members_of
from volunteer.queries.candidates import kept_for_now
from volunteer.queries.messages import was_told
from volunteer.services import organisations
from volunteer.services.contacts import clean_email
from volunteer.services.deliveries import SENDING_LEASE
from volunteer.unit_of_work import UnitOfWork

A_WEEK = timedelta(days=7)
_ONCE_WITHIN = timedelta(hours=20)
_LEFT_BY = {Incident: Recipient.REPORTER, GatheringParty: Recipient.VISITOR, MarketVisitor: Recipient.MARKET}


def tell_candidate(
    uow: UnitOfWork,
    candidate: Candidate,
    kind: MessageKind,
    *,
    about_id: UUID,
    cause_id: UUID,
    channel: Channel | None = None,
) -> None:
    """Tell a person by their own channel, or by the one that is named.

    By phone, letter or in person it becomes a row for the desk. Who was erased meanwhile is told nothing.
    """
    recipient_id = kept_for_now(uow.session, candidate.id)
    if recipient_id is None:
        return
    by = channel or Channel(candidate.channel)
    message = Message(
        recipient=Recipient.CANDIDATE,
        recipient_id=recipient_id,
        language=candidate.language,
        channel=by,
        kind=kind,
        about_id=about_id,
        cause_id=cause_id,
    )
    _put(uow, message, by_hand=by in BY_HAND)


def tell_organisation(uow: UnitOfWork, organisation: Organisation, *, about_id: UUID, cause_id: UUID) -> None:
    """Tell the team of an introduction; where nobody can answer yet, invite whoever we write to, or call."""
    tell_members(uow, organisation, MessageKind.INTRODUCTION_RECEIVED, about_id=about_id, cause_id=cause_id)
    if not members_of(uow.session, organisation.id, roles=ANSWERING):
        _write_to(uow, organisation, MessageKind.INVITATION, about_id=about_id, cause_id=cause_id)


def tell_who_answers(
    uow: UnitOfWork, organisation: Organisation, kind: MessageKind, *, about_id: UUID, cause_id: UUID
) -> None:
    """Tell everyone who speaks for this organisation; without them whoever we write to, or call."""
    members = members_of(uow.session, organisation.id, roles=ANSWERING)
    for account in members:
        tell_account(uow, account, kind, about_id=about_id, cause_id=cause_id)
    if not members:
        _write_to(uow, organisation, kind, about_id=about_id, cause_id=cause_id)


def tell_members(
    uow: UnitOfWork, organisation: Organisation, kind: MessageKind, *, about_id: UUID, cause_id: UUID
) -> None:
    """Tell everyone who sees the introductions of this organisation."""
    for account in members_of(uow.session, organisation.id, roles=SEEING):
        tell_account(uow, account, kind, about_id=about_id, cause_id=cause_id)


def tell_administrators(uow: UnitOfWork, kind: MessageKind, *, about_id: UUID, cause_id: UUID) -> None:
    """Tell everyone who looks after this installation, unless they were told the same within the day."""
    for account in holders_of(uow.session, Role.ADMIN):
        if not was_told(uow.session, account.id, kind, since=uow.now - _ONCE_WITHIN):
            tell_account(uow, account, kind, about_id=about_id, cause_id=cause_id)


def tell_account(
    uow: UnitOfWork, account: Account, kind: MessageKind, *, about_id: UUID, cause_id: UUID
) -> None:
    """Tell one human who logs in."""
    message = Message(
        recipient=Recipient.ACCOUNT,
        recipient_id=account.id,
        language=account.language,
        channel=Channel.EMAIL,
        kind=kind,
        about_id=about_id,
        cause_id=cause_id,
    )
    _put(uow, message, by_hand=False)


def tell_visitor(
    uow: UnitOfWork, left_by: Incident | GatheringParty | MarketVisitor, kind: MessageKind, *, cause_id: UUID
) -> None:
    """Tell whoever left an address or a number with this; nobody when they did not."""
    if left_by.channel is None:
        return
    message = Message(
        recipient=_LEFT_BY[type(left_by)],
        recipient_id=left_by.id,
        language=left_by.language,
        channel=left_by.channel,
        kind=kind,
        about_id=left_by.id,
        cause_id=cause_id,
    )
    _put(uow, message, by_hand=left_by.channel in BY_HAND)


def tell_by_mail(
    uow: UnitOfWork,
    recipient: Recipient,
    recipient_id: UUID,
    kind: MessageKind,
    *,
    language: str,
    about_id: UUID | None = None,
) -> None:
    """Mail somebody who has no account yet, at the address they or a colleague just wrote."""
    message = Message(
        recipient=recipient,
        recipient_id=recipient_id,
        language=language,
        channel=Channel.EMAIL,
        kind=kind,
        about_id=about_id or recipient_id,
        cause_id=uuid4(),
    )
    _put(uow, message, by_hand=False)


def leave_to_desk(message: Message) -> None:
    """There is no way to send this one: somebody at the desk does it."""
    message.state = MessageState.TO_DO


def drop(uow: UnitOfWork, message: Message) -> None:
    """What it would say is not true any more: nobody is told, and what it took along goes on its own way."""
    message.state = MessageState.DROPPED
    message.finished_at = uow.now
    let_go(uow, [message.id])


def let_go(uow: UnitOfWork, message_ids: Collection[UUID]) -> None:
    """These never leave: what they took along and is not among them waits again, each for itself."""
    for each in queries.taken_along(uow.session, message_ids):
        each.state, each.bundled_in, each.finished_at = MessageState.QUEUED, None, None
        _set_out(uow, each)


def hand_over(uow: UnitOfWork, message: Message, *, is_true: Callable[[UnitOfWork, Message], bool]) -> int:
    """It leaves now, and says what others of its kind that wait for the same reader would; how many that is.

    What is not true any more is dropped. From here on nothing else takes it along.
    """
    message.handed_at = uow.now
    if message.kind not in BUNDLED:
        return 1
    for each in queries.waiting_beside(uow.session, message):
        if is_true(uow, each):
            each.state, each.bundled_in, each.finished_at = MessageState.BUNDLED, message.id, uow.now
        else:
            drop(uow, each)
    uow.session.flush()
    return 1 + queries.count_bundled(uow.session, message.id)


def held(uow: UnitOfWork, message_id: UUID) -> Message | None:
    """The message, which nobody else changes or weighs against others before this transaction ends."""
    found = uow.session.get(Message, message_id)
    if found is not None and _counts(found):
        # The reader first: so does whoever erases them with their messages.
        queries.hold_reader(uow.session, found)
    return uow.session.get(Message, message_id, with_for_update=True, populate_existing=True)


def too_often_until(uow: UnitOfWork, message: Message, *, most_a_week: int) -> datetime | None:
    """When its reader may next hear something they did not ask for; ``None`` is now.

    Whoever has an appointment is reminded however often we wrote. What another worker is just sending counts
    too; should it fail, this one is looked at again when that would have ended. The message is :func:`held`.
    """
    if not most_a_week or not _counts(message):
        return None
    heard = queries.unasked_since(uow.session, message.recipient_id, since=uow.now - A_WEEK)
    if len(heard) >= most_a_week:
        return heard[-most_a_week] + A_WEEK
    on_their_way = queries.unasked_on_their_way(uow.session, message, since=uow.now - SENDING_LEASE)
    return uow.now + SENDING_LEASE if len(heard) + on_their_way >= most_a_week else None


def _counts(message: Message) -> bool:
    return message.kind in TOPICS and message.kind not in UNCOUNTED


def settle(uow: UnitOfWork, message_id: UUID) -> None:
    """It was handed over; whoever was erased while it left has no row any more."""
    message = uow.session.get(Message, message_id)
    if message is None:
        return
    message.state = MessageState.SENT
    message.finished_at = uow.now
    _forget_former_contact(uow, message)


def bounce(uow: UnitOfWork, message_id: UUID) -> None:
    """The gateway says that nobody is there: it stands at the desk, which chooses another way."""
    uow.session.get_one(Message, message_id).state = MessageState.BOUNCED


def mark_done(uow: UnitOfWork, message_id: UUID) -> None:
    """Somebody at the desk told them. Raises :class:`NotFound` when it is not to do any more."""
    message = _to_do(uow, message_id)
    message.state = MessageState.DONE
    message.finished_at = uow.now
    _forget_former_contact(uow, message)


def send_after_all(uow: UnitOfWork, message_id: UUID, *, email: str) -> None:
    """The desk learned the address of an organisation: keep it, and send what could only be said by phone.

    Raises :class:`NotFound` when it is not to do any more, :class:`InvalidValue` for the address.
    """
    message = _to_do(uow, message_id)
    organisation = uow.session.get(Organisation, message.recipient_id)
    if organisation is None:
        raise NotFound("This organisation is not there any more.")
    organisations.set_email(uow, organisation, clean_email(email))
    message.state = MessageState.QUEUED
    message.channel = Channel.EMAIL
    uow.record(MessageQueued(message.id))


def _forget_former_contact(uow: UnitOfWork, message: Message) -> None:
    """An old address or number is kept no longer than it takes to tell its owner."""
    if message.kind == MessageKind.CONTACT_CHANGED:
        uow.session.execute(delete(FormerContact).where(FormerContact.id == message.about_id))


def _to_do(uow: UnitOfWork, message_id: UUID) -> Message:
    message = uow.session.get(Message, message_id, with_for_update=True, populate_existing=True)
    if message is None or message.state != MessageState.TO_DO:
        raise NotFound("This was done already.")
    return message


def _write_to(
    uow: UnitOfWork, organisation: Organisation, kind: MessageKind, *, about_id: UUID, cause_id: UUID
) -> None:
    has_address = organisation.email_sealed is not None
    message = Message(
        recipient=Recipient.ORGANISATION,
        recipient_id=organisation.id,
        language=organisation.language,
        channel=Channel.EMAIL if has_address else Channel.PHONE,
        kind=kind,
        about_id=about_id,
        cause_id=cause_id,
    )
    _put(uow, message, by_hand=not has_address)


def _put(uow: UnitOfWork, message: Message, *, by_hand: bool) -> None:
    message.id = uuid4()
    message.created_at = uow.now
    message.state = MessageState.TO_DO if by_hand else MessageState.QUEUED
    uow.session.add(message)
    if not by_hand:
        _set_out(uow, message)


def _set_out(uow: UnitOfWork, message: Message) -> None:
    is_text = message.channel == Channel.SMS
    uow.record(TextMessageQueued(message.id) if is_text else MessageQueued(message.id))
