"""The call list: what came of a try."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import InvalidValue, NotFound
from volunteer.domain.messages import MessageKind, MessageState
from volunteer.domain.opportunities import TIME_TO_CONFIRM
from volunteer.models import Delivery, Message, Opportunity
from volunteer.models.base import field_name
from volunteer.queries.messages import letters_to_do, taken_along
from volunteer.services import messages, opportunity_states
from volunteer.unit_of_work import UnitOfWork

MANY_TRIES = 3
"""From here on the page says that calling does not work: try another way."""
LATEST_DAYS = 60
LONGEST_WISH = 120
_WISH = field_name("messages", "wish_sealed")


def done(uow: UnitOfWork, message_id: UUID, *, account_id: UUID) -> None:
    """This colleague told them. Raises :class:`NotFound` when it is not to do any more."""
    messages.mark_done(uow, message_id)
    uow.session.get_one(Message, message_id).finished_by = f"account:{account_id}"


def letters_done(uow: UnitOfWork, message_ids: Collection[UUID]) -> int:
    """These letters were posted; those that somebody did before are left. Returns how many were marked."""
    posted = [each for each in letters_to_do(uow.session) if each.id in message_ids]
    for message in posted:
        messages.mark_done(uow, message.id)
    return len(posted)


def still_true(uow: UnitOfWork, message_id: UUID, *, account_id: UUID) -> None:
    """The organisation says to this colleague that the role it is asked about is still true.

    Raises :class:`NotFound` when it is not to do any more or asks something else, and
    :class:`ImpossibleStep` when the role is not open.
    """
    message = _to_do(uow, message_id)
    if message.kind != MessageKind.STILL_TRUE:
        raise NotFound("This was done already.")
    opportunity_states.confirm(uow, opportunity_states.held(uow, message.about_id))
    done(uow, message_id, account_id=account_id)


def no_answer(uow: UnitOfWork, message_id: UUID) -> Message:
    """Nobody answered: it comes back tomorrow, and the try is counted. Raises :class:`NotFound`."""
    message = _to_do(uow, message_id)
    message.tries += 1
    message.not_before = _morning(uow, uow.today + timedelta(days=1))
    return message


def other_hour(uow: UnitOfWork, message_id: UUID, *, on: date | None, words: str) -> Message:
    """They would rather be called another time, tomorrow unless they name a day.

    Raises :class:`NotFound`, and :class:`InvalidValue` for a day that is over, far off or
    after the role closes, and for the words.
    """
    wish = clean_words(words, longest=LONGEST_WISH, field="wish")
    day = on or uow.today + timedelta(days=1)
    if not uow.today <= day <= uow.today + timedelta(days=LATEST_DAYS):
        raise InvalidValue("Choose a day from today on, within two months.", field="wish_day")
    message = _to_do(uow, message_id)
    if message.kind == MessageKind.STILL_TRUE and day > _last_day_to_ask(uow, message):
        raise InvalidValue("The role closes before that day. Choose an earlier one.", field="wish_day")
    message.not_before = _morning(uow, day)
    message.wish_sealed = uow.keyring.seal(wish, field=_WISH) if wish else None
    return message


def instead_of_sending(uow: UnitOfWork, delivery_id: UUID) -> Message:
    """It could not be sent: somebody at the desk tells them. Raises :class:`NotFound` unless it is stuck."""
    delivery = uow.session.get(Delivery, delivery_id, with_for_update=True)
    if delivery is None or delivery.state != "stuck":
        raise NotFound("This is not stuck any more.")
    message_id = UUID(str(delivery.event.payload.get("message_id", UUID(int=0))))
    message = uow.session.get(Message, message_id, with_for_update=True)
    if message is None or message.state not in {MessageState.QUEUED, MessageState.BOUNCED}:
        raise NotFound("This was done already.")
    message.state = MessageState.TO_DO
    for each in taken_along(uow.session, [message.id]):
        # What one mail would have said together is told one by one.
        each.state, each.bundled_in, each.finished_at = MessageState.TO_DO, None, None
    delivery.state, delivery.done_at = "done", uow.now
    return message


def wish_of(uow: UnitOfWork, message: Message) -> str:
    """When they would rather be called, in their words; empty when they did not say."""
    return uow.keyring.open(message.wish_sealed, field=_WISH) if message.wish_sealed else ""


def _last_day_to_ask(uow: UnitOfWork, message: Message) -> date:
    """Before the day on which the role closes, because nobody said that it is still true."""
    role = uow.session.get(Opportunity, message.about_id)
    if role is None or role.asked_at is None:
        return uow.today
    return (role.asked_at + TIME_TO_CONFIRM).astimezone(uow.zone).date() - timedelta(days=1)


def _morning(uow: UnitOfWork, day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=uow.zone)


def _to_do(uow: UnitOfWork, message_id: UUID) -> Message:
    message = uow.session.get(Message, message_id, with_for_update=True, populate_existing=True)
    if message is None or message.state != MessageState.TO_DO:
        raise NotFound("This was done already.")
    return message
