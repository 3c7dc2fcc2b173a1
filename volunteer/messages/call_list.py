"""Calls that nobody has to make any more: what they would say is not true now."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from volunteer.domain.messages import MessageState
from volunteer.messages.spoken import is_to_tell
from volunteer.models import Message
from volunteer.services import messages
from volunteer.unit_of_work import UnitOfWork, UnitsOfWork

AT_ONCE = 50
"""So many calls are dropped in one transaction: nobody waits long to write."""


def drop_untrue(units: UnitsOfWork) -> int:
    """Drop every call of the desk's list that is not true any more; returns how many. Harmless to repeat.

    The list shows no more than it can: what is over must not take their place.
    Looking holds nobody up; what is found is looked at again while it is held.
    """
    with units.read() as uow:
        found = [message_id for message_id in _to_do(uow) if _is_untrue(uow, message_id)]
    dropped = 0
    for start in range(0, len(found), AT_ONCE):
        with units.write() as uow:
            dropped += sum(_drop(uow, message_id) for message_id in found[start : start + AT_ONCE])
    return dropped


def _to_do(uow: UnitOfWork) -> Sequence[UUID]:
    return uow.session.scalars(select(Message.id).where(Message.state == MessageState.TO_DO)).all()


def _is_untrue(uow: UnitOfWork, message_id: UUID) -> bool:
    message = uow.session.get(Message, message_id)
    return message is not None and not is_to_tell(uow, message)


def _drop(uow: UnitOfWork, message_id: UUID) -> bool:
    held = uow.session.get(Message, message_id, with_for_update=True)
    if held is None or held.state != MessageState.TO_DO or is_to_tell(uow, held):
        return False
    messages.drop(uow, held)
    return True
