"""Reads of messages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer.domain.messages import MessageState
from volunteer.models import Message


def messages_to_do(session: Session, *, limit: int = 200) -> Sequence[Message]:
    """The desk's call list, the longest waiting first."""
    return session.scalars(
        select(Message)
        .where(Message.state == MessageState.TO_DO)
        .order_by(Message.created_at, Message.id)
        .limit(limit)
    ).all()
