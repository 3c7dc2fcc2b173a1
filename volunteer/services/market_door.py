"""The door of a market: who is here, who comes later, who does not come, and who walks in.

Whoever says something of a card holds its row and nothing else, so that two helpers at two tables never wait
for each other, nor for a timetable that is being published. Only giving out meetings holds the market: to a
walk-in, and to who came late, once they are in. Nothing here needs a worker. Everything said again changes
nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from volunteer.domain import market_door as rules
from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.events.market_door import DoorSaid
from volunteer.domain.market_days import MarketState, VisitorState, VisitState
from volunteer.domain.market_door import GONE, DoorStep, Standing
from volunteer.domain.market_visitors import Wishes
from volunteer.models import Market, MarketGroup, MarketVisitor, Visit
from volunteer.queries import market_visitors as queries
from volunteer.queries import timetables
from volunteer.services import market_facts, market_visitors, walk_ins
from volunteer.services.market_visitors import Asked, Newcomer
from volunteer.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who came in."""

    visitor: MarketVisitor
    was_here: bool
    """Whether they were checked in before."""


def check_in(uow: UnitOfWork, market_id: UUID, visitor_id: UUID, *, by: str) -> Arrival:
    """This card is here. What was said of it before, that it comes later or not at all, holds no longer.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` before that day, for a market that does not go on,
    for the card of another market, and for who withdrew.
    """
    visitor = _held(uow, market_id, visitor_id)
    if visitor.state != VisitorState.REGISTERED:
        raise ImpossibleStep("They said that they do not come. Write them in again.")
    was_here = standing_of(visitor) is Standing.HERE
    if not was_here:
        # Who comes back was here before: what they met then is not lost.
        visitor.checked_in_at = visitor.checked_in_at or uow.now
        visitor.late_until = visitor.absent_at = visitor.left_at = None
        _note(uow, visitor, DoorStep.HERE, by)
    return Arrival(visitor, was_here)


def undo(uow: UnitOfWork, market_id: UUID, visitor_id: UUID, *, by: str) -> MarketVisitor:
    """Nothing was said of this card at the door. Raises as :func:`check_in`."""
    visitor = _held(uow, market_id, visitor_id)
    if standing_of(visitor) not in (Standing.EXPECTED, Standing.WITHDRAWN):
        visitor.checked_in_at = visitor.late_until = visitor.absent_at = visitor.left_at = None
        _note(uow, visitor, DoorStep.NOT_HERE, by)
    return visitor


def late(uow: UnitOfWork, market_id: UUID, visitor_id: UUID, until: datetime, *, by: str) -> MarketVisitor:
    """They are expected then; the next timetable gives their meetings before it to others.

    Raises as :func:`check_in`, and :class:`InvalidValue` for an hour that is past or too late.
    """
    visitor = _held(uow, market_id, visitor_id)
    rules.check_late(until, visitor.market.rounds, now=uow.now)
    _check_not_here(visitor)
    if visitor.late_until != until or visitor.absent_at is not None:
        visitor.late_until, visitor.absent_at = until, None
        _note(uow, visitor, DoorStep.LATE, by)
    return visitor


def absent(uow: UnitOfWork, market_id: UUID, visitor_id: UUID, *, by: str) -> MarketVisitor:
    """They do not come; the next timetable gives their meetings to others. Raises as :func:`check_in`."""
    visitor = _held(uow, market_id, visitor_id)
    _check_not_here(visitor)
    if visitor.absent_at is None:
        visitor.absent_at, visitor.late_until = uow.now, None
        _note(uow, visitor, DoorStep.ABSENT, by)
    return visitor


def leave(uow: UnitOfWork, market_id: UUID, visitor_id: UUID, *, by: str) -> MarketVisitor:
    """They went home; the next timetable gives what they had yet to others. Raises as :func:`check_in`, and
    :class:`ImpossibleStep` for who was not here.
    """
    visitor = _held(uow, market_id, visitor_id)
    if visitor.checked_in_at is None:
        raise ImpossibleStep("They were not checked in.")
    if visitor.left_at is None:
        visitor.left_at = uow.now
        _note(uow, visitor, DoorStep.LEFT, by)
    return visitor


def check_in_group(
    uow: UnitOfWork, market_id: UUID, group_id: UUID, here: Collection[UUID], *, by: str
) -> int:
    """A group arrives: these of its cards are here; returns how many came in now. Others stay as they are.

    Raises as :func:`check_in`; a card of somebody else is refused.
    """
    cards = {each.id for each in queries.cards_of(uow.session, group_of(uow, market_id, group_id).id)}
    if not cards >= set(here):
        raise NotFound("This card is not one of this group.")
    arrivals = [check_in(uow, market_id, each, by=by) for each in sorted(here)]
    return sum(1 for each in arrivals if not each.was_here)


def group_of(uow: UnitOfWork, market_id: UUID, group_id: UUID) -> MarketGroup:
    """A group of this market. Raises :class:`NotFound`."""
    group = uow.session.get(MarketGroup, group_id)
    if group is None or group.market_id != market_id:
        raise NotFound("This group is not there any more.")
    return group


