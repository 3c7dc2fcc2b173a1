"""Whom a message goes to and what it may speak of, looked up at the last moment: what is true then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from volunteer.config import Centre
from volunteer.domain.candidates import CandidateState, Channel
from volunteer.domain.introductions import RUNNING, IntroductionState
from volunteer.domain.messages import TOPICS, MessageKind, Recipient
from volunteer.domain.opportunities import OpportunityState
from volunteer.links import Links, Purpose
from volunteer.messages import asking, choosing, membership, newcomers, seats, support_pages
from volunteer.messages.about import about
from volunteer.messages.words import Facts
from volunteer.models import (
    Account,
    Candidate,
    FollowUp,
    FormerContact,
    Incident,
    Introduction,
    Message,
    Opportunity,
    Organisation,
)
from volunteer.queries.organisations import gets_people, is_suspended
from volunteer.services import (
    accounts,
    appointments,
    candidates,
    devices,
    follow_ups,
    former_contacts,
    incidents,
    opportunity_links,
    organisations,
    question_links,
)
from volunteer.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Addressed:
    """Where a message goes, and its facts."""

    to: str | None
    """Address or number in the form of the channel; ``None`` when there is none."""
    facts: Facts


def addressed(uow: UnitOfWork, message: Message, *, centre: Centre, links: Links) -> Addressed | None:
    """Whom this message goes to and what it is about; ``None`` when they are not there any more."""
    facts = Facts(language=message.language, centre=centre, to_name="", link="")
    find = {
        Recipient.CANDIDATE: _candidate,
        Recipient.ACCOUNT: _account,
        Recipient.ORGANISATION: _organisation,
        Recipient.REPORTER: _reporter,
        Recipient.JOINER: _newcomer,
        Recipient.INVITEE: _newcomer,
        Recipient.VISITOR: _visitor,
    }[Recipient(message.recipient)]
    found = find(uow, message, links, replace(facts, unsubscribe=_way_out(message, links)))
    if found is None:
        return None
    return replace(found, facts=seats.with_link(uow, message, links, about(uow, message, found.facts)))


def _way_out(message: Message, links: Links) -> str:
    topic = TOPICS.get(MessageKind(message.kind))
    if topic is None:
        return ""
    return links.make(Purpose.UNSUBSCRIBE, message.recipient_id, proof=f"{message.recipient}:{topic}")


def _candidate(uow: UnitOfWork, message: Message, links: Links, facts: Facts) -> Addressed | None:
    candidate = uow.session.get(Candidate, message.recipient_id)
    if candidate is None:
        return None
    facts = replace(facts, to_name=candidate.first_name)
    if message.kind == MessageKind.CONTACT_CHANGED:
        # Who reads this may be somebody else by now: the link opens nothing.
        return _formerly(uow, message, replace(facts, link=links.to("/card")))
    if message.kind == MessageKind.CONFIRM_DEVICE:
        link = _maker(message, links)(Purpose.CONFIRM_DEVICE, message.about_id)
        return Addressed(candidates.contact_of(uow, candidate), replace(facts, link=link))
    purpose = _PURPOSE.get(MessageKind(message.kind), Purpose.OPEN_FILE)
    subject = candidate.id if purpose in {Purpose.OPEN_FILE, Purpose.KEEP_FILE} else message.about_id
    link = _maker(message, links)(purpose, subject, proof=candidates.address_proof(candidate))
    return Addressed(candidates.contact_of(uow, candidate), replace(facts, link=link))


_PURPOSE: Mapping[MessageKind, Purpose] = {
    MessageKind.HOW_IS_IT: Purpose.FOLLOW_UP,
    MessageKind.PASSED_ANSWER: Purpose.PASSED_ANSWER,
    MessageKind.CONFIRM_FILE: Purpose.CONFIRM_FILE,
    MessageKind.KEEP_FILE: Purpose.KEEP_FILE,
}
"""What a link to a person is for, where it does not simply open their file."""


def _maker(message: Message, links: Links) -> Callable[..., str]:
    """Short links where every letter is paid for."""
    return links.make_short if message.channel == Channel.SMS else links.make


def _formerly(uow: UnitOfWork, message: Message, facts: Facts) -> Addressed | None:
    former = uow.session.get(FormerContact, message.about_id)
    return Addressed(former_contacts.opened(uow, former), facts) if former else None


def _account(uow: UnitOfWork, message: Message, links: Links, facts: Facts) -> Addressed | None:
    account = uow.session.get(Account, message.recipient_id)
    if account is None or not membership.still_theirs(uow, message):
        return None
    if message.kind == MessageKind.STILL_TRUE:
        link = links.make(Purpose.CONFIRM_ROLE, message.about_id, proof=opportunity_links.of_account(account))
    elif message.kind == MessageKind.HOW_IS_IT_TEAM:
        link = links.make(Purpose.FOLLOW_UP, message.about_id, proof=opportunity_links.of_account(account))
    elif message.kind == MessageKind.ROLE_LAPSED:
        link = links.to(f"/organisation/roles/{message.about_id}")
    else:
        page = _PAGES.get(MessageKind(message.kind), f"/organisation/introductions/{message.about_id}")
        link = links.to(support_pages.page_of(uow, message) or page)
    facts = asking.with_questions(uow, message, links, facts, question_links.of_account(account))
    return Addressed(accounts.email_of(uow, account), replace(facts, to_name=account.name, link=link))


def _organisation(uow: UnitOfWork, message: Message, links: Links, facts: Facts) -> Addressed | None:
    organisation = uow.session.get(Organisation, message.recipient_id)
    if organisation is None:
        return None
    if message.kind == MessageKind.STILL_TRUE:
        proof = opportunity_links.of_address(organisation)
        link = links.make(Purpose.CONFIRM_ROLE, message.about_id, proof=proof)
    elif message.kind == MessageKind.HOW_IS_IT_TEAM:
        proof = opportunity_links.of_address(organisation)
        link = links.make(Purpose.FOLLOW_UP, message.about_id, proof=proof)
    else:
        proof = organisations.address_proof(organisation)
        link = links.make(Purpose.JOIN_ORGANISATION, organisation.id, proof=proof)
    facts = asking.with_questions(uow, message, links, facts, question_links.of_address(organisation))
    name = organisation.contact_name or organisation.name
    known = replace(facts, to_name=name, organisation=organisation.name, link=link)
    return Addressed(organisations.email_of(uow, organisation), known)


def _reporter(uow: UnitOfWork, message: Message, links: Links, facts: Facts) -> Addressed | None:
    incident = uow.session.get(Incident, message.recipient_id)
    if incident is None:
        return None
    return Addressed(incidents.contact_of(uow, incident), replace(facts, link=links.to("/")))


def _newcomer(uow: UnitOfWork, message: Message, links: Links, facts: Facts) -> Addressed | None:
    found = newcomers.newcomer(uow, message, links, facts)
    return Addressed(*found) if found else None


def _visitor(uow: UnitOfWork, message: Message, _links: Links, facts: Facts) -> Addressed | None:
    found = seats.visitor(uow, message, facts)
    return Addressed(*found) if found else None


_PAGES: Mapping[MessageKind, str] = {
    MessageKind.OFFER_CHECK_FAILED: "/admin",
    MessageKind.NOT_EXPECTED: "/organisation",
    MessageKind.SUSPENDED: "/organisation",
    MessageKind.REINSTATED: "/organisation",
    MessageKind.INCIDENT_CLOSED: "/login",
    MessageKind.ACCESS_ASKED: "/organisation/team",
    MessageKind.ORGANISATION_APPROVED: "/organisation",
    MessageKind.REFERRER_APPROVED: "/support",
    MessageKind.ORGANISATION_ASKED: "/organisation/approval",
    MessageKind.ORGANISATION_REFUSED: "/organisation/approval",
    MessageKind.QUESTIONS: "/organisation/access",
    MessageKind.FILE_DISAPPEARED: "/support/enrol",
    MessageKind.PLAN_DUE: "/organisation",
}
"""Where an account goes on from, but for the pages of introductions."""

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
}
"""What decides for each kind; for all others the state of an introduction does, if they are about one."""
