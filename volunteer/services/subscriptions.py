"""What somebody does not want to be told by itself: remembered, honoured, and taken back as easily."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select, update

from volunteer.domain.messages import TOPICS, MessageKind, Recipient, Topic
from volunteer.models import Message, MutedTopic
from volunteer.unit_of_work import UnitOfWork


def mute(uow: UnitOfWork, recipient: Recipient, recipient_id: UUID, topic: Topic) -> None:
    """Tell them nothing of this any more; harmless to repeat."""
    if topic not in muted(uow, recipient_id):
        uow.session.add(
            MutedTopic(recipient=recipient, recipient_id=recipient_id, topic=topic, muted_at=uow.now)
        )


def unmute(uow: UnitOfWork, recipient_id: UUID, topic: Topic) -> None:
    """Tell them of this again; harmless to repeat."""
    uow.session.execute(
        delete(MutedTopic).where(MutedTopic.recipient_id == recipient_id, MutedTopic.topic == topic)
    )


def muted(uow: UnitOfWork, recipient_id: UUID) -> Sequence[str]:
    """The topics this reader does without."""
    return uow.session.scalars(select(MutedTopic.topic).where(MutedTopic.recipient_id == recipient_id)).all()


def is_unwanted(uow: UnitOfWork, message: Message) -> bool:
    """Whether its reader said that they can do without messages of this kind."""
    topic = TOPICS.get(MessageKind(message.kind))
    return topic is not None and topic in muted(uow, message.recipient_id)


def move(uow: UnitOfWork, stays: UUID, goes: UUID) -> None:
    """Two files become one: what either did without, the one that stays does without."""
    both = set(muted(uow, stays)) & set(muted(uow, goes))
    uow.session.execute(delete(MutedTopic).where(MutedTopic.recipient_id == goes, MutedTopic.topic.in_(both)))
    uow.session.execute(update(MutedTopic).where(MutedTopic.recipient_id == goes).values(recipient_id=stays))
