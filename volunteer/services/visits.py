"""Meetings on the day: who came, who did not, who wants to go on, and which stand runs behind.

Whoever says who came holds the market first, as a new timetable does that gives seats out; what people say
afterwards holds their meeting alone.
Everything here is harmless to repeat: a mark that waited in a pocket without a network may arrive twice.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.events.timetables import InterestMutual
from volunteer.domain.market_days import STANDING, StandState, VisitorState, VisitState
from volunteer.models import Market, MarketVisitor, Stand, Visit
from volunteer.queries import markets
from volunteer.queries import visits as queries
from volunteer.queries.timetables import visitor_with_card
from volunteer.unit_of_work import UnitOfWork

MOST_MINUTES_LATE = 60
HOSTS = "stand:"
"""How ``by`` begins where the hosts of a stand say it."""


def found(uow: UnitOfWork, visit_id: UUID) -> Visit:
    """One meeting, to be read. Raises :class:`NotFound`."""
    visit = uow.session.get(Visit, visit_id)
    if visit is None:
        raise NotFound("This meeting is not there any more.")
    return visit


def held(uow: UnitOfWork, visit_id: UUID) -> Visit:
    """One meeting, with its market held. Raises :class:`NotFound`."""
    markets.held(uow.session, found(uow, visit_id).market_id)
    visit = uow.session.get(Visit, visit_id, populate_existing=True)
    if visit is None:
        raise NotFound("This meeting is not there any more.")
    return visit


def meet(uow: UnitOfWork, visit_id: UUID, *, by: str) -> Visit:
    """They are there. Raises :class:`NotFound`, and :class:`ImpossibleStep` before the day, for what is on
    no route any more, or once the seat is somebody else's.
    """
    visit = held(uow, visit_id)
    _check_day(uow, visit.stand.market)
    if visit.state == VisitState.DROPPED:
        raise ImpossibleStep("This meeting is not on their route any more. Type the number of the card.")
    if visit.state == VisitState.MISSED:
        _check_free(uow, visit)
    _settle(uow, visit, VisitState.MET, by)
    _is_in_the_hall(uow, visit)
    _see_whether_mutual(uow, visit)
    return visit


def miss(uow: UnitOfWork, visit_id: UUID, *, by: str) -> Visit:
    """They did not come; the seat is free. Raises as :func:`meet`, for a dropped one too."""
    visit = held(uow, visit_id)
    _check_day(uow, visit.stand.market)
    if visit.state == VisitState.DROPPED:
        raise ImpossibleStep("This meeting is not on their route any more.")
    visit.stand_says = None
    _settle(uow, visit, VisitState.MISSED, by)
    return visit


def unsettle(uow: UnitOfWork, visit_id: UUID, *, by: str) -> Visit:
    """Take back what was marked. Raises :class:`NotFound`, and :class:`ImpossibleStep` once the seat is
    somebody else's.
    """
    visit = held(uow, visit_id)
    if visit.state == VisitState.DROPPED:
        return visit
    if visit.state == VisitState.MISSED:
        _check_free(uow, visit)
    visit.stand_says = None
    _settle(uow, visit, VisitState.PLANNED, by)
    return visit


def visitor_wants(
    uow: UnitOfWork, visit_id: UUID, *, yes: bool | None, how: GivenHow = GivenHow.OWN_DEVICE
) -> Visit:
    """The visitor wants to go on, does not, or says nothing. Raises :class:`NotFound`, and
    :class:`ImpossibleStep` before their meeting begins.
    """
    visit = _locked(uow, visit_id)
    if visit.stand.market.rounds.starts(visit.round) > uow.now and visit.state != VisitState.MET:
        raise ImpossibleStep("You can say so from the moment your meeting begins.")
    visit.visitor_says, visit.visitor_said_how = yes, how if yes else None
    _see_whether_mutual(uow, visit)
    return visit


def stand_wants(uow: UnitOfWork, visit_id: UUID, *, yes: bool | None) -> Visit:
    """The stand wants to go on with them, does not, or says nothing.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for somebody they did not meet.
    """
    visit = _locked(uow, visit_id)
    if visit.state != VisitState.MET and yes is not None:
        raise ImpossibleStep("Say first that you met.")
    visit.stand_says = yes
    _see_whether_mutual(uow, visit)
    return visit


def settle(
    uow: UnitOfWork,
    visit_id: UUID,
    *,
    met: bool | None,
    visitor_says: bool | None,
    stand_says: bool | None,
    by: str,
) -> Visit:
    """Everything that was ticked on paper about one meeting; ``None`` is no tick. Raises as its parts."""
    step = unsettle if met is None else meet if met else miss
    visit = step(uow, visit_id, by=by)
    # What was said on a phone keeps how it was said.
    if bool(visit.visitor_says) != bool(visitor_says):
        visitor_wants(uow, visit_id, yes=visitor_says, how=GivenHow.PAPER)
    if visit.state == VisitState.MET and bool(visit.stand_says) != bool(stand_says):
        stand_wants(uow, visit_id, yes=stand_says)
    return visit


def came_unplanned(uow: UnitOfWork, stand_id: UUID, card: int, *, by: str) -> Visit:
    """Somebody with this card is at the stand, planned or not: they met. Returns their meeting.

    Raises :class:`NotFound` for the stand, :class:`InvalidValue` for a number nobody has, and
    :class:`ImpossibleStep` before the day, while they are expected elsewhere, or when every seat is promised.
    Once the market is over nobody is expected anywhere, and the desk alone types what paper says.
    """
    stand = stand_held(uow, stand_id)
    _check_day(uow, stand.market)
    visitor = visitor_with_card(uow.session, stand.market_id, card)
    if visitor is None or visitor.state != VisitorState.REGISTERED:
        raise InvalidValue("No card of this market has this number.", field="card")
    visit = queries.with_both(uow.session, visitor.id, stand.id)
    if visit is not None and visit.state in STANDING:
        return meet(uow, visit.id, by=by)
    if by.startswith(HOSTS) and uow.now >= stand.market.ends_at:
        raise ImpossibleStep("This market is over. Give the number to who organises: they write it in.")
    if visit is None:
        visit = Visit(id=uuid4(), market_id=stand.market_id, visitor=visitor, stand=stand, made_at=uow.now)
    number = _round_for(uow, stand, visitor)
    with uow.session.no_autoflush:
        visit.round, visit.rounds = number, 1
        visit.interpreter = visit.interpreter_id = None
        _settle(uow, visit, VisitState.MET, by)
    uow.session.add(visit)
    _is_in_the_hall(uow, visit)
    uow.session.flush()
    return visit


def run_late(uow: UnitOfWork, stand_id: UUID, minutes: int) -> Stand:
    """The hosts say how far they run behind; 0 is on time again.

    Raises :class:`NotFound`, and :class:`InvalidValue` outside 0 to 60.
    """
    if not 0 <= minutes <= MOST_MINUTES_LATE:
        raise InvalidValue("Choose how many minutes, up to an hour.", field="minutes")
    stand = stand_held(uow, stand_id)
    stand.late_minutes, stand.late_at = minutes, uow.now
    return stand


def stand_held(uow: UnitOfWork, stand_id: UUID) -> Stand:
    """A confirmed stand, with its market held. Raises :class:`NotFound`."""
    stand = uow.session.get(Stand, stand_id)
    if stand is not None:
        markets.held(uow.session, stand.market_id)
        uow.session.refresh(stand)
    if stand is None or stand.state != StandState.CONFIRMED:
        raise NotFound("This stand is not there any more.")
    return stand


def taken(uow: UnitOfWork, stand: Stand) -> dict[int, int]:
    """How many seats of this stand are somebody's, by round."""
    seats: dict[int, int] = {}
    for visit in queries.at_stand(uow.session, stand.id):
        if visit.state in STANDING:
            for number in range(visit.round, visit.round + visit.rounds):
                seats[number] = seats.get(number, 0) + 1
    return seats


