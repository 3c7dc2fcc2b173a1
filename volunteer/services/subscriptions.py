"""What somebody does not want to be told by itself: remembered, honoured, and taken back as easily."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from volunteer.domain.messages import TOPICS, MessageKind, Recipient, Topic
from volunteer.models import Account, Base, GatheringParty, MarketVisitor, Message, MutedTopic, Organisation
from volunteer.queries.candidates import kept_for_now
from volunteer.unit_of_work import UnitOfWork


def mute(uow: UnitOfWork, recipient: Recipient, recipient_id: UUID, topic: Topic) -> None:
    """Tell them nothing of this any more; harmless to repeat, also at the same moment.

    The id of a file that went into another leads to that one. Of who is not there any more nothing is kept.
    """
    reader_id = _still_there(uow, recipient, recipient_id)
    if reader_id is None:
        return
    insert = postgresql.insert if uow.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    uow.session.execute(
        insert(MutedTopic)
        .values(id=uuid4(), recipient=recipient, recipient_id=reader_id, topic=topic, muted_at=uow.now)
        .on_conflict_do_nothing(index_elements=["recipient", "recipient_id", "topic"])
    )


def unmute(uow: UnitOfWork, recipient_id: UUID, topic: Topic) -> None:
    """Tell them of this again; harmless to repeat."""
    reader_id = kept_for_now(uow.session, recipient_id) or recipient_id
    uow.session.execute(
        delete(MutedTopic).where(MutedTopic.recipient_id == reader_id, MutedTopic.topic == topic)
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


_READERS: Mapping[Recipient, type[Base]] = {
    Recipient.ACCOUNT: Account,
    Recipient.ORGANISATION: Organisation,
    Recipient.VISITOR: GatheringParty,
    Recipient.MARKET: MarketVisitor,
}


def _still_there(uow: UnitOfWork, recipient: Recipient, recipient_id: UUID) -> UUID | None:
    if recipient is Recipient.CANDIDATE:
        return kept_for_now(uow.session, recipient_id)
    kind = _READERS.get(recipient)
    return recipient_id if kind and uow.session.get(kind, recipient_id) else None
