"""Reads of meetings: those of a stand, of a visitor, and those after which both want to go on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from volunteer.domain.market_days import STANDING, VisitState
from volunteer.models import MarketVisitor, Stand, Visit

_TOLD = (VisitState.PLANNED, VisitState.MET, VisitState.MISSED)


def at_stand(session: Session, stand_id: UUID) -> Sequence[Visit]:
    """Every meeting at a stand that was not dropped, with who comes; by round, then by card."""
    return session.scalars(_whole(Visit.stand_id == stand_id)).all()


def of_visitor(session: Session, visitor_id: UUID) -> Sequence[Visit]:
    """Every meeting of one visitor that was not dropped, with its stand; by round."""
    chosen = _whole(Visit.visitor_id == visitor_id).options(
        joinedload(Visit.stand).joinedload(Stand.organisation),
        joinedload(Visit.stand).joinedload(Stand.zone),
    )
    return session.scalars(chosen).all()


def with_both(session: Session, visitor_id: UUID, stand_id: UUID) -> Visit | None:
    """The meeting of these two: the one that stands, else the last that did not happen."""
    found = session.scalars(
        select(Visit)
        .where(Visit.visitor_id == visitor_id, Visit.stand_id == stand_id)
        .order_by(Visit.state.in_(STANDING).desc(), Visit.made_at.desc(), Visit.id)
    )
    return found.first()


def mutual(session: Session, market_id: UUID) -> Sequence[Visit]:
    """Meetings of a market after which both sides want to go on; by when they met."""
    chosen = _whole(
        Visit.market_id == market_id, Visit.visitor_says.is_(True), Visit.stand_says.is_(True)
    ).options(joinedload(Visit.stand).joinedload(Stand.organisation), joinedload(Visit.introduction))
    return session.scalars(chosen).all()


def met_at(session: Session, market_id: UUID) -> Sequence[Visit]:
    """Every meeting of a market that was held."""
    return session.scalars(
        select(Visit).where(Visit.market_id == market_id, Visit.state == VisitState.MET)
    ).all()


def _whole(*conditions: ColumnElement[bool]) -> Select[Visit]:
    visitor = joinedload(Visit.visitor)
    return (
        select(Visit)
        .join(Visit.visitor)
        .where(Visit.state.in_(_TOLD), *conditions)
        .order_by(Visit.round, MarketVisitor.card)
        .options(
            visitor.joinedload(MarketVisitor.candidate),
            visitor.joinedload(MarketVisitor.group),
            joinedload(Visit.helper),
        )
    )
