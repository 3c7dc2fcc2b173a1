"""Reads of messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer.domain.messages import MessageKind, MessageState
from volunteer.models import Message


def messages_to_do(session: Session, *, limit: int = 200) -> Sequence[Message]:
    """The desk's call list, the longest waiting first."""
    return session.scalars(
        select(Message)
        .where(Message.state == MessageState.TO_DO)
        .order_by(Message.created_at, Message.id)
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
