"""What somebody at the desk says, in place of a message that cannot be sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from volunteer.config import Centre
from volunteer.domain.candidates import Channel
from volunteer.domain.messages import MessageKind, Recipient
from volunteer.links import Links
from volunteer.messages.addressed import addressed
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.standing import is_still_true
from volunteer.messages.words import Facts, Words
from volunteer.models import Candidate, Message, Organisation
from volunteer.queries.messages import messages_to_do
from volunteer.services import organisations
from volunteer.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Call:
    """One row of the desk's list of people to tell."""

    message_id: UUID
    since: datetime
    channel: str
    name: str
    """Whom to tell: a person, or an organisation; empty when they are not there any more."""
    ask_for: str
    """Whom to ask for in an organisation."""
    contact: str | None
    subject: str
    """What it is about, in the language of the desk."""
    language: str
    """The language of whoever is told."""
    theirs: tuple[str, ...]
    """What to say, sentence after sentence, in that language."""
    ours: tuple[str, ...]
    """The same in the language of the desk; empty when that is the same."""
    asks_for_email: bool
    """An organisation whose address we do not know: with one the message can still be sent."""


def to_tell(uow: UnitOfWork) -> list[Message]:
    """The desk's call list in its order, without what is not true any more.

    What was for somebody who is gone stays on it, so that nobody wonders where it went.
    """
    return [each for each in messages_to_do(uow.session) if is_to_tell(uow, each)]


def is_to_tell(uow: UnitOfWork, message: Message) -> bool:
    """Whether somebody at the desk still has this to do: it is true, or nobody is there to hear it."""
    return is_still_true(uow, message) or _is_for_nobody(uow, message)


def call_for(uow: UnitOfWork, message: Message, *, centre: Centre, links: Links, language: str) -> Call:
    """Whom to tell and what to say, for a desk that works in ``language``."""
    found = addressed(uow, message, centre=centre, links=links)
    if found is None:
        return _to_nobody(message)
    theirs = _words(message, found.facts)
    ours = _words(message, replace(found.facts, language=language))
    is_invitation = message.recipient == Recipient.ORGANISATION
    return Call(
        message_id=message.id,
        since=message.created_at,
        # Also where a mail did not arrive: the desk has a number of an organisation, and no other address.
        channel=Channel.PHONE if is_invitation else message.channel,
        name=found.facts.organisation if is_invitation else found.facts.to_name,
        ask_for=found.facts.to_name if is_invitation else "",
        contact=_phone(uow, message) if is_invitation else found.to,
        subject=ours.subject,
        language=message.language,
        theirs=theirs.spoken or theirs.paragraphs,
        ours=() if language == message.language else ours.spoken or ours.paragraphs,
        asks_for_email=is_invitation,
    )


def _is_for_nobody(uow: UnitOfWork, message: Message) -> bool:
    is_person = message.recipient == Recipient.CANDIDATE
    return is_person and uow.session.get(Candidate, message.recipient_id) is None


def _words(message: Message, facts: Facts) -> Words:
    return COMPOSERS[MessageKind(message.kind)](facts)


def _phone(uow: UnitOfWork, message: Message) -> str | None:
    organisation = uow.session.get(Organisation, message.recipient_id)
    return organisations.phone_of(uow, organisation) if organisation else None


def _to_nobody(message: Message) -> Call:
    return Call(
        message_id=message.id,
        since=message.created_at,
        channel=message.channel,
        name="",
        ask_for="",
        contact=None,
        subject="",
        language=message.language,
        theirs=(),
        ours=(),
        asks_for_email=False,
    )
