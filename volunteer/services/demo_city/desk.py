"""A day at the desk of the demo city: who waits, what is stuck, and what is to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from volunteer.domain.access import Answer
from volunteer.domain.candidates import CandidateState
from volunteer.domain.consent import GivenHow
from volunteer.domain.devices import Asked, Kind
from volunteer.domain.events.messages import MessageQueued
from volunteer.domain.incidents import SaidAs
from volunteer.domain.messages import MessageKind, MessageState, Recipient
from volunteer.domain.signals import SignalCause
from volunteer.models import Candidate, Delivery, Message, Opportunity, OutboxEvent
from volunteer.services import devices, incidents, notes, questions, signals
from volunteer.services.demo_city.files import Entry
from volunteer.unit_of_work import UnitOfWork

_SENDING = "send_message"
_TRIES = 8


def load(uow: UnitOfWork, day: Entry, people: Sequence[Candidate], *, colleague_id: UUID) -> None:
    """Lay it all out, by the real use cases where there is one, and date it back."""
    for entry in day["visitor"]:
        _visit(uow, people[entry["person"]], _ago(entry))
    for entry in day["signal"]:
        given = signals.give(uow, people[entry["person"]], SignalCause(entry["cause"]), words=entry["words"])
        given.raised_at = uow.now - _ago(entry)
    for entry in day["pending"]:
        _wait(uow, people[entry["person"]], timedelta(days=entry["days_left"]))
    for entry in day["device"]:
        devices.ask(
            uow,
            people[entry["person"]],
            kind=Kind.PHONE,
            cookie=devices.new_cookie(),
            by=Asked.DESK,
        )
    for entry in day["answer"]:
        _answer(uow, entry, colleague_id)
    for entry in day["report"]:
        _report(uow, entry)
    for entry in day["undelivered"]:
        _lose(uow, people[entry["person"]], entry)
    for entry in day["note"]:
        notes.write(uow, people[entry["person"]], entry["words"], account_id=colleague_id)


def _ago(entry: Entry) -> timedelta:
    return timedelta(minutes=entry["minutes_ago"])


def _visit(uow: UnitOfWork, candidate: Candidate, age: timedelta) -> None:
    """They signed up on the tablet of the desk."""
    candidate.created_at = candidate.confirmed_at = uow.now - age
    for consent in candidate.consents:
        consent.given_how, consent.given_at = GivenHow.KIOSK, uow.now - age


def _wait(uow: UnitOfWork, candidate: Candidate, left: timedelta) -> None:
    """Somebody began their file with them, and they have not said yes yet."""
    candidate.state = CandidateState.PENDING
    candidate.confirmed_at = None
    candidate.expires_at = uow.now + left


def _role(uow: UnitOfWork, external_id: str) -> Opportunity:
    return uow.session.scalars(select(Opportunity).where(Opportunity.external_id == external_id)).one()


def _answer(uow: UnitOfWork, entry: Entry, colleague_id: UUID) -> None:
    asked = questions.open_for(uow, _role(uow, entry["role"]), entry["code"])
    uow.session.flush()
    questions.answer(uow, asked.id, said=Answer(entry["said"]), account_id=colleague_id)
    asked.answered_at = uow.now - _ago(entry)


def _report(uow: UnitOfWork, entry: Entry) -> None:
    told = incidents.Report(
        story=entry["story"],
        place=entry["place"],
        urgent=entry["urgent"],
        said_as=SaidAs.VISITOR,
        language="nl",
        opportunity_id=_role(uow, entry["role"]).id,
        channel=entry["channel"],
        contact=entry["contact"],
    )
    incident = incidents.report(uow, told)
    incident.opened_at -= _ago(entry)
    incident.due_at -= _ago(entry)


def _lose(uow: UnitOfWork, candidate: Candidate, entry: Entry) -> None:
    """A message that was tried as often as is any good."""
    moment = uow.now - _ago(entry)
    message = Message(
        id=uuid4(),
        cause_id=uuid4(),
        kind=MessageKind.SUGGESTIONS_READY,
        recipient=Recipient.CANDIDATE,
        recipient_id=candidate.id,
        about_id=uuid4(),
        channel=candidate.channel,
        language=candidate.language,
        state=MessageState.QUEUED,
        created_at=moment,
    )
    event = MessageQueued(message.id)
    stored = OutboxEvent(
        id=uuid4(),
        type=event.type,
        version=event.version,
        payload=event.payload(),
        occurred_at=moment,
        due_at=moment,
        fanned_out_at=moment,
    )
    lost = Delivery(
        id=uuid4(),
        event=stored,
        handler=_SENDING,
        state="stuck",
        attempts=_TRIES,
        due_at=moment,
        last_error=entry["error"],
    )
    uow.session.add_all([message, stored, lost])
