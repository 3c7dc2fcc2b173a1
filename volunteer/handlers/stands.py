"""What an organisation is told of its stand at a market, and visitors of one that does not come."""

from __future__ import annotations

from contextlib import suppress

from volunteer.domain.errors import ImpossibleStep
from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import Stand
from volunteer.queries import stands as queries
from volunteer.services import market_door, market_telling, messages, replanning
from volunteer.unit_of_work import UnitOfWork


def of_yes(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell everyone who speaks for it that they have a stand; without them whoever we write to, or call."""
    _tell(cause, uow, MessageKind.STAND_CONFIRMED)


def of_no(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell the same ones why not."""
    _tell(cause, uow, MessageKind.STAND_REFUSED)


def of_withdrawal(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell whoever was to meet them that their route changed; on the day they get another one."""
    stand = uow.session.get(Stand, cause.event.stand_id)
    if stand is None:
        return
    lost = queries.lost_with(uow.session, stand)
    market_telling.tell_of_loss(uow, stand.market, lost, cause_id=cause.event_id)
    is_on = market_door.is_day(uow, stand.market) and stand.market.ends_at > uow.now
    if lost and is_on:
        with suppress(ImpossibleStep):  # it does not go on, or nobody is there
            replanning.ask(uow, stand.market_id, by=replanning.BY_THE_CLOCK)


def _tell(cause: Cause, uow: UnitOfWork, kind: MessageKind) -> None:
    stand = uow.session.get(Stand, cause.event.stand_id)
    if stand is not None:
        messages.tell_who_answers(uow, stand.organisation, kind, about_id=stand.id, cause_id=cause.event_id)
