"""Reads of timetables and of the meetings of a market."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from volunteer.domain.market_days import STANDING, TimetableState, VisitorState, VisitState
from volunteer.models import MarketHelper, MarketVisitor, Stand, Timetable, Visit

COMPARED = 3
"""So many plans are set side by side."""
_RUNNING = (TimetableState.WAITING, TimetableState.SOLVING)


def route_of(session: Session, visitor_id: UUID) -> Sequence[Visit]:
    """The meetings of one visitor that stand, in order of time; stand, zone and interpreter are loaded."""
    return _standing(session, Visit.visitor_id == visitor_id)


def routes_of(session: Session, visitor_ids: Collection[UUID]) -> dict[UUID, list[Visit]]:
    """The same of several visitors, by visitor."""
    found: dict[UUID, list[Visit]] = {each: [] for each in visitor_ids}
    for visit in _standing(session, Visit.visitor_id.in_(visitor_ids)):
        found[visit.visitor_id].append(visit)
    return found


def visits_of_market(session: Session, market_id: UUID) -> Sequence[Visit]:
    """Every meeting of a market that stands, in order of time and stand, with everything loaded."""
    return _standing(session, Visit.market_id == market_id)


def visits_at(session: Session, stand_id: UUID, round_number: int | None = None) -> Sequence[Visit]:
    """The meetings of one stand that stand, of one round or of all; one of two rounds is there in both."""
    found = _standing(session, Visit.stand_id == stand_id)
    if round_number is None:
        return found
    return [visit for visit in found if visit.round <= round_number < visit.round + visit.rounds]


def interpreted_by(session: Session, helper_id: UUID) -> Sequence[Visit]:
    """The meetings that stand at which this interpreter comes along, in order of time."""
    return _standing(session, Visit.interpreter_id == helper_id)


def standing(session: Session, market_id: UUID) -> Sequence[Visit]:
    """Every meeting of a market that stands, in order of time, and nothing loaded beside it."""
    chosen = select(Visit).where(Visit.market_id == market_id, Visit.state.in_(STANDING))
    return session.scalars(chosen.order_by(Visit.round, Visit.id)).all()


class Taken(NamedTuple):
    """A seat, and an interpreter where one comes along, that somebody has in one round."""

    visitor_id: UUID
    stand_id: UUID
    round: int
    interpreter: str | None
    helper_id: UUID | None


def taken(session: Session, market_id: UUID, *, interpreted: bool = False) -> list[Taken]:
    """Every seat that is given, by round; a meeting of two rounds takes one in each.

    With ``interpreted`` only those where an interpreter comes along.
    """
    columns = (
        Visit.visitor_id,
        Visit.stand_id,
        Visit.round,
        Visit.interpreter,
        Visit.interpreter_id,
        Visit.rounds,
    )
    chosen = select(*columns).where(Visit.market_id == market_id, Visit.state.in_(STANDING))
    if interpreted:
        chosen = chosen.where(Visit.interpreter.is_not(None))
    return [
        Taken(visitor_id, stand_id, first + more, interpreter, helper_id)
        for visitor_id, stand_id, first, interpreter, helper_id, rounds in session.execute(
            chosen.order_by(Visit.round, Visit.id)
        )
        for more in range(rounds)
    ]


def seats_taken(session: Session, market_id: UUID, *, but_of: UUID) -> Counter[tuple[UUID, int]]:
    """How many seats others than this visitor have, by stand and round; counted by the database."""
    columns = (Visit.stand_id, Visit.round, Visit.rounds)
    chosen = select(*columns, func.count()).where(
        Visit.market_id == market_id, Visit.state.in_(STANDING), Visit.visitor_id != but_of
    )
    found: Counter[tuple[UUID, int]] = Counter()
    for stand_id, first, rounds, count in session.execute(chosen.group_by(*columns)):
        for more in range(rounds):
            found[stand_id, first + more] += count
    return found


def meetings_of(session: Session, market_id: UUID) -> Counter[UUID]:
    """How many meetings stand, by visitor."""
    chosen = (
        select(Visit.visitor_id, func.count())
        .where(Visit.market_id == market_id, Visit.state.in_(STANDING))
        .group_by(Visit.visitor_id)
    )
    return Counter({row[0]: row[1] for row in session.execute(chosen)})


def timetable(session: Session, timetable_id: UUID, *, hold: bool = False) -> Timetable | None:
    """One plan; with ``hold`` nobody else changes it before this transaction ends."""
    return session.get(Timetable, timetable_id, with_for_update=hold, populate_existing=hold)


def timetables_of(session: Session, market_id: UUID) -> Sequence[Timetable]:
    """The plans of a market, the newest first."""
    chosen = select(Timetable).where(Timetable.market_id == market_id)
    return session.scalars(chosen.order_by(Timetable.number.desc())).all()


def published(session: Session, market_id: UUID) -> Timetable | None:
    """The plan that is everybody's."""
    return session.scalar(
        select(Timetable)
        .where(Timetable.market_id == market_id, Timetable.state == TimetableState.PUBLISHED)
        .order_by(Timetable.number.desc())
        .limit(1)
    )


