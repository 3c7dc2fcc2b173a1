"""Sends the question of how it goes to the side that is asked."""

from __future__ import annotations

from volunteer.domain.follow_ups import Side
from volunteer.domain.messages import MessageKind
from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import FollowUp
from volunteer.services import messages
from volunteer.unit_of_work import UnitOfWork


def of_question(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Ask the person by their own channel, or whoever answers for the organisation."""
    follow_up = uow.session.get(FollowUp, cause.event.follow_up_id)
    if follow_up is None:
        return
    introduction = follow_up.introduction
    if follow_up.side == Side.PERSON:
        messages.tell_candidate(
            uow,
            introduction.candidate,
            MessageKind.HOW_IS_IT,
            about_id=follow_up.id,
            cause_id=cause.event_id,
        )
    else:
        messages.tell_who_answers(
            uow,
            introduction.opportunity.organisation,
            MessageKind.HOW_IS_IT_TEAM,
            about_id=follow_up.id,
            cause_id=cause.event_id,
        )
