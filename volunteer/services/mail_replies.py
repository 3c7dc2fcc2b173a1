"""Mails that come back: what did not arrive, answers to the one question, and words for somebody to read."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from volunteer.domain.candidates import Channel
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.incoming_mail import IncomingMail, Kind
from volunteer.domain.mail_words import first_line
from volunteer.domain.messages import MessageKind, MessageState, Recipient
from volunteer.domain.replies import Outcome, answer_in
from volunteer.models import Account, Candidate, Message, Opportunity
from volunteer.queries.candidates import kept_for_now
from volunteer.queries.replies import delivery_of
from volunteer.services import (
    accounts,
    candidates,
    follow_ups,
    messages,
    opportunity_links,
    organisations,
    replies,
)
from volunteer.unit_of_work import UnitOfWork

_ASKING = frozenset({MessageKind.HOW_IS_IT, MessageKind.HOW_IS_IT_TEAM})
_NOT_FOR_US = {
    Kind.UNREADABLE: Outcome.UNREADABLE,
    Kind.AUTOMATIC: Outcome.AUTOMATIC,
    Kind.REPORT: Outcome.AUTOMATIC,
}


def take(uow: UnitOfWork, mail: IncomingMail, *, known_as: str) -> Outcome:
    """Do what this mail says; the same one again, known by ``known_as``, changes nothing.

    Of a mail that names none of our messages nothing is kept. ``NOT_YET``: hand it over again later.
    """
    if mail.kind in _NOT_FOR_US:
        return _NOT_FOR_US[mail.kind]
    message = _ours(uow, mail.about)
    if message is None:
        return Outcome.UNKNOWN
    if mail.kind is Kind.NOT_ARRIVED and message.state == MessageState.QUEUED:
        # Its server was quicker than we wrote down that it left.
        return Outcome.NOT_YET
    if not replies.spend(uow, "mail", known_as):
        return Outcome.REPEATED
    is_report = mail.kind is Kind.NOT_ARRIVED
    return _came_back(uow, message, mail.status) if is_report else _reply(uow, message, mail)


def _ours(uow: UnitOfWork, named: Iterable[UUID]) -> Message | None:
    """The first message of ours that went by mail, held."""
    for message_id in named:
        found = uow.session.get(Message, message_id, with_for_update=True, populate_existing=True)
        if found is not None and found.channel == Channel.EMAIL:
            return found
    return None


def _came_back(uow: UnitOfWork, message: Message, status: str) -> Outcome:
    """As when a server refuses at once: it is stuck at the desk, with whom to call.

    Whoever dealt with it meanwhile needs no second row.
    """
    if message.state != MessageState.SENT:
        return Outcome.REPEATED
    if message.kind == MessageKind.CONTACT_CHANGED:
        # It went to an address that was given up: that it does not work is no news.
        messages.bounce(uow, message.id)
        return Outcome.NOT_ARRIVED
    delivery = delivery_of(uow.session, message)
    if delivery is None:
        messages.leave_to_desk(message)
    else:
        messages.bounce(uow, message.id)
        delivery.state, delivery.due_at, delivery.done_at = "stuck", uow.now, None
        delivery.last_error = f"came back: {status or 'no reason given'}"
    message.finished_at = None
    return Outcome.NOT_ARRIVED


def _reply(uow: UnitOfWork, message: Message, mail: IncomingMail) -> Outcome:
    candidate_id = None
    if message.recipient == Recipient.CANDIDATE:
        candidate_id = kept_for_now(uow.session, message.recipient_id)
        if candidate_id is None:
            return Outcome.UNKNOWN
    if not mail.words:
        return Outcome.EMPTY
    if message.kind in _ASKING and _answers(uow, message, mail):
        return Outcome.ANSWERED
    replies.keep(uow, mail.words, channel=Channel.EMAIL, candidate_id=candidate_id, message_id=message.id)
    return Outcome.TO_READ


def _answers(uow: UnitOfWork, message: Message, mail: IncomingMail) -> bool:
    """Whether the first line answers the question, and comes from where the question went.

    From any other address a person reads it: a mail is forwarded easily, and addresses change. Whoever left
    the team answers for it no more, and a question that went with a file that was merged has no answer.
    """
    going = answer_in(first_line(mail.words))
    if going is None:
        return False
    try:
        follow_up = follow_ups.found(uow, message.about_id, hold=True)
    except NotFound:
        return False
    if mail.sender != _address_now(uow, message, follow_up.introduction.opportunity):
        return False
    if follow_up.answered_at is not None:
        return follow_up.going == going
    try:
        follow_ups.answer(uow, follow_up.id, going, answered_by="reply")
    except ImpossibleStep:
        return False
    return True


def _address_now(uow: UnitOfWork, message: Message, role: Opportunity) -> str | None:
    """Where this reader is written to today; ``None`` where they are not asked about this role any more."""
    if message.recipient == Recipient.CANDIDATE:
        person = uow.session.get(Candidate, message.recipient_id)
        goes_by_mail = person is not None and person.channel == Channel.EMAIL
        return candidates.contact_of(uow, person) if person and goes_by_mail else None
    if message.recipient == Recipient.ACCOUNT:
        account = uow.session.get(Account, message.recipient_id)
        if account is None or not opportunity_links.is_good(uow, role, opportunity_links.of_account(account)):
            return None
        return accounts.email_of(uow, account)
    return organisations.email_of(uow, role.organisation)
