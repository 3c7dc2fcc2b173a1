"""Forgetting who came to a market, what helped them, and who helped there, once it is not needed any more."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.gatherings import HELP_KEPT, VISITORS_KEPT
from volunteer.domain.market_days import MarketState, VisitorState
from volunteer.domain.messages import MessageState
from volunteer.models import MarketVisitor, Message, MutedTopic
from volunteer.queries import market_visitors as queries
from volunteer.services import market_help, market_visitors
from volunteer.services.gathering_forgetting import LEFT_FOR
from volunteer.unit_of_work import UnitOfWork

_UNSENT = (MessageState.QUEUED, MessageState.TO_DO, MessageState.BOUNCED)


def forget_due(uow: UnitOfWork) -> int:
    """Erase what helps people once their day is over, and some weeks later who visitors and helpers were.

    Numbers of cards and meetings stay, and lead to nobody without a file. Returns how many rows changed.
    """
    helped = queries.help_to_forget(uow.session, over_by=uow.now - HELP_KEPT)
    for visitor in helped:
        market_help.forget(visitor)
    long_ago = uow.now - VISITORS_KEPT
    visitors = queries.visitors_to_forget(uow.session, over_by=long_ago, left_by=uow.now - LEFT_FOR)
    for visitor in visitors:
        forget_visitor(uow, visitor)
    helpers = queries.helpers_to_forget(uow.session, over_by=long_ago)
    for helper in helpers:
        uow.session.delete(helper)
    stands = queries.stands_to_forget(uow.session, over_by=long_ago)
    for stand in stands:
        stand.host_sealed = stand.words_sealed = None
    return len(helped) + len(visitors) + len(helpers) + len(stands)


def forget_help(uow: UnitOfWork, visitor_id: UUID) -> None:
    """They take back that we keep what helps them; their card stays. Harmless to repeat.

    Raises :class:`NotFound`.
    """
    market_help.forget(market_visitors.held(uow, visitor_id))


def forget_help_of(uow: UnitOfWork, candidate_id: UUID) -> None:
    """The same for every market of this person. Their file is held, the markets are now."""
    market_visitors.leave_all(uow, candidate_id)
    for visitor in queries.every_of_candidates(uow.session, [candidate_id]):
        market_help.forget(visitor)


def is_asked_to_forget(uow: UnitOfWork, visitor: MarketVisitor) -> bool:
    """Whether a visitor can ask that we forget them: who still comes says first that they do not."""
    market = visitor.market
    still_comes = (
        visitor.state == VisitorState.REGISTERED
        and market.state == MarketState.OPEN
        and market.ends_at > uow.now
    )
    return visitor.name_sealed is not None and not still_comes


def forget_now(uow: UnitOfWork, visitor_id: UUID) -> None:
    """A visitor wants to be forgotten, weeks before we would do so. Harmless to repeat.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for who still comes.
    """
    visitor = market_visitors.held(uow, visitor_id)
    if is_asked_to_forget(uow, visitor):
        forget_visitor(uow, visitor)
    elif visitor.name_sealed is not None:
        raise ImpossibleStep("First say “I do not come”. Then we can forget you.")


def forget_visitor(uow: UnitOfWork, visitor: MarketVisitor) -> None:
    """Erase name, contact and answers of a visitor; nothing is told to them any more."""
    visitor.name_sealed = visitor.contact_sealed = visitor.contact_hash = None
    visitor.channel = None
    visitor.languages, visitor.tasks, visitor.shares = [], [], []
    visitor.together_id = None
    market_help.forget(visitor)
    theirs = Message.recipient_id == visitor.id
    uow.session.execute(delete(Message).where(theirs, Message.state.in_(_UNSENT)))
    uow.session.execute(delete(MutedTopic).where(MutedTopic.recipient_id == visitor.id))
