"""Forgetting who came to a gathering, and what they asked for, once it is not needed any more."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from volunteer.domain.gatherings import HELP_KEPT, VISITORS_KEPT
from volunteer.domain.messages import MessageState
from volunteer.models import GatheringParty, Message, MutedTopic
from volunteer.queries import gatherings as queries
from volunteer.unit_of_work import UnitOfWork

LEFT_FOR = timedelta(days=1)
"""So long after they withdrew a visitor is still known: a message may be on its way."""
_UNSENT = (MessageState.QUEUED, MessageState.TO_DO, MessageState.BOUNCED)


def forget_due(uow: UnitOfWork) -> int:
    """Erase what helps people once their day is over, and who visitors were some weeks later.

    Counts stay, with the number of each party and no way to anybody. Returns how many rows changed.
    """
    helped = queries.help_to_forget(uow.session, over_by=uow.now - HELP_KEPT)
    for party in helped:
        party.help_sealed = party.help_version = None
    visitors = queries.visitors_to_forget(
        uow.session, over_by=uow.now - VISITORS_KEPT, left_by=uow.now - LEFT_FOR
    )
    for party in visitors:
        forget_visitor(uow, party)
    return len(helped) + len(visitors)


def forget_visitor(uow: UnitOfWork, party: GatheringParty) -> None:
    """Erase name, contact and words of a visitor; nothing is told to them any more."""
    party.name_sealed = party.contact_sealed = party.contact_hash = party.words_sealed = None
    party.channel = None
    party.help_sealed = party.help_version = None
    uow.session.execute(delete(Message).where(Message.recipient_id == party.id, Message.state.in_(_UNSENT)))
    uow.session.execute(delete(MutedTopic).where(MutedTopic.recipient_id == party.id))
