"""What becomes of roles by themselves: their team hears of it."""

from __future__ import annotations

from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import Opportunity
from volunteer.services import messages
from volunteer.unit_of_work import UnitOfWork


def of_staleness(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Ask whoever speaks for the organisation whether the role still stands."""
    _tell(cause, uow, MessageKind.STILL_TRUE)


def of_lapse(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Tell them that it closed because nobody answered."""
    _tell(cause, uow, MessageKind.ROLE_LAPSED)


def _tell(cause: Cause, uow: UnitOfWork, kind: MessageKind) -> None:
    opportunity = uow.session.get(Opportunity, cause.event.opportunity_id)
    if opportunity is not None:
        messages.tell_who_answers(
            uow, opportunity.organisation, kind, about_id=opportunity.id, cause_id=cause.event_id
        )
