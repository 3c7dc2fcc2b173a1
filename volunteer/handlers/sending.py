"""Sends a message: the words are made at the last moment, from what is true then."""

from __future__ import annotations

from datetime import datetime

from volunteer.config import Centre
from volunteer.documents.calendar_file import MEDIA_TYPE, calendar_file
from volunteer.domain.candidates import Channel
from volunteer.domain.messages import AT_ONCE, MessageKind, MessageState, quiet_until
from volunteer.domain.ports import Attachment, Outgoing, Sender
from volunteer.handlers.reaction import Cause, Later, Ports
from volunteer.messages import market_people, seats
from volunteer.messages.addressed import addressed
from volunteer.messages.dressed import by_html
from volunteer.messages.in_calendar import appointment_in
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.several import of_several
from volunteer.messages.standing import is_still_true
from volunteer.messages.words import Facts, by_mail, by_text_message
from volunteer.models import Message
from volunteer.services import messages, subscriptions
from volunteer.unit_of_work import UnitOfWork

_OPEN = frozenset({MessageState.QUEUED, MessageState.BOUNCED})
"""What bounced is open again when somebody at the desk says so."""


def prepare(cause: Cause, uow: UnitOfWork, ports: Ports) -> tuple[Sender, Outgoing] | Later | None:
    """What leaves, and by whom; ``None`` when it left already, has nobody to go to, or is for the desk."""
    message = messages.held(uow, cause.event.message_id)
    if message is None or message.state not in _OPEN:
        return None
    if not is_still_true(uow, message) or subscriptions.is_unwanted(uow, message):
        messages.drop(uow, message)
        return None
    sender = ports.senders.get(message.channel)
    found = addressed(uow, message, centre=ports.centre, links=ports.links)
    if sender is None or found is None or found.to is None:
        messages.leave_to_desk(message)
        return None
    not_before = _not_before(uow, message, ports.centre)
    if not_before is not None:
        return Later(not_before)
    messages.hand_over(uow, message, is_true=is_still_true)
    facts = of_several(uow, message, found.facts, centre=ports.centre, links=ports.links)
    return sender, _outgoing(message, found.to, facts, _attachments(uow, message, facts))


def _not_before(uow: UnitOfWork, message: Message, centre: Centre) -> datetime | None:
    """When it may leave: after the quiet hours, and not too often; ``None`` is now."""
    kind = MessageKind(message.kind)
    if kind in AT_ONCE or seats.cannot_wait(uow, message) or market_people.cannot_wait(uow, message):
        return None
    quiet = quiet_until(uow.now, uow.zone, since=centre.quiet_from, until=centre.quiet_until)
    return quiet or messages.too_often_until(uow, message, most_a_week=centre.most_unasked_a_week)


def _attachments(uow: UnitOfWork, message: Message, facts: Facts) -> tuple[Attachment, ...]:
    if message.channel != Channel.EMAIL or (found := appointment_in(uow, message, facts)) is None:
        return ()
    return (
        Attachment(
            name="schakel.ics",
            media_type=MEDIA_TYPE,
            content=calendar_file(found, facts.centre),
            parameters=(("method", found.method),),
        ),
    )


def _outgoing(message: Message, to: str, facts: Facts, attachments: tuple[Attachment, ...]) -> Outgoing:
    words = COMPOSERS[MessageKind(message.kind)](facts)
    if message.channel == Channel.SMS:
        text = by_text_message(words, facts)
        return Outgoing(message.id, to, words.subject, text, message.language)
    return Outgoing(
        id=message.id,
        to=to,
        subject=words.subject,
        text=by_mail(words, facts),
        language=message.language,
        html=by_html(words, facts),
        unsubscribe=facts.unsubscribe,
        attachments=attachments,
    )


def settle(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """It was handed over."""
    messages.settle(uow, cause.event.message_id)


def bounce(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """Nobody is there: the desk chooses another way."""
    messages.bounce(uow, cause.event.message_id)