def running(
    session: Session, market_id: UUID, *, is_replan: bool, has_begun: bool = True
) -> Timetable | None:
    """A plan that is being made: to be compared, or on the day; or one that only waits for a worker."""
    return session.scalar(
        select(Timetable)
        .where(
            Timetable.market_id == market_id,
            Timetable.state.in_(_RUNNING if has_begun else (TimetableState.WAITING,)),
            Timetable.is_replan == is_replan,
        )
        .order_by(Timetable.number)
        .limit(1)
    )


def changed_by(session: Session, timetable: Timetable) -> frozenset[UUID]:
    """The visitors whose route this plan changed when it was published, as far as they still come."""
    by_it = or_(Visit.timetable_id == timetable.id, Visit.settled_by == by_timetable(timetable.id))
    chosen = (
        select(Visit.visitor_id)
        .join(MarketVisitor, Visit.visitor_id == MarketVisitor.id)
        .where(
            Visit.market_id == timetable.market_id,
            by_it,
            MarketVisitor.state == VisitorState.REGISTERED,
            MarketVisitor.absent_at.is_(None),
            MarketVisitor.left_at.is_(None),
        )
    )
    return frozenset(session.scalars(chosen.distinct()))


def stands_heard_of(session: Session, market_id: UUID) -> frozenset[UUID]:
    """The stands at which somebody marked who came and who did not."""
    marked = (VisitState.MET, VisitState.MISSED)
    chosen = select(Visit.stand_id).where(Visit.market_id == market_id, Visit.state.in_(marked))
    return frozenset(session.scalars(chosen.distinct()))


def by_timetable(timetable_id: UUID) -> str:
    """Who a meeting was settled by that a plan took off a route."""
    return f"timetable:{timetable_id}"


def expected(
    session: Session, market_id: UUID, only: Collection[UUID] | None = None
) -> Sequence[MarketVisitor]:
    """Who comes and wants a route, by card; with their file and their group."""
    chosen = select(MarketVisitor).where(
        MarketVisitor.market_id == market_id,
        MarketVisitor.state == VisitorState.REGISTERED,
        MarketVisitor.wants_route,
    )
    if only is not None:
        chosen = chosen.where(MarketVisitor.id.in_(only))
    with_who = chosen.options(joinedload(MarketVisitor.candidate), joinedload(MarketVisitor.group))
    return session.scalars(with_who.order_by(MarketVisitor.card)).all()


def visitor_with_card(session: Session, market_id: UUID, card: int) -> MarketVisitor | None:
    """Whoever has the card with this number."""
    return session.scalar(
        select(MarketVisitor).where(MarketVisitor.market_id == market_id, MarketVisitor.card == card)
    )


def stands_of(session: Session, market_id: UUID, states: Iterable[str]) -> Sequence[Stand]:
    """The stands in these states, where they stand in the hall; with zone and organisation."""
    chosen = select(Stand).where(Stand.market_id == market_id, Stand.state.in_(list(states)))
    loaded = chosen.options(joinedload(Stand.zone), joinedload(Stand.organisation))
    found = session.scalars(loaded).all()
    return sorted(found, key=lambda each: (each.zone.letter if each.zone else "~", each.spot or 0, each.id))


def helpers_of(session: Session, market_id: UUID, role: str) -> Sequence[MarketHelper]:
    """Who does this at the market, as long as they do; always in one order."""
    chosen = select(MarketHelper).where(
        MarketHelper.market_id == market_id, MarketHelper.role == role, MarketHelper.ended_at.is_(None)
    )
    return session.scalars(chosen.order_by(MarketHelper.id)).all()


def _standing(session: Session, chosen: ColumnElement[bool]) -> Sequence[Visit]:
    return session.scalars(
        select(Visit)
        .where(chosen, Visit.state.in_(STANDING))
        .options(
            joinedload(Visit.stand).joinedload(Stand.zone),
            joinedload(Visit.stand).joinedload(Stand.organisation),
            joinedload(Visit.helper),
        )
        .order_by(Visit.round, Visit.stand_id, Visit.id)
    ).all()
