"""Whether what a message says still stands, looked up at the last moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from volunteer.domain.candidates import CandidateState
from volunteer.domain.introductions import RUNNING, IntroductionState
from volunteer.domain.messages import MessageKind
from volunteer.domain.opportunities import OpportunityState
from volunteer.messages import asking, choosing, market_people, market_stands, newcomers, seats
from volunteer.models import (
    Candidate,
    FollowUp,
    FormerContact,
    Introduction,
    Message,
    Opportunity,
)
from volunteer.queries.organisations import gets_people, is_suspended
from volunteer.services import appointments, devices, follow_ups
from volunteer.unit_of_work import UnitOfWork

_TRUE_WHEN: Mapping[MessageKind, frozenset[IntroductionState]] = {
    MessageKind.INTRODUCTION_RECEIVED: frozenset({IntroductionState.SENT}),
    MessageKind.INVITATION: frozenset({IntroductionState.SENT}),
    MessageKind.WENT_OUT: frozenset({IntroductionState.SENT}),
    MessageKind.ACCEPTED: frozenset({IntroductionState.ACCEPTED}),
    MessageKind.MOVED: frozenset({IntroductionState.ACCEPTED}),
    MessageKind.REMINDER: frozenset({IntroductionState.ACCEPTED}),
    MessageKind.TEAM_REMINDER: frozenset({IntroductionState.ACCEPTED}),
    MessageKind.DECLINED: frozenset({IntroductionState.DECLINED}),
    MessageKind.FELL_THROUGH: frozenset({IntroductionState.FELL_THROUGH}),
    MessageKind.WITHDRAWN: frozenset({IntroductionState.WITHDRAWN, IntroductionState.STOPPED}),
    MessageKind.MISSED: frozenset({IntroductionState.SENT}),
    MessageKind.STOPPED: frozenset({IntroductionState.STOPPED}),
}


def is_still_true(uow: UnitOfWork, message: Message) -> bool:
    """Whether it still stands as the message says; a list of suggestions always does.

    Who opened their file meanwhile is not asked any more whether it may stay.
    """
    stands = _CHECKS.get(MessageKind(message.kind), _introduction_stands)
    return stands(uow, message)


def _introduction_stands(uow: UnitOfWork, message: Message) -> bool:
    """Whether the introduction stands where the message says; a reminder also speaks of tomorrow, and not of
    an organisation that is suspended or refused.
    """
    states = _TRUE_WHEN.get(MessageKind(message.kind))
    if states is None:
        return True
    introduction = uow.session.get(Introduction, message.about_id)
    if introduction is None or introduction.state not in states:
        return False
    if message.kind not in _REMINDERS:
        return True
    return gets_people(uow.session, introduction.organisation_id) and appointments.is_tomorrow(
        uow, introduction
    )


_REMINDERS = frozenset({MessageKind.REMINDER, MessageKind.TEAM_REMINDER})


def _is_asked(uow: UnitOfWork, message: Message) -> bool:
    asked = uow.session.get(Candidate, message.recipient_id)
    return asked is not None and asked.asked_on is not None


def _file_waits(uow: UnitOfWork, message: Message) -> bool:
    asked = uow.session.get(Candidate, message.recipient_id)
    return asked is not None and asked.state == CandidateState.PENDING


def _device_waits(uow: UnitOfWork, message: Message) -> bool:
    return devices.waiting(uow, message.about_id) is not None


def _is_untold(uow: UnitOfWork, message: Message) -> bool:
    return uow.session.get(FormerContact, message.about_id) is not None


def _role_stands(uow: UnitOfWork, message: Message) -> bool:
    """Whether the role still waits for an answer, or is still closed."""
    role = uow.session.get(Opportunity, message.about_id)
    if role is None or message.kind == MessageKind.ROLE_LAPSED:
        return role is not None and role.state == OpportunityState.CLOSED
    return role.state == OpportunityState.OPEN and role.asked_at is not None


def _is_to_answer(uow: UnitOfWork, message: Message) -> bool:
    """Whether nobody answered yet how it goes, and it can still be answered."""
    follow_up = uow.session.get(FollowUp, message.about_id)
    if follow_up is None or not gets_people(uow.session, follow_up.introduction.organisation_id):
        return False
    return follow_ups.is_open(uow, follow_up)


_IN_A_PAUSE: Mapping[str, bool] = {
    MessageKind.PAUSED: True,
    MessageKind.RESUMED: False,
    MessageKind.SUSPENDED: True,
    MessageKind.REINSTATED: False,
}
"""Messages about a suspension or a refusal, and whether it holds when they are true."""


def _pause_stands(uow: UnitOfWork, message: Message) -> bool:
    introduction = uow.session.get(Introduction, message.about_id)
    if introduction is not None and introduction.state not in RUNNING:
        return False
    organisation_id = introduction.organisation_id if introduction else message.about_id
    if message.kind in {MessageKind.PAUSED, MessageKind.RESUMED}:
        return gets_people(uow.session, organisation_id) != _IN_A_PAUSE[message.kind]
    return is_suspended(uow.session, organisation_id) == _IN_A_PAUSE[message.kind]


_CHECKS: Mapping[MessageKind, Callable[[UnitOfWork, Message], bool]] = {
    MessageKind.KEEP_FILE: _is_asked,
    **dict.fromkeys((MessageKind(each) for each in newcomers.IN_THE_TALK), newcomers.talk_stands),
    MessageKind.CONFIRM_JOINING: newcomers.newcomer_waits,
    MessageKind.TEAM_INVITATION: newcomers.newcomer_waits,
    MessageKind.CONFIRM_DEVICE: _device_waits,
    MessageKind.CONFIRM_FILE: _file_waits,
    MessageKind.CONTACT_CHANGED: _is_untold,
    MessageKind.STILL_TRUE: _role_stands,
    MessageKind.ROLE_LAPSED: _role_stands,
    MessageKind.QUESTIONS: asking.is_unanswered,
    MessageKind.PLAN_DUE: asking.plan_stands,
    **dict.fromkeys((MessageKind(each) for each in _IN_A_PAUSE), _pause_stands),
    MessageKind.HOW_IS_IT: _is_to_answer,
    MessageKind.HOW_IS_IT_TEAM: _is_to_answer,
    **choosing.CHECKS,
    **seats.CHECKS,
    **market_people.CHECKS,
    **market_stands.CHECKS,
}
"""What decides for each kind; for all others the state of an introduction does, if they are about one."""
