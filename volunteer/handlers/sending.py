"""Sends a message: the words are made at the last moment, from what is true then."""

from __future__ import annotations

from dataclasses import replace

from volunteer.domain.candidates import Channel
from volunteer.domain.messages import MessageKind, MessageState, Recipient
from volunteer.domain.ports import Outgoing, Sender
from volunteer.handlers.reaction import Cause, Ports
from volunteer.links import Purpose
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.words import Facts, by_mail, by_text_message
from volunteer.models import Account, Candidate, Introduction, Message, Organisation, SuggestionList
from volunteer.services import accounts, candidates, introductions, messages, organisations
from volunteer.unit_of_work import UnitOfWork


def prepare(cause: Cause, uow: UnitOfWork, ports: Ports) -> tuple[Sender, Outgoing] | None:
    """What leaves, and by whom; ``None`` when it left already, has nobody to go to, or is for the desk."""
    message = uow.session.get(Message, cause.event.message_id)
    if message is None or message.state != MessageState.QUEUED:
        return None
    sender = ports.senders.get(message.channel)
    addressed = _address(uow, message, ports)
    if sender is None or addressed is None:
        messages.leave_to_desk(message)
        return None
    to, facts = addressed
    facts = _about(uow, message, facts)
    words = COMPOSERS[MessageKind(message.kind)](facts)
    write = by_text_message if message.channel == Channel.SMS else by_mail
    return sender, Outgoing(
        id=message.id,
        to=to,
        subject=words.subject,
        text=write(words, facts),
        html=None,
        language=message.language,
    )


def settle(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """It was handed over."""
    messages.settle(uow, cause.event.message_id)


def _address(uow: UnitOfWork, message: Message, ports: Ports) -> tuple[str, Facts] | None:
    """Where it goes, and the name and link of whoever is told; ``None`` when they cannot be reached."""
    facts = Facts(language=message.language, centre=ports.centre, to_name="", link="")
    if message.recipient == Recipient.CANDIDATE:
        candidate = uow.session.get(Candidate, message.recipient_id)
        contact = candidates.contact_of(uow, candidate) if candidate else None
        if candidate is None or contact is None:
            return None
        link = ports.links.make(Purpose.OPEN_FILE, candidate.id)
        return contact, replace(facts, to_name=candidate.first_name, link=link)
    if message.recipient == Recipient.ACCOUNT:
        account = uow.session.get(Account, message.recipient_id)
        if account is None:
            return None
        link = ports.links.to(f"/organisation/introductions/{message.about_id}")
        return accounts.email_of(uow, account), replace(facts, to_name=account.name, link=link)
    organisation = uow.session.get(Organisation, message.recipient_id)
    email = organisations.email_of(uow, organisation) if organisation else None
    if organisation is None or email is None:
        return None
    link = ports.links.make(Purpose.JOIN_ORGANISATION, organisation.id)
    return email, replace(facts, to_name=organisation.contact_name or organisation.name, link=link)


def _about(uow: UnitOfWork, message: Message, facts: Facts) -> Facts:
    """The facts with what the message is about."""
    if message.kind == MessageKind.SUGGESTIONS_READY:
        made = uow.session.get(SuggestionList, message.about_id)
        return replace(facts, count=len(made.suggestions) if made else 0)
    introduction = uow.session.get(Introduction, message.about_id)
    if introduction is None:
        return facts
    return replace(
        facts,
        first_name=introduction.candidate.first_name,
        role=introduction.opportunity.title,
        organisation=introduction.opportunity.organisation.name,
        reply=introductions.reply_to(uow, introduction),
    )
