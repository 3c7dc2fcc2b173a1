"""The second column: whom to tell something, and what organisations answered since yesterday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from volunteer.domain.access import FEATURES, Answer
from volunteer.domain.candidates import Channel
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.messages import MessageKind
from volunteer.messages.spoken import Call, call_for, to_tell
from volunteer.models import Message, Question
from volunteer.queries.desk import answered_questions, count_told_after
from volunteer.services import calls
from volunteer.services.contacts import spoken_phone
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_ago, spoken_day
from volunteer.web.desk.rows import Column, Row, is_late
from volunteer.web.desk.written_back import how_url
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language, ngettext
from volunteer.web.language import gettext as _

CALL_LATE_AFTER = timedelta(days=1)
_BY_NUMBER = frozenset({Channel.PHONE, Channel.SMS})
_ICONS = {
    "phone": "phone",
    "letter": "mailbox",
    "support_worker": "user-heart",
    "desk": "map-pin",
    "sms": "device-mobile-message",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What opens of a call: the words, the number, and what came of earlier tries."""

    call: Call
    contact_text: str
    """The number as people write it; empty for other contacts."""
    speaks: str
    tries: str
    wish: str
    has_failed_often: bool
    may_confirm: bool = False
    """Whether it asks about a role whether it is still true: a press says so."""
    how_url: str | None = None
    """Where it is written down how it goes, when that is what they are asked."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What an organisation said, and what became of whoever waited for it."""

    label: str
    said: str
    role: str
    told: int
    """How many people hear of it; their names beside the feature would say who needs it."""


def to_call(uow: UnitOfWork) -> Column:
    """Persons come first, then who waits longest; who is to be called on a later day stands below."""
    found = to_tell(uow)
    now = [_call(uow, message) for message in found if not _is_later(message, uow.now)]
    later = [_call(uow, message) for message in found if _is_later(message, uow.now)]
    return Column([*now, *later])


def new_answers(uow: UnitOfWork) -> list[Row]:
    """What organisations answered since yesterday morning, the newest first."""
    since = uow.day_began - timedelta(days=1)
    return [_answered(uow, question) for question in answered_questions(uow.session, since=since)]


def _is_later(message: Message, now: datetime) -> bool:
    return message.not_before is not None and message.not_before > now


def _call(uow: UnitOfWork, message: Message) -> Row:
    core = current_core()
    call = call_for(uow, message, centre=core.settings.centre, links=core.links, language=current_language())
    later = _is_later(message, uow.now)
    often = message.tries >= calls.MANY_TRIES
    return Row(
        kind="calls",
        id=message.id,
        name=call.name or _("This file is gone"),
        age=_day_to_come(message, uow) if later else spoken_ago(call.since, uow.now),
        why=_why(call, message),
        icon="phone-off" if message.tries else _ICONS.get(call.channel, "mail"),
        late=often or (not later and is_late(call.since, uow.now, CALL_LATE_AFTER)),
        detail=Told(
            call=call,
            contact_text=spoken_phone(call.contact or "") if call.channel in _BY_NUMBER else "",
            speaks=LANGUAGES[call.language].own,
            tries=_tries(message),
            wish=calls.wish_of(uow, message),
            has_failed_often=often,
            may_confirm=message.kind == MessageKind.STILL_TRUE,
            how_url=how_url(uow, message),
        ),
    )


def _why(call: Call, message: Message) -> str:
    if not call.name:
        return ""
    if message.tries:
        return _("%(tries)s %(what)s.", tries=_tries(message), what=call.subject)
    return _("%(what)s. Speak %(language)s.", what=call.subject, language=LANGUAGES[call.language].own)


def _tries(message: Message) -> str:
    if not message.tries:
        return ""
    return ngettext("No answer, %(num)d time.", "No answer, %(num)d times.", message.tries)


def _day_to_come(message: Message, uow: UnitOfWork) -> str:
    day = (message.not_before or uow.now).astimezone(uow.zone).date()
    return _("tomorrow") if day == uow.today + timedelta(days=1) else spoken_day(day)


def _answered(uow: UnitOfWork, question: Question) -> Row:
    answered_at = question.answered_at or uow.now
    feature = FEATURES[question.code].label(current_language())
    said = _said(question)
    told = count_told_after(uow.session, organisation_id=question.organisation_id, since=answered_at)
    return Row(
        kind="answers",
        id=question.id,
        name=question.organisation.name,
        age=spoken_ago(answered_at, uow.now),
        why=_("%(feature)s: %(said)s", feature=feature, said=said),
        icon="message-question",
        detail=Answered(
            label=feature,
            said=said,
            role=question.opportunity.title,
            told=told,
        ),
    )


def _said(question: Question) -> str:
    words = {Answer.YES: _("yes"), Answer.ARRANGEABLE: _("we arrange it"), Answer.NO: _("no")}
    return words.get(Answer(question.answer), "") if question.answer else _("the languages are known")
