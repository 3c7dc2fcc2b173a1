"""The rows of the desk's today page: what to ask, whom to call, what is stuck."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from volunteer.domain.access import FEATURES, SIGN_LANGUAGE
from volunteer.domain.candidates import Channel
from volunteer.domain.languages import LANGUAGES
from volunteer.messages.spoken import Call, call_for
from volunteer.models import Delivery, Question
from volunteer.queries.deliveries import stuck_deliveries
from volunteer.queries.messages import messages_to_do
from volunteer.queries.questions import open_questions
from volunteer.services import organisations
from volunteer.services.contacts import spoken_phone
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_ago, spoken_days_ago
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language

QUESTION_LATE_AFTER = timedelta(days=7)
CALL_LATE_AFTER = timedelta(days=1)
_BY_NUMBER = frozenset({Channel.PHONE, Channel.SMS})


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One thing to ask an organisation; who waits for the answer is not named."""

    id: UUID
    organisation: str
    label: str
    """The access feature that is asked about, in the reader's language."""
    role: str
    age: str
    late: bool
    contact_name: str | None
    phone: str | None
    phone_text: str
    email: str | None
    languages: list[tuple[str, str, bool]]
    """For a question about languages: code, own name, and whether the team is known to speak it."""


@dataclass(frozen=True, slots=True)
class CallRow:
    """One person to tell something."""

    call: Call
    age: str
    late: bool
    contact_text: str
    """The number as people write it; empty for other contacts."""
    speaks: str
    """The language to speak, by its own name."""


@dataclass(frozen=True, slots=True)
class StuckRow:
    """Work that was given up; nothing in it says whom it is about."""

    id: UUID
    handler: str
    event: str
    attempts: int
    error: str
    age: str


def question_rows(uow: UnitOfWork) -> list[QuestionRow]:
    """Every open question, the longest waiting first."""
    return [_question(uow, question) for question in open_questions(uow.session)]


def call_rows(uow: UnitOfWork) -> list[CallRow]:
    """Everyone to call, write to or tell at the desk, the longest waiting first."""
    core, language = current_core(), current_language()
    calls = (
        call_for(uow, message, centre=core.settings.centre, links=core.links, language=language)
        for message in messages_to_do(uow.session)
    )
    return [
        CallRow(
            call=call,
            age=spoken_ago(call.since, uow.now),
            late=_is_late(call.since, uow.now, CALL_LATE_AFTER),
            contact_text=spoken_phone(call.contact or "") if call.channel in _BY_NUMBER else "",
            speaks=LANGUAGES[call.language].own,
        )
        for call in calls
    ]


def stuck_rows(uow: UnitOfWork) -> list[StuckRow]:
    """Every delivery that was given up, oldest first."""
    return [_stuck(uow, delivery) for delivery in stuck_deliveries(uow.session)]


def _question(uow: UnitOfWork, question: Question) -> QuestionRow:
    organisation, role = question.organisation, question.opportunity
    feature = FEATURES[question.code]
    phone = organisations.phone_of(uow, organisation)
    return QuestionRow(
        id=question.id,
        organisation=organisation.name,
        label=feature.label(current_language()),
        role=role.title,
        age=spoken_days_ago(question.opened_at, uow.now),
        late=_is_late(question.opened_at, uow.now, QUESTION_LATE_AFTER),
        contact_name=role.contact_name or organisation.contact_name,
        phone=phone,
        phone_text=spoken_phone(phone) if phone else "",
        email=organisations.email_of(uow, organisation),
        languages=_languages(question) if feature.derived else [],
    )


def _languages(question: Question) -> list[tuple[str, str, bool]]:
    """Every language: first what we know they speak, then what the question is about, then the others."""
    known = set(question.opportunity.languages_spoken)
    about_signs = question.code == SIGN_LANGUAGE
    ordered = sorted(
        LANGUAGES.values(), key=lambda each: (each.code not in known, each.sign != about_signs, each.order)
    )
    return [(each.code, each.own, each.code in known) for each in ordered]


def _stuck(uow: UnitOfWork, delivery: Delivery) -> StuckRow:
    return StuckRow(
        id=delivery.id,
        handler=delivery.handler,
        event=delivery.event.type,
        attempts=delivery.attempts,
        error=delivery.last_error or "",
        age=spoken_ago(delivery.due_at, uow.now),
    )


def _is_late(since: datetime, now: datetime, allowed: timedelta) -> bool:
    return now - since > allowed
