"""Sends a message: the words are made at the last moment, from what is true then."""

from __future__ import annotations

from volunteer.domain.candidates import Channel
from volunteer.domain.messages import MessageKind, MessageState
from volunteer.domain.ports import Outgoing, Sender
from volunteer.handlers.reaction import Cause, Later, Ports
from volunteer.messages.addressed import addressed, is_still_true
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.words import by_mail, by_text_message
from volunteer.models import Message
from volunteer.services import messages
from volunteer.unit_of_work import UnitOfWork


def prepare(cause: Cause, uow: UnitOfWork, ports: Ports) -> tuple[Sender, Outgoing] | Later | None:
    """What leaves, and by whom; ``None`` when it left already, has nobody to go to, or is for the desk."""
    message = uow.session.get(Message, cause.event.message_id)
    if message is None or message.state != MessageState.QUEUED:
        return None
    if not is_still_true(uow, message):
        messages.drop(uow, message)
        return None
    sender = ports.senders.get(message.channel)
    found = addressed(uow, message, centre=ports.centre, links=ports.links)
    if sender is None or found is None or found.to is None:
        messages.leave_to_desk(message)
        return None
    words = COMPOSERS[MessageKind(message.kind)](found.facts)
    write = by_text_message if message.channel == Channel.SMS else by_mail
    return sender, Outgoing(
        id=message.id,
        to=found.to,
        subject=words.subject,
        text=write(words, found.facts),
        language=message.language,
    )


def settle(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """It was handed over."""
    messages.settle(uow, cause.event.message_id)


def bounce(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Nobody is there: the desk chooses another way."""
    messages.bounce(uow, cause.event.message_id)
