"""What follows when both want to go on, and what everybody hears when a market is over."""

from __future__ import annotations

from volunteer.domain.candidates import BY_HAND, Channel
from volunteer.domain.market_days import StandState
from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import MarketVisitor, Visit
from volunteer.queries import market_visitors as people
from volunteer.queries.messages import times_told_about, told_because
from volunteer.queries.timetables import stands_of
from volunteer.services import market_interests, market_telling, messages
from volunteer.services.market_interests import Waits
from volunteer.unit_of_work import UnitOfWork

_BY_VOICE = BY_HAND - {Channel.LETTER}


def of_both(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Bring them together; who has no file hears how to begin one, and a support worker which card it is.

    Each is told once, however often the two say so again.
    """
    visit = uow.session.get(Visit, cause.event.visit_id)
    if visit is None:
        return
    waits = market_interests.introduce(uow, visit.id)
    kind = MessageKind.GROUP_INTEREST if waits is Waits.GROUP else MessageKind.MARKET_INTEREST
    if waits is Waits.NO_FILE and not times_told_about(uow.session, visit.visitor_id, kind):
        market_telling.tell_visitors(uow, [visit.visitor], kind, cause_id=cause.event_id)
    elif waits is Waits.GROUP and visit.visitor.group is not None:
        group = visit.visitor.group
        told = {each["visit_id"] for each in told_because(uow.session, group.id, kind)}
        if str(visit.id) not in told:
            market_telling.tell_groups(uow, [group], kind, cause_id=cause.event_id)


def of_end(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Thank who came, with one question; tell the others that they are welcome. Nobody is called for that."""
    market_id = cause.event.market_id
    every = [each for each in people.visitors_of(uow.session, market_id) if not _is_called(each)]
    missed = market_interests.who_was_missed(uow, market_id)
    there = [each for each in every if each.id not in missed]
    away = [each for each in every if each.id in missed]
    market_telling.tell_visitors(uow, there, MessageKind.MARKET_THANKS, cause_id=cause.event_id)
    market_telling.tell_visitors(uow, away, MessageKind.MARKET_MISSED, cause_id=cause.event_id)
    groups = people.groups_of(uow.session, market_id)
    market_telling.tell_groups(uow, groups, MessageKind.GROUP_THANKS, cause_id=cause.event_id)
    _thank_stands(cause, uow)


def _thank_stands(cause: Cause, uow: UnitOfWork) -> None:
    for stand in stands_of(uow.session, cause.event.market_id, [StandState.CONFIRMED]):
        messages.tell_who_answers(
            uow, stand.organisation, MessageKind.STAND_THANKS, about_id=stand.id, cause_id=cause.event_id
        )


def _is_called(visitor: MarketVisitor) -> bool:
    channel = visitor.candidate.channel if visitor.candidate else visitor.channel
    return channel in _BY_VOICE
