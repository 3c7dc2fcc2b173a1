"""What two files of one person were told, or are to be, when they become one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update

from volunteer.domain.messages import MessageState
from volunteer.models import Message
from volunteer.services import messages
from volunteer.unit_of_work import UnitOfWork

_HEARD = frozenset({MessageState.SENT, MessageState.DONE})


def move(uow: UnitOfWork, stays: UUID, goes: UUID) -> None:
    """All of it hangs on the file that stays; what both hear for one reason is left once."""
    own = {(each.cause_id, each.kind): each for each in _of(uow, stays)}
    for each in _of(uow, goes):
        same = own.get((each.cause_id, each.kind))
        if same is not None:
            spare = same if each.state in _HEARD and same.state not in _HEARD else each
            messages.let_go(uow, [spare.id])
            uow.session.delete(spare)
    uow.session.flush()
    uow.session.execute(update(Message).where(Message.recipient_id == goes).values(recipient_id=stays))
    uow.session.execute(update(Message).where(Message.about_id == goes).values(about_id=stays))


def _of(uow: UnitOfWork, recipient_id: UUID) -> Sequence[Message]:
    chosen = select(Message).where(Message.recipient_id == recipient_id).order_by(Message.id)
    return uow.session.scalars(chosen.with_for_update()).all()