def walk_in(
    uow: UnitOfWork, market_id: UUID, newcomer: Newcomer, wishes: Wishes, *, form_id: UUID | None, by: str
) -> MarketVisitor:
    """Somebody stands at the door without a card: one is made, they are in, and their route is there at once.

    The same form again is the same card. Raises as :func:`market_visitors.register_visitor` and
    :func:`check_in`.
    """
    asked = Asked(given_how=GivenHow.DESK, form_id=form_id, by=by)
    visitor = market_visitors.register_visitor(uow, market_id, newcomer, wishes, asked)
    arrival = check_in(uow, market_id, visitor.id, by=by)
    if visitor.wants_route and not arrival.was_here:
        walk_ins.route_now(uow, visitor.id)
    return visitor


def route_now(uow: UnitOfWork, market_id: UUID, visitor_id: UUID) -> list[Visit]:
    """Meetings out of what is free for who stands at the door with few or none; returns what is new.

    Raises as :func:`check_in`, and :class:`ImpossibleStep` for who is not here.
    """
    visitor = market_visitors.held(uow, visitor_id)
    check_door(uow, _of_market(visitor, market_id))
    if standing_of(visitor) is not Standing.HERE:
        raise ImpossibleStep("First say that they are here.")
    visitor.wants_route = True
    return walk_ins.route_now(uow, visitor_id)


def make_up(uow: UnitOfWork, market_id: UUID, visitor_id: UUID) -> list[Visit]:
    """Give who came in too late for a meeting, or has none yet, what is free now; returns what is new.

    In a transaction of its own after that of :func:`check_in`: seats are given with the market held, and who
    is let in waits for nobody. Raises as :func:`route_now`.
    """
    visitor = market_visitors.found(uow, visitor_id)
    return route_now(uow, market_id, visitor_id) if _needs_meetings(uow, visitor) else []


def _needs_meetings(uow: UnitOfWork, visitor: MarketVisitor) -> bool:
    if not visitor.wants_route or standing_of(visitor) is not Standing.HERE:
        return False
    told = timetables.route_of(uow.session, visitor.id)
    came, rounds = visitor.checked_in_at, visitor.market.rounds
    if any(market_facts.was_over_before(came, each, rounds) for each in told):
        return True
    return not told and timetables.published(uow.session, visitor.market_id) is not None


def held_visits(uow: UnitOfWork, visitor: MarketVisitor) -> list[Visit]:
    """The meetings of a route that hold after what was said of this card, in order of time.

    Who comes later has those that begin from then on, who does not come or went home has none.
    What was met stays.
    """
    rounds, standing = visitor.market.rounds, standing_of(visitor)
    # Counted as the next timetable counts it: ``market_facts.windows``.
    from_now_on = visitor.late_until if standing is Standing.LATE else None
    return [
        each
        for each in timetables.route_of(uow.session, visitor.id)
        if each.state == VisitState.MET
        or (standing not in GONE and (from_now_on is None or rounds.starts(each.round) >= from_now_on))
    ]


def coming_visits(uow: UnitOfWork, visitor: MarketVisitor) -> list[Visit]:
    """Of those that hold, the ones that did not end yet, the next one first; none for who is gone."""
    if standing_of(visitor) in GONE:
        return []
    rounds = visitor.market.rounds
    return [each for each in held_visits(uow, visitor) if rounds.ends(each.round + each.rounds - 1) > uow.now]


def standing_of(visitor: MarketVisitor) -> Standing:
    """How this card stands at the door."""
    if visitor.state != VisitorState.REGISTERED:
        return Standing.WITHDRAWN
    if visitor.absent_at is not None:
        return Standing.ABSENT
    if visitor.checked_in_at is not None:
        return Standing.LEFT if visitor.left_at is not None else Standing.HERE
    return Standing.LATE if visitor.late_until is not None else Standing.EXPECTED


def check_door(uow: UnitOfWork, market: Market) -> None:
    """Raise :class:`ImpossibleStep` where nobody can be checked in: not on that day, or it does not go on."""
    if market.state != MarketState.OPEN:
        raise ImpossibleStep("This market is not open.")
    if market.ends_at <= uow.now:
        raise ImpossibleStep("This market is over.")
    if not is_day(uow, market):
        raise ImpossibleStep("Checking in begins on the day itself.")


def is_day(uow: UnitOfWork, market: Market) -> bool:
    """Whether its day has come, as people count days."""
    return uow.today >= market.starts_at.astimezone(uow.zone).date()


def _held(uow: UnitOfWork, market_id: UUID, visitor_id: UUID) -> MarketVisitor:
    # Not its key: whoever writes meetings of this card holds that until a whole timetable is published.
    lock = {"key_share": True, "of": MarketVisitor}
    visitor = uow.session.get(MarketVisitor, visitor_id, with_for_update=lock, populate_existing=True)
    if visitor is None:
        raise NotFound("This card is not there any more.")
    check_door(uow, _of_market(visitor, market_id))
    return visitor


def _of_market(visitor: MarketVisitor, market_id: UUID) -> Market:
    if visitor.market_id != market_id:
        raise ImpossibleStep("This card is for another market. Ask who organises.")
    return visitor.market


def _check_not_here(visitor: MarketVisitor) -> None:
    if standing_of(visitor) in (Standing.HERE, Standing.LEFT):
        raise ImpossibleStep("They are checked in. Undo that first.")


def _note(uow: UnitOfWork, visitor: MarketVisitor, step: DoorStep, by: str) -> None:
    uow.record(DoorSaid(visitor.id, step, by))
