"""Whether messages about proposed times, a team's own words and passed-on answers are still true."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from volunteer.domain.introductions import IntroductionState
from volunteer.domain.messages import MessageKind
from volunteer.models import Introduction, Message, SupportEntry
from volunteer.queries.organisations import gets_people
from volunteer.services import passed_answers, proposals, remarks
from volunteer.unit_of_work import UnitOfWork


def times_stand(uow: UnitOfWork, message: Message) -> bool:
    """Whether the person can still choose."""
    introduction = uow.session.get(Introduction, message.about_id)
    return introduction is not None and bool(proposals.still_open(uow, introduction))


def is_teams_turn(uow: UnitOfWork, message: Message) -> bool:
    """Whether the organisation is waited for and may answer: what it proposed is the person's turn."""
    introduction = uow.session.get(Introduction, message.about_id)
    if introduction is None or introduction.state != IntroductionState.SENT:
        return False
    return introduction.proposal is None and gets_people(uow.session, introduction.organisation_id)


def may_propose(uow: UnitOfWork, message: Message) -> bool:
    """The same, and its role is not closed: for a closed one it can only say: not now."""
    introduction = uow.session.get(Introduction, message.about_id)
    is_closed = introduction is not None and proposals.is_closed(introduction)
    return not is_closed and is_teams_turn(uow, message)


def time_stands(uow: UnitOfWork, message: Message) -> bool:
    """Whether they still have an appointment."""
    introduction = uow.session.get(Introduction, message.about_id)
    if introduction is None or introduction.state != IntroductionState.ACCEPTED:
        return False
    return introduction.agreed_at is not None


def is_passed_on(uow: UnitOfWork, message: Message) -> bool:
    """Whether there are words to pass on."""
    introduction = uow.session.get(Introduction, message.about_id)
    return introduction is not None and bool(remarks.passed_on(uow, introduction))


def is_to_look_at(uow: UnitOfWork, message: Message) -> bool:
    """Whether an answer is as it was passed on, and the person can still say that it was not theirs."""
    entry = uow.session.get(SupportEntry, message.about_id)
    state = passed_answers.state_of(uow, entry) if entry else None
    return state is not None and state.can_be_denied(uow.now) and not state.is_taken_back


CHECKS: Mapping[MessageKind, Callable[[UnitOfWork, Message], bool]] = {
    MessageKind.TIMES_PROPOSED: times_stand,
    MessageKind.TIME_CHOSEN: time_stands,
    MessageKind.NO_TIME_LEFT: may_propose,
    MessageKind.WAITS_FOR_ANSWER: is_teams_turn,
    MessageKind.REMARK: is_passed_on,
    MessageKind.PASSED_ANSWER: is_to_look_at,
}
"""What decides for each kind."""
