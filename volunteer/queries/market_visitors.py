"""Reads of who comes to a market: people, groups and their cards."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session, selectinload

from volunteer.domain.market_days import STANDING, MarketState, VisitorState, VisitState
from volunteer.models import Market, MarketGroup, MarketHelper, MarketVisitor, Stand, Visit

_WHO = (selectinload(MarketVisitor.candidate), selectinload(MarketVisitor.group))
"""Whom every list of visitors names, read for all of them at once."""
_LIVE = MarketVisitor.state == VisitorState.REGISTERED


def live_visitor(session: Session, market_id: UUID, who: ColumnElement[bool]) -> MarketVisitor | None:
    """The card of this person at this market that stands, if there is one."""
    return session.scalar(select(MarketVisitor).where(MarketVisitor.market_id == market_id, _LIVE, who))


def with_card(session: Session, market_id: UUID, card: int) -> MarketVisitor | None:
    """Who has the card with this number at this market, also when they withdrew."""
    return session.scalar(
        select(MarketVisitor).where(MarketVisitor.market_id == market_id, MarketVisitor.card == card)
    )


def visitors_of(session: Session, market_id: UUID, *, live: bool = True) -> Sequence[MarketVisitor]:
    """Everyone who comes, by the number of their card; without ``live`` also who withdrew."""
    chosen = select(MarketVisitor).where(MarketVisitor.market_id == market_id)
    if live:
        chosen = chosen.where(_LIVE)
    return session.scalars(chosen.order_by(MarketVisitor.card).options(*_WHO)).all()


def count_visitors(session: Session, market_id: UUID) -> int:
    """How many people come."""
    return session.scalar(select(func.count()).where(MarketVisitor.market_id == market_id, _LIVE)) or 0


def of_candidate(session: Session, candidate_id: UUID, *, since: datetime) -> Sequence[MarketVisitor]:
    """Cards of this person that stand, of markets that are not over since then, the first one first."""
    return session.scalars(
        select(MarketVisitor)
        .join(Market, Market.id == MarketVisitor.market_id)
        .where(MarketVisitor.candidate_id == candidate_id, _LIVE, Market.ends_at > since)
        .order_by(Market.starts_at, MarketVisitor.card)
        .options(selectinload(MarketVisitor.market))
    ).all()


def every_of_candidates(session: Session, candidate_ids: Collection[UUID]) -> Sequence[MarketVisitor]:
    """Cards of these files that stand, also of what is over long ago."""
    return session.scalars(
        select(MarketVisitor).where(MarketVisitor.candidate_id.in_(candidate_ids), _LIVE)
    ).all()


def markets_of_candidate(session: Session, candidate_id: UUID) -> Sequence[UUID]:
    """Markets at which this person has a card, in one order for all who hold several."""
    return session.scalars(
        select(MarketVisitor.market_id)
        .where(MarketVisitor.candidate_id == candidate_id)
        .distinct()
        .order_by(MarketVisitor.market_id)
    ).all()


def cards_of(session: Session, group_id: UUID, *, live: bool = True) -> Sequence[MarketVisitor]:
    """The people of a group, by the number of their card."""
    chosen = select(MarketVisitor).where(MarketVisitor.group_id == group_id)
    if live:
        chosen = chosen.where(_LIVE)
    return session.scalars(chosen.order_by(MarketVisitor.card)).all()


def groups_of(session: Session, market_id: UUID) -> Sequence[MarketGroup]:
    """Groups that come, in the order in which they were registered."""
    return session.scalars(
        select(MarketGroup)
        .where(MarketGroup.market_id == market_id, MarketGroup.state == VisitorState.REGISTERED)
        .order_by(MarketGroup.registered_at, MarketGroup.id)
        .options(selectinload(MarketGroup.organisation), selectinload(MarketGroup.account))
    ).all()


def groups_of_organisation(
    session: Session, organisation_id: UUID, *, since: datetime
) -> Sequence[MarketGroup]:
    """Groups that this referrer brings to markets that are not over since then."""
    return session.scalars(
        select(MarketGroup)
        .join(Market, Market.id == MarketGroup.market_id)
        .where(
            MarketGroup.organisation_id == organisation_id,
            MarketGroup.state == VisitorState.REGISTERED,
            Market.ends_at > since,
        )
        .order_by(Market.starts_at, MarketGroup.registered_at)
        .options(selectinload(MarketGroup.market))
    ).all()


def sizes_of(session: Session, group_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many cards each of these groups has; none is not among them."""
    rows = session.execute(
        select(MarketVisitor.group_id, func.count())
        .where(MarketVisitor.group_id.in_(group_ids), _LIVE)
        .group_by(MarketVisitor.group_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def open_markets(session: Session, *, now: datetime) -> Sequence[Market]:
    """Markets that everybody may read and that are not over, the first one first."""
    return session.scalars(
        select(Market)
        .where(Market.state == MarketState.OPEN, Market.ends_at > now)
        .order_by(Market.starts_at, Market.id)
    ).all()


def over_since(session: Session, *, since: datetime, now: datetime) -> Sequence[Market]:
    """Markets that were held and ended in this time, the last one first."""
    return session.scalars(
        select(Market)
        .where(Market.state == MarketState.OPEN, Market.ends_at > since, Market.ends_at <= now)
        .order_by(Market.starts_at.desc(), Market.id)
    ).all()


def drop_planned(session: Session, visitor_ids: Collection[UUID], *, now: datetime, by: str | None) -> None:
    """Take what is still planned off the routes of these visitors: the seats are free for others."""
    session.execute(
        update(Visit)
        .where(Visit.visitor_id.in_(visitor_ids), Visit.state == VisitState.PLANNED)
        .values(state=VisitState.DROPPED, settled_at=now, settled_by=by)
    )


def visitors_to_forget(session: Session, *, over_by: datetime, left_by: datetime) -> Sequence[MarketVisitor]:
    """Visitors whose name and contact are kept no longer: the day is long past, or they left before."""
    return session.scalars(
        select(MarketVisitor)
        .join(Market, Market.id == MarketVisitor.market_id)
        .where(
            MarketVisitor.name_sealed.is_not(None),
            or_(Market.ends_at <= over_by, MarketVisitor.withdrawn_at <= left_by),
        )
    ).all()


def help_to_forget(session: Session, *, over_by: datetime) -> Sequence[MarketVisitor]:
    """Visitors whose help for that day is kept no longer: it is past, was cancelled, or they left."""
    return session.scalars(
        select(MarketVisitor)
        .join(Market, Market.id == MarketVisitor.market_id)
        .where(
            MarketVisitor.help_sealed.is_not(None),
            or_(
                Market.ends_at <= over_by,
                Market.cancelled_at.is_not(None),
                MarketVisitor.state != VisitorState.REGISTERED,
            ),
        )
    ).all()


def helpers_to_forget(session: Session, *, over_by: datetime) -> Sequence[MarketHelper]:
    """Helpers of markets that are over so long that who they were is kept no longer."""
    return session.scalars(
        select(MarketHelper)
        .join(Market, Market.id == MarketHelper.market_id)
        .where(Market.ends_at <= over_by)
    ).all()


def stands_to_forget(session: Session, *, over_by: datetime) -> Sequence[Stand]:
    """Stands of markets that are over so long that who stood there is kept no longer."""
    return session.scalars(
        select(Stand)
        .join(Market, Market.id == Stand.market_id)
        .where(
            Market.ends_at <= over_by, or_(Stand.host_sealed.is_not(None), Stand.words_sealed.is_not(None))
        )
    ).all()


def standing_visits(session: Session, visitor_id: UUID) -> Sequence[Visit]:
    """What is planned for this visitor, or was met."""
    return session.scalars(
        select(Visit).where(Visit.visitor_id == visitor_id, Visit.state.in_(STANDING)).order_by(Visit.round)
    ).all()


def met_by(session: Session, visitor_id: UUID) -> Sequence[Visit]:
    """Whom this visitor met."""
    return session.scalars(
        select(Visit)
        .where(Visit.visitor_id == visitor_id, Visit.state == VisitState.MET)
        .order_by(Visit.round)
    ).all()


def of_markets_over(moment: datetime) -> ColumnElement[bool]:
    """Tell of a row of visitors whether its market was over before then."""
    return MarketVisitor.market_id.in_(select(Market.id).where(Market.ends_at < moment))