def _locked(uow: UnitOfWork, visit_id: UUID) -> Visit:
    """One meeting, held: of two who say yes at once, the second sees the first. Raises :class:`NotFound`."""
    visit = uow.session.get(Visit, visit_id, with_for_update={"of": Visit}, populate_existing=True)
    if visit is None:
        raise NotFound("This meeting is not there any more.")
    return visit


def _settle(uow: UnitOfWork, visit: Visit, state: VisitState, by: str) -> None:
    if visit.state != state:
        visit.state = state
        visit.settled_at, visit.settled_by = (None, None) if state is VisitState.PLANNED else (uow.now, by)


def _see_whether_mutual(uow: UnitOfWork, visit: Visit) -> None:
    """Both want to go on, and nothing came of it yet: say so. Whoever hears it looks again."""
    if (
        visit.state == VisitState.MET
        and visit.visitor_says
        and visit.stand_says
        and not visit.introduction_id
    ):
        uow.record(InterestMutual(visit.id))


def _is_in_the_hall(uow: UnitOfWork, visit: Visit) -> None:
    """Who is at a stand came in, whatever the door says; who had gone home by then came back."""
    visitor, market = visit.visitor, visit.stand.market
    visitor.checked_in_at = visitor.checked_in_at or uow.now
    visitor.absent_at = visitor.late_until = None
    # A mark may come late, of a meeting before they left; and on paper, when all are gone.
    if visitor.left_at and visitor.left_at <= market.rounds.starts(visit.round) and uow.now < market.ends_at:
        visitor.left_at = None


