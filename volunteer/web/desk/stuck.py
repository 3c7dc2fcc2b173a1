"""The third column: work that was given up, messages that did not arrive, and answers that do not come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from volunteer.messages.spoken import Call, call_for
from volunteer.models import Delivery, Introduction, Message, Organisation
from volunteer.queries.deliveries import stuck_deliveries
from volunteer.queries.desk import unanswered_introductions
from volunteer.queries.organisations import refused_with_people, running_at, suspended_organisations
from volunteer.queries.suspensions import suspended_by
from volunteer.queues import SENDING
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_ago, spoken_day
from volunteer.web.deed_words import name_of
from volunteer.web.desk.reached import Reached, team
from volunteer.web.desk.rows import MOST_SHOWN, Column, Row, first_of, is_late
from volunteer.web.desk.work_names import work_names
from volunteer.web.extensions import current_core
from volunteer.web.language import current_language, ngettext
from volunteer.web.language import gettext as _

SILENT_AFTER = timedelta(days=5)
"""So long an organisation may take before the desk asks."""
SILENT_LATE_AFTER = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Work that was given up; nothing in it says whom it is about."""

    event: str
    error: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that nobody got: who was to get it, and what it would have said."""

    call: Call
    error: str


@dataclass(frozen=True, slots=True)
class Silent:
    """An introduction without an answer."""

    candidate_id: UUID
    person: str
    role: str
    reached: Reached


@dataclass(frozen=True, slots=True)
class Suspended:
    """An organisation that nobody is sent to."""

    waiting: int
    by: str
    """Who at the desk decided it, and when; empty when that was not written down."""
    reached: Reached


@dataclass(frozen=True, slots=True)
class Refused:
    """An organisation that lost its yes while people were to meet it: the desk speaks with them."""

    people: list[tuple[UUID, str]]
    """The file and the first name of each, who asked first on top."""
    reached: Reached


def stuck(uow: UnitOfWork) -> Column:
    """What a colleague must push, the oldest first within each kind."""
    given_up = [_given_up(uow, delivery) for delivery in stuck_deliveries(uow.session)]
    silent = unanswered_introductions(uow.session, before=uow.now - SILENT_AFTER, limit=MOST_SHOWN + 1)
    return Column(
        [
            *given_up,
            *(_silent(uow, each) for each in first_of(silent)),
            *(_suspended(uow, each, count) for each, count in suspended_organisations(uow.session)),
            *(_refused(uow, each, count) for each, count in refused_with_people(uow.session)),
        ],
        has_more=len(silent) > MOST_SHOWN,
    )


def _given_up(uow: UnitOfWork, delivery: Delivery) -> Row:
    if delivery.handler in SENDING:
        message = uow.session.get(Message, UUID(delivery.event.payload["message_id"]))
        if message is not None:
            return _undelivered(uow, delivery, message)
    return Row(
        kind="stuck",
        id=delivery.id,
        name=work_names().get(delivery.handler, delivery.handler),
        age=spoken_ago(delivery.due_at, uow.now),
        why=ngettext(
            "Tried %(num)d time. We stopped trying.",
            "Tried %(num)d times. We stopped trying.",
            delivery.attempts,
        ),
        icon="alert-triangle",
        late=True,
        detail=GivenUp(event=delivery.event.type, error=delivery.last_error or ""),
    )


def _undelivered(uow: UnitOfWork, delivery: Delivery, message: Message) -> Row:
    core = current_core()
    call = call_for(uow, message, centre=core.settings.centre, links=core.links, language=current_language())
    return Row(
        kind="undelivered",
        id=delivery.id,
        name=call.name or _("This file is gone"),
        age=spoken_ago(delivery.due_at, uow.now),
        why=_("A text message did not arrive. Choose another way.")
        if message.channel == "sms"
        else _("A mail did not arrive. Choose another way."),
        icon="device-mobile-message" if message.channel == "sms" else "mail",
        late=True,
        detail=Undelivered(call=call, error=delivery.last_error or ""),
    )


def _silent(uow: UnitOfWork, introduction: Introduction) -> Row:
    sent = introduction.returned_at or introduction.sent_at or introduction.asked_at
    name = introduction.candidate.first_name
    role = introduction.opportunity
    return Row(
        kind="silent",
        id=introduction.id,
        name=role.organisation.name,
        age=spoken_ago(sent, uow.now),
        why=_("%(name)s waits for an answer.", name=name),
        icon="hourglass",
        late=is_late(sent, uow.now, SILENT_LATE_AFTER),
        detail=Silent(
            candidate_id=introduction.candidate_id,
            person=name,
            role=role.title,
            reached=team(uow, role.organisation, ask_for=role.contact_name),
        ),
    )


def _suspended(uow: UnitOfWork, organisation: Organisation, waiting: int) -> Row:
    return Row(
        kind="suspended",
        id=organisation.id,
        name=organisation.name,
        age=spoken_ago(organisation.suspended_at or uow.now, uow.now),
        why=ngettext(
            "Suspended. %(num)d introduction waits.", "Suspended. %(num)d introductions wait.", waiting
        ),
        icon="clock-pause",
        detail=Suspended(waiting=waiting, by=_decided(uow, organisation), reached=team(uow, organisation)),
    )


def _refused(uow: UnitOfWork, organisation: Organisation, waiting: int) -> Row:
    names = {
        each.candidate_id: each.candidate.first_name for each in running_at(uow.session, organisation.id)
    }
    return Row(
        kind="refused",
        id=organisation.id,
        name=organisation.name,
        age=spoken_ago(organisation.approval_since or uow.now, uow.now),
        why=ngettext(
            "Not approved. %(num)d introduction waits.", "Not approved. %(num)d introductions wait.", waiting
        ),
        icon="clock-pause",
        detail=Refused(people=list(names.items()), reached=team(uow, organisation)),
    )


def _decided(uow: UnitOfWork, organisation: Organisation) -> str:
    by = name_of(uow, suspended_by(uow.session, organisation.id))
    return f"{by}, {spoken_day(organisation.suspended_at or uow.now)}" if by else ""
