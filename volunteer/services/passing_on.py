"""Messages that a support worker passes on: only of who allows it, and each marked in the journal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from volunteer.domain.errors import ImpossibleStep, NotAllowed, NotFound
from volunteer.domain.support import EntryKind, Scope
from volunteer.models import Candidate, Message
from volunteer.queries import support_links as queries
from volunteer.services import messages, support_links
from volunteer.unit_of_work import UnitOfWork


def waiting(uow: UnitOfWork, candidate: Candidate) -> Sequence[Message]:
    """What waits to be told to this person through their support worker; the desk's list holds it too."""
    return queries.messages_through_support(uow.session, [candidate.id])


def waiting_for(uow: UnitOfWork, candidate_ids: Collection[UUID]) -> Sequence[Message]:
    """What waits to be told to any of these people through their support worker."""
    return queries.messages_through_support(uow.session, candidate_ids) if candidate_ids else []


def pass_on(uow: UnitOfWork, link_id: UUID, message_id: UUID, *, account_id: UUID) -> None:
    """They told the person.

    Raises :class:`NotFound` where the person allows nothing, :class:`NotAllowed` without a yes to this, and
    :class:`ImpossibleStep` when it was done.
    """
    link, candidate, may = support_links.person_of(uow, link_id, account_id)
    if Scope.IS_CHANNEL not in may:
        raise NotAllowed("This person does not want you to pass messages on.")
    if message_id not in {each.id for each in waiting(uow, candidate)}:
        raise ImpossibleStep("This was done already.")
    try:
        messages.mark_done(uow, message_id)
    except NotFound as error:
        raise ImpossibleStep("This was done already.") from error
    uow.session.get_one(Message, message_id).finished_by = f"account:{account_id}"
    support_links.note(uow, link, EntryKind.PASSED_ON)
