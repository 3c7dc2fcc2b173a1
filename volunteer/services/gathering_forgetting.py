"""Forgetting who came to a gathering, and what they asked for, once it is not needed any more."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.gathering_seats import LIVE
from volunteer.domain.gatherings import HELP_KEPT, VISITORS_KEPT, GatheringState
from volunteer.domain.messages import MessageState
from volunteer.models import GatheringParty, Message, MutedTopic
from volunteer.queries import gatherings as queries
from volunteer.services import gathering_seats
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


def forget_help(uow: UnitOfWork, party_id: UUID) -> None:
    """They take back that we keep what helps them on that day; their seat stays. Harmless to repeat.

    Raises :class:`NotFound`.
    """
    party = gathering_seats.held(uow, party_id)
    party.help_sealed = party.help_version = None


def is_asked_to_forget(uow: UnitOfWork, party: GatheringParty) -> bool:
    """Whether a visitor can ask that we forget them: who still comes says first that they do not."""
    gathering = party.gathering
    still_comes = (
        party.state in LIVE and gathering.state == GatheringState.PUBLISHED and gathering.starts_at > uow.now
    )
    return party.name_sealed is not None and not still_comes


def forget_now(uow: UnitOfWork, party_id: UUID) -> None:
    """A visitor wants to be forgotten, weeks before we would do so. Harmless to repeat.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for who still comes.
    """
    party = gathering_seats.held(uow, party_id)
    if is_asked_to_forget(uow, party):
        forget_visitor(uow, party)
    elif party.name_sealed is not None:
        raise ImpossibleStep("First say “I do not come”. Then we can forget you.")


def forget_visitor(uow: UnitOfWork, party: GatheringParty) -> None:
    """Erase name, contact and words of a visitor; nothing is told to them any more."""
    party.name_sealed = party.contact_sealed = party.contact_hash = party.words_sealed = None
    party.channel = None
    party.help_sealed = party.help_version = None
    uow.session.execute(delete(Message).where(Message.recipient_id == party.id, Message.state.in_(_UNSENT)))
    uow.session.execute(delete(MutedTopic).where(MutedTopic.recipient_id == party.id))
