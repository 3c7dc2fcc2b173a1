"""A replaced address or number: kept until its owner was told there that it changed, and no longer."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import delete, select

from volunteer.domain.candidates import Channel
from volunteer.domain.messages import MessageKind, MessageState
from volunteer.domain.retention import FORMER_CONTACTS_LAST
from volunteer.models import Candidate, FormerContact, Message
from volunteer.models.base import field_name
from volunteer.queries.retention import replaced_by
from volunteer.services import messages
from volunteer.unit_of_work import UnitOfWork

_FIELD = field_name("former_contacts", "contact_sealed")
_NOT_THEIRS = frozenset({Channel.SUPPORT_WORKER, Channel.DESK})
"""A support worker is somebody else, whom the person tells themselves; and nobody is called at the desk."""


def keep_and_tell(
    uow: UnitOfWork, candidate: Candidate, channel: Channel, contact: str, *, cause_id: UUID
) -> None:
    """Tell the person by the way they gave up that it was replaced; invented people are told nothing."""
    if channel in _NOT_THEIRS or candidate.origin == "demo":
        return
    former = FormerContact(
        id=uuid4(),
        candidate_id=candidate.id,
        channel=channel,
        contact_sealed=uow.keyring.seal(contact, field=_FIELD),
        replaced_at=uow.now,
    )
    uow.session.add(former)
    messages.tell_candidate(
        uow,
        candidate,
        MessageKind.CONTACT_CHANGED,
        about_id=former.id,
        cause_id=cause_id,
        channel=channel,
    )


def opened(uow: UnitOfWork, former: FormerContact) -> str:
    """The address or number as it was."""
    return uow.keyring.open(former.contact_sealed, field=_FIELD)


def forget_old(uow: UnitOfWork) -> None:
    """Erase what was kept long enough, told or not; who was not told cannot be any more."""
    old = select(FormerContact.id).where(replaced_by(uow.now - FORMER_CONTACTS_LAST))
    untold = select(Message).where(
        Message.kind == MessageKind.CONTACT_CHANGED,
        Message.state.in_((MessageState.QUEUED, MessageState.TO_DO)),
        Message.about_id.in_(old),
    )
    for message in uow.session.scalars(untold):
        messages.drop(uow, message)
    uow.session.flush()
    uow.session.execute(delete(FormerContact).where(FormerContact.id.in_(old)))
