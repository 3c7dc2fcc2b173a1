"""What people write back, where a program does not understand it: sealed, and read at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import delete, or_
from sqlalchemy.dialects import postgresql, sqlite

from volunteer.domain.candidates import Channel
from volunteer.domain.errors import NotFound
from volunteer.domain.replies import KEPT_AFTER_READING, KEPT_UNREAD, REMEMBERED, as_kept
from volunteer.models import Reply, TakenIn
from volunteer.models.base import field_name
from volunteer.queries import replies as queries
from volunteer.unit_of_work import UnitOfWork

_WORDS = field_name("replies", "words_sealed")


def keep(
    uow: UnitOfWork, words: str, *, channel: Channel, candidate_id: UUID | None, message_id: UUID | None
) -> Reply:
    """Keep these words for the desk."""
    reply = Reply(
        id=uuid4(),
        candidate_id=candidate_id,
        message_id=message_id,
        channel=channel,
        words_sealed=uow.keyring.seal(as_kept(words), field=_WORDS),
        received_at=uow.now,
    )
    uow.session.add(reply)
    return reply


def unread(uow: UnitOfWork, *, limit: int) -> Sequence[Reply]:
    """What nobody read yet, the longest waiting first."""
    return queries.unread_replies(uow.session, limit=limit)


def written_by(uow: UnitOfWork, candidate_id: UUID) -> Sequence[Reply]:
    """What this person wrote back and is still kept, the newest first."""
    return queries.replies_of(uow.session, candidate_id)


def words_of(uow: UnitOfWork, reply: Reply) -> str:
    """What they wrote."""
    return uow.keyring.open(reply.words_sealed, field=_WORDS)


def mark_read(uow: UnitOfWork, reply_id: UUID, *, account_id: UUID) -> None:
    """This colleague dealt with it. Raises :class:`NotFound` when somebody did before."""
    reply = uow.session.get(Reply, reply_id, with_for_update=True, populate_existing=True)
    if reply is None or reply.read_at is not None:
        raise NotFound("This was done already.")
    reply.read_at, reply.read_by = uow.now, f"account:{account_id}"


def spend(uow: UnitOfWork, way: str, known_as: str) -> bool:
    """Whether this came back for the first time, which it did from now on.

    Of two at the same moment, the second waits for the first and hears that it came second.
    """
    insert = postgresql.insert if uow.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = uow.session.execute(
        insert(TakenIn)
        .values(fingerprint=uow.keyring.fingerprint(known_as, kind=f"taken in: {way}"), taken_in_at=uow.now)
        .on_conflict_do_nothing(index_elements=["fingerprint"])
        .returning(TakenIn.fingerprint)
    )
    return first.one_or_none() is not None


def forget_old(uow: UnitOfWork) -> None:
    """Erase what was read some weeks ago, what nobody will answer any more, and ids nobody repeats."""
    uow.session.execute(
        delete(Reply).where(
            or_(
                Reply.read_at <= uow.now - KEPT_AFTER_READING,
                Reply.received_at <= uow.now - KEPT_UNREAD,
            )
        )
    )
    uow.session.execute(delete(TakenIn).where(TakenIn.taken_in_at <= uow.now - REMEMBERED))
