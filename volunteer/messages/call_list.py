"""Calls that nobody has to make any more: what they would say is not true now."""

from __future__ import annotations

from sqlalchemy import select

from volunteer.domain.messages import MessageState
from volunteer.messages.spoken import is_to_tell
from volunteer.models import Message
from volunteer.services import messages
from volunteer.unit_of_work import UnitOfWork


def drop_untrue(uow: UnitOfWork) -> int:
    """Drop every call of the desk's list that is not true any more; returns how many. Harmless to repeat.

    The list shows the oldest ones first and no more than it can: what is over must not take their place.
    """
    waiting = uow.session.scalars(select(Message.id).where(Message.state == MessageState.TO_DO)).all()
    dropped = 0
    for message_id in waiting:
        message = uow.session.get(Message, message_id)
        if message is None or is_to_tell(uow, message):
            continue
        held = uow.session.get(Message, message_id, with_for_update=True, populate_existing=True)
        if held is not None and held.state == MessageState.TO_DO:
            messages.drop(uow, held)
            dropped += 1
    return dropped