def _check_day(uow: UnitOfWork, market: Market) -> None:
    if uow.today < market.starts_at.astimezone(uow.zone).date():
        raise ImpossibleStep("This begins on the day itself.")


def _check_free(uow: UnitOfWork, visit: Visit) -> None:
    """Whether a seat that was given up can be theirs again. Raises :class:`ImpossibleStep`."""
    numbers = _numbers(visit)
    busy = any(
        numbers & _numbers(each) or each.stand_id == visit.stand_id
        for each in queries.of_visitor(uow.session, visit.visitor_id)
        if each.id != visit.id and each.state in STANDING
    )
    seats = taken(uow, visit.stand)
    if busy or any(seats.get(number, 0) >= visit.stand.seats for number in numbers):
        raise ImpossibleStep("Their seat went to somebody else in the meantime.")


def _numbers(visit: Visit) -> set[int]:
    return set(range(visit.round, visit.round + visit.rounds))


def _round_for(uow: UnitOfWork, stand: Stand, visitor: MarketVisitor) -> int:
    """The round in which they are here. Raises :class:`ImpossibleStep` when a promise stands in the way."""
    rounds = stand.market.rounds
    busy = {
        number: each
        for each in queries.of_visitor(uow.session, visitor.id)
        if each.state in STANDING
        for number in _numbers(each)
    }
    free = [number for number in range(rounds.count) if number not in busy]
    if not free:
        raise ImpossibleStep("They have a meeting in every round already.")
    if uow.now >= rounds.end:
        return free[-1]
    number = rounds.nearest(uow.now - timedelta(minutes=stand.late_minutes))
    if number in busy and busy[number].state == VisitState.PLANNED:
        raise _expected(busy[number])
    number = next((each for each in free if each >= number), free[-1])
    if taken(uow, stand).get(number, 0) >= stand.seats:
        raise ImpossibleStep("Every seat of this round is promised. Is somebody not there? Say so first.")
    return number


def _expected(elsewhere: Visit) -> ImpossibleStep:
    zone = elsewhere.stand.zone
    spot = f"{zone.letter}{elsewhere.stand.spot or ''}" if zone else elsewhere.stand.organisation.name
    return ImpossibleStep("They are expected at %(spot)s now.", values={"spot": spot})
