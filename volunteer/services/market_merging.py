"""Two files of one person become one: where both have a card for the same market, one card is left."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update

from volunteer.domain.market_days import VisitState
from volunteer.models import MarketVisitor, Message
from volunteer.queries import market_visitors as queries
from volunteer.queries import markets
from volunteer.services import market_visitors
from volunteer.unit_of_work import UnitOfWork


def keep_one_card(uow: UnitOfWork, stays: UUID, goes: UUID) -> None:
    """Of two files, both held, the card with which somebody came stands; of two alike the older one.

    What was met with the other one hangs on the card that stands, as long as neither a stand nor a round is
    there twice; what is planned is free for others.
    """
    theirs = queries.every_of_candidates(uow.session, [stays, goes])
    for market_id in sorted({each.market_id for each in theirs}):
        twice = [each for each in theirs if each.market_id == market_id]
        if len(twice) > 1:
            markets.held(uow.session, market_id)
            for each in twice:
                uow.session.refresh(each)
            better, worse = sorted(twice, key=lambda each: (each.checked_in_at is None, each.card))
            _take_over(uow, better, worse)
            market_visitors.end(uow, [worse])


def _take_over(uow: UnitOfWork, better: MarketVisitor, worse: MarketVisitor) -> None:
    mine, theirs = queries.standing_visits(uow.session, better.id), queries.met_by(uow.session, worse.id)
    for visit in theirs:
        twice = [each for each in mine if visit.stand_id == each.stand_id or visit.round == each.round]
        if any(each.state == VisitState.MET for each in twice):
            continue
        for each in twice:
            each.state, each.settled_at = VisitState.DROPPED, uow.now
        uow.session.flush()
        visit.visitor_id = better.id
    if better.help_sealed is None:
        better.help_sealed, better.help_version = worse.help_sealed, worse.help_version
    if better.answered_at is None:
        better.answer, better.answered_at = worse.answer, worse.answered_at
    befriended = update(MarketVisitor).where(MarketVisitor.together_id == worse.id)
    uow.session.execute(befriended.where(MarketVisitor.id != better.id).values(together_id=better.id))
    uow.session.execute(update(Message).where(Message.about_id == worse.id).values(about_id=better.id))
