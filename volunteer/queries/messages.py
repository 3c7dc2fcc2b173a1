"""Reads of messages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from volunteer.domain.candidates import Channel
from volunteer.domain.messages import TOPICS, UNCOUNTED, MessageKind, MessageState, Recipient
from volunteer.models import Account, Candidate, Message, Organisation, OutboxEvent


def messages_to_do(session: Session, *, limit: int = 200) -> Sequence[Message]:
    """The desk's call list: persons first, old roles last, and of each the longest waiting first."""
    urgency = case(
        (Message.recipient == Recipient.CANDIDATE, 0), (Message.kind.in_(_ABOUT_OLD_ROLES), 2), else_=1
    )
    return session.scalars(
        select(Message)
        .where(Message.state == MessageState.TO_DO)
        .order_by(urgency, Message.created_at, Message.id)
        .limit(limit)
    ).all()


def was_told(session: Session, recipient_id: UUID, kind: MessageKind, *, since: datetime) -> bool:
    """Whether a message of this kind was written for them since then."""
    told = select(Message.id).where(
        Message.recipient_id == recipient_id, Message.kind == kind, Message.created_at >= since
    )
    return session.scalar(told.limit(1)) is not None


def times_told(session: Session, recipient_id: UUID, kind: MessageKind, *, since: datetime) -> int:
    """How many messages of this kind were written for them after then, without those that were dropped."""
    told = select(func.count()).where(
        Message.recipient_id == recipient_id,
        Message.kind == kind,
        Message.created_at > since,
        Message.state != MessageState.DROPPED,
    )
    return session.scalar(told) or 0


def times_told_about(session: Session, about_id: UUID, kind: MessageKind) -> int:
    """How many messages of this kind about this were written, without those that were dropped."""
    told = select(func.count()).where(
        Message.about_id == about_id, Message.kind == kind, Message.state != MessageState.DROPPED
    )
    return session.scalar(told) or 0


def told_because(session: Session, about_id: UUID, kind: MessageKind) -> Sequence[dict[str, Any]]:
    """What the events say that made us write messages of this kind about this, without those dropped."""
    return session.scalars(
        select(OutboxEvent.payload)
        .join(Message, Message.cause_id == OutboxEvent.id)
        .where(Message.about_id == about_id, Message.kind == kind, Message.state != MessageState.DROPPED)
    ).all()


def waiting_beside(session: Session, message: Message) -> Sequence[Message]:
    """Others of this kind for the same reader that nobody handed over or works on."""
    return session.scalars(
        select(Message)
        .where(
            Message.id != message.id,
            Message.recipient_id == message.recipient_id,
            Message.kind == message.kind,
            Message.channel == message.channel,
            Message.state == MessageState.QUEUED,
            Message.handed_at.is_(None),
        )
        .order_by(Message.created_at, Message.id)
        .with_for_update(skip_locked=True)
    ).all()


def bundled_in(session: Session, message_id: UUID) -> Sequence[Message]:
    """What this message says beside its own, the oldest first."""
    beside = select(Message).where(Message.bundled_in == message_id)
    return session.scalars(beside.order_by(Message.created_at, Message.id)).all()


def count_bundled(session: Session, message_id: UUID) -> int:
    """How many messages this one stands for beside itself."""
    beside = select(func.count()).where(Message.bundled_in == message_id)
    return session.scalar(beside) or 0


def taken_along(session: Session, message_ids: Collection[UUID]) -> Sequence[Message]:
    """What is bundled in one of these that did not leave yet, without these themselves; held."""
    unsent = select(Message.id).where(
        Message.id.in_(message_ids), Message.state.not_in([MessageState.SENT, MessageState.DONE])
    )
    return session.scalars(
        select(Message)
        .where(
            Message.bundled_in.in_(unsent),
            Message.id.not_in(message_ids),
            Message.state == MessageState.BUNDLED,
        )
        .order_by(Message.created_at, Message.id)
        .with_for_update()
    ).all()


def hold_reader(session: Session, message: Message) -> None:
    """Nobody else weighs what this reader hears before this transaction ends."""
    table = _READERS.get(Recipient(message.recipient))
    if table is not None:
        # As weak as a change of the row: what points at it may be written meanwhile.
        reader = select(table.id).where(table.id == message.recipient_id)
        session.execute(reader.with_for_update(key_share=True))


def unasked_since(session: Session, recipient_id: UUID, *, since: datetime) -> list[datetime]:
    """When they were sent what they did not ask for, the oldest first; what always leaves does not count."""
    sent = select(Message.finished_at).where(
        Message.recipient_id == recipient_id,
        Message.kind.in_(_COUNTED),
        Message.state == MessageState.SENT,
        Message.finished_at > since,
    )
    return [moment for moment in session.scalars(sent.order_by(Message.finished_at)) if moment is not None]


def unasked_on_their_way(session: Session, message: Message, *, since: datetime) -> int:
    """How many others of these were handed to a gateway since then, which did not say yes or no yet."""
    others = select(func.count()).where(
        Message.recipient_id == message.recipient_id,
        Message.id != message.id,
        Message.kind.in_(_COUNTED),
        # What bounced may be on its way once more, because somebody at the desk said so.
        Message.state.in_([MessageState.QUEUED, MessageState.BOUNCED]),
        Message.handed_at > since,
    )
    return session.scalar(others) or 0


_ABOUT_OLD_ROLES = (MessageKind.STILL_TRUE, MessageKind.ROLE_LAPSED)
"""What a list that was imported once makes many of: it must not take the place of what a person waits for."""
_COUNTED = TOPICS.keys() - UNCOUNTED
_READERS: Mapping[Recipient, type[Candidate] | type[Account] | type[Organisation]] = {
    Recipient.CANDIDATE: Candidate,
    Recipient.ACCOUNT: Account,
    Recipient.ORGANISATION: Organisation,
}


def letters_to_do(session: Session, *, limit: int = 200) -> Sequence[Message]:
    """What waits to be printed and posted, the longest waiting first."""
    return session.scalars(
        select(Message)
        .where(Message.state == MessageState.TO_DO, Message.channel == Channel.LETTER)
        .order_by(Message.created_at, Message.id)
        .limit(limit)
    ).all()


def newest_messages(session: Session, *, limit: int = 100) -> Sequence[Message]:
    """What was told last, or is to be, the newest first."""
    return session.scalars(select(Message).order_by(Message.created_at.desc(), Message.id).limit(limit)).all()


def is_overtaken(session: Session, message: Message, kinds: Collection[str]) -> bool:
    """Whether something newer of one of these kinds was written about the same thing, to the same reader."""
    newer = select(Message.id).where(
        Message.about_id == message.about_id,
        Message.recipient_id == message.recipient_id,
        Message.kind.in_(kinds),
        Message.created_at > message.created_at,
    )
    return session.scalar(newer.limit(1)) is not None
