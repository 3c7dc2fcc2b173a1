"""What everyone who comes to a market, brings a group or has a stand hears when it changes as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from volunteer.domain.market_days import StandState
from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.queries import market_visitors as people
from volunteer.queries.timetables import stands_of
from volunteer.services import market_telling, messages
from volunteer.unit_of_work import UnitOfWork

_LIVE = (StandState.APPLIED, StandState.CONFIRMED)


def of_move(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell them of another time or place."""
    _tell(cause, uow, MessageKind.MARKET_MOVED, MessageKind.STAND_DAY_MOVED)


def of_cancelling(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell them that it does not go on."""
    _tell(cause, uow, MessageKind.MARKET_CANCELLED, MessageKind.STAND_DAY_CANCELLED)


def of_tomorrow(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Remind who comes, who brings a group, and who has a stand, the day before."""
    market_id, kind = cause.event.market_id, MessageKind.MARKET_TOMORROW
    every = people.visitors_of(uow.session, market_id)
    market_telling.tell_visitors(uow, every, kind, cause_id=cause.event_id)
    groups = people.groups_of(uow.session, market_id)
    market_telling.tell_groups(uow, groups, kind, cause_id=cause.event_id)
    _tell_stands(cause, uow, MessageKind.STAND_TOMORROW, (StandState.CONFIRMED,))


def of_timetable(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell whoever has another route than before that it is there: each once for each timetable."""
    market_telling.tell_routes(uow, cause.event.timetable_id, cause_id=cause.event_id)


def _tell(cause: Cause, uow: UnitOfWork, to_people: MessageKind, to_stands: MessageKind) -> None:
    market_id, cause_id = cause.event.market_id, cause.event_id
    market_telling.tell_visitors(
        uow, people.visitors_of(uow.session, market_id), to_people, cause_id=cause_id
    )
    market_telling.tell_groups(uow, people.groups_of(uow.session, market_id), to_people, cause_id=cause_id)
    _tell_stands(cause, uow, to_stands, _LIVE)


def _tell_stands(cause: Cause, uow: UnitOfWork, kind: MessageKind, states: Sequence[StandState]) -> None:
    for stand in stands_of(uow.session, cause.event.market_id, states):
        messages.tell_who_answers(uow, stand.organisation, kind, about_id=stand.id, cause_id=cause.event_id)
