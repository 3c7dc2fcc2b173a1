"""Whom a message goes to and what it may speak of, looked up at the last moment: what is true then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from volunteer.config import Centre
from volunteer.domain.candidates import Channel
from volunteer.domain.messages import TOPICS, MessageKind, Recipient
from volunteer.links import Links, Purpose
from volunteer.messages import (
    asking,
    market_people,
    market_stands,
    membership,
    newcomers,
    seats,
    support_pages,
)
from volunteer.messages.about import about
from volunteer.messages.words import Facts
from volunteer.models import (
    Account,
    Candidate,
    FormerContact,
    Incident,
    Message,
    Organisation,
)
from volunteer.services import (
    accounts,
    candidates,
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
        Recipient.MARKET: _at_market,
    }[Recipient(message.recipient)]
    found = find(uow, message, links, replace(facts, unsubscribe=_way_out(message, links)))
    if found is None:
        return None
    facts = seats.with_link(uow, message, links, about(uow, message, found.facts))
    facts = market_people.with_link(uow, message, links, facts)
    return replace(found, facts=market_stands.with_link(uow, message, links, facts))


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


def _at_market(uow: UnitOfWork, message: Message, _links: Links, facts: Facts) -> Addressed | None:
    found = market_people.visitor(uow, message, facts)
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
    MessageKind.STAND_CONFIRMED: "/organisation/markets",
    MessageKind.STAND_DAY_MOVED: "/organisation/markets",
    MessageKind.STAND_DAY_CANCELLED: "/organisation/markets",
    MessageKind.STAND_REFUSED: "/organisation/markets",
    MessageKind.STAND_THANKS: "/organisation/markets",
    MessageKind.STAND_TOMORROW: "/organisation/markets",
}
"""Where an account goes on from, but for the pages of introductions."""
