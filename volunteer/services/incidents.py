"""Something is not right: reported by anyone, looked into by the desk, and told what was done."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import delete

from volunteer.domain.candidates import Channel, clean_words
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.events.incidents import IncidentClosed, IncidentReported
from volunteer.domain.incidents import (
    KEPT,
    LONGEST_DONE,
    LONGEST_PLACE,
    IncidentState,
    IncidentStep,
    Outcome,
    SaidAs,
    after,
    clean_story,
    looked_at_within,
)
from volunteer.models import Incident, Opportunity
from volunteer.models.base import field_name
from volunteer.queries.incidents import is_number_taken
from volunteer.services import spent_forms
from volunteer.services.contacts import clean_email, clean_phone
from volunteer.unit_of_work import UnitOfWork

_TEXT = field_name("incidents", "text_sealed")
_WHERE = field_name("incidents", "where_sealed")
_CONTACT = field_name("incidents", "contact_sealed")
_DONE = field_name("incidents", "done_sealed")
BY_PHONE_OR_MAIL = frozenset({Channel.EMAIL, Channel.PHONE})
"""How a visitor may hear of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody tells; without ``candidate_id``, ``account_id`` and ``channel`` nobody knows who."""

    story: str
    said_as: SaidAs
    language: str
    place: str = ""
    urgent: bool = False
    opportunity_id: UUID | None = None
    organisation_id: UUID | None = None
    candidate_id: UUID | None = None
    account_id: UUID | None = None
    channel: str = ""
    contact: str = ""
    form_id: UUID | None = None
    """Of the form it came in: the same one again is the same report."""


@dataclass(frozen=True, slots=True)
class OpenedIncident:
    """What can be read of an incident."""

    story: str
    place: str
    contact: str | None
    done: str


def report(uow: UnitOfWork, told: Report) -> Incident:
    """Keep it and give it a number. Raises :class:`InvalidValue`.

    A role or an organisation that is not there (any more) is left out: the words are what counts.
    """
    if told.form_id is not None:
        # Two at the same moment take turns here; whatever came first is found by the id of its form.
        spent_forms.spend(uow, told.form_id)
        same = uow.session.get(Incident, told.form_id)
        if same is not None:
            return same
    story = clean_story(told.story)
    place = clean_words(told.place, longest=LONGEST_PLACE, field="place")
    channel, contact = _contact(told)
    role = uow.session.get(Opportunity, told.opportunity_id) if told.opportunity_id else None
    incident = Incident(
        id=told.form_id or uuid4(),
        number=_number(uow),
        state=IncidentState.NEW,
        is_urgent=told.urgent,
        said_as=told.said_as,
        language=told.language,
        text_sealed=uow.keyring.seal(story, field=_TEXT),
        where_sealed=uow.keyring.seal(place, field=_WHERE) if place else None,
        opportunity_id=role.id if role else None,
        organisation_id=role.organisation_id if role else told.organisation_id,
        candidate_id=told.candidate_id,
        reporter_id=told.account_id,
        channel=channel,
        contact_sealed=uow.keyring.seal(contact, field=_CONTACT) if contact else None,
        opened_at=uow.now,
        due_at=uow.now + looked_at_within(urgent=told.urgent),
    )
    uow.session.add(incident)
    uow.record(IncidentReported(incident.id))
    return incident


def opened(uow: UnitOfWork, incident: Incident) -> OpenedIncident:
    """What the desk reads."""
    keys = uow.keyring
    return OpenedIncident(
        story=keys.open(incident.text_sealed, field=_TEXT),
        place=keys.open(incident.where_sealed, field=_WHERE) if incident.where_sealed else "",
        contact=contact_of(uow, incident),
        done=done_about(uow, incident),
    )


def contact_of(uow: UnitOfWork, incident: Incident) -> str | None:
    """How a visitor wants to hear of it, opened."""
    return uow.keyring.open(incident.contact_sealed, field=_CONTACT) if incident.contact_sealed else None


def done_about(uow: UnitOfWork, incident: Incident) -> str:
    """What else was said about what was done; empty when nothing was."""
    return uow.keyring.open(incident.done_sealed, field=_DONE) if incident.done_sealed else ""


def take(uow: UnitOfWork, incident_id: UUID, *, account_id: UUID) -> Incident:
    """This colleague looks into it. Raises :class:`NotFound` and :class:`ImpossibleStep`."""
    incident = _held(uow, incident_id)
    incident.state = after(IncidentState(incident.state), IncidentStep.TAKE)
    incident.taken_by_id = account_id
    incident.taken_at = incident.taken_at or uow.now
    return incident


def set_urgent(uow: UnitOfWork, incident_id: UUID, *, urgent: bool) -> Incident:
    """It can, or cannot, wait; it is due accordingly. Raises as :func:`take`."""
    incident = _held(uow, incident_id)
    if incident.state == IncidentState.CLOSED:
        raise ImpossibleStep("A colleague closed this already.")
    incident.is_urgent = urgent
    incident.due_at = incident.opened_at + looked_at_within(urgent=urgent)
    return incident


def close(uow: UnitOfWork, incident_id: UUID, *, outcome: str, words: str = "", account_id: UUID) -> Incident:
    """Say what was done; whoever wanted to hear of it is told. Raises as :func:`take`, and InvalidValue."""
    try:
        done = Outcome(outcome)
    except ValueError:
        raise InvalidValue("Choose what was done.", field="outcome") from None
    said = clean_words(words, longest=LONGEST_DONE, field="done")
    incident = _held(uow, incident_id)
    incident.state = after(IncidentState(incident.state), IncidentStep.CLOSE)
    incident.outcome = done
    incident.done_sealed = uow.keyring.seal(said, field=_DONE) if said else None
    incident.closed_at = uow.now
    incident.taken_by_id = account_id
    incident.taken_at = incident.taken_at or uow.now
    uow.record(IncidentClosed(incident.id))
    return incident


def forget_old(uow: UnitOfWork) -> None:
    """Delete what was closed longer ago than introductions are kept."""
    uow.session.execute(
        delete(Incident).where(Incident.state == IncidentState.CLOSED, Incident.closed_at <= uow.now - KEPT)
    )


def _held(uow: UnitOfWork, incident_id: UUID) -> Incident:
    incident = uow.session.get(Incident, incident_id, with_for_update=True, populate_existing=True)
    if incident is None:
        raise NotFound("This report is not there any more.")
    return incident


def _number(uow: UnitOfWork) -> int:
    while True:
        number = 100_000 + secrets.randbelow(900_000)
        if not is_number_taken(uow.session, number):
            return number


def _contact(told: Report) -> tuple[str | None, str | None]:
    """Channel and contact of a visitor who wants to hear of it; nothing for anybody else."""
    if told.channel not in BY_PHONE_OR_MAIL:
        return None, None
    clean = clean_email if told.channel == Channel.EMAIL else clean_phone
    return told.channel, clean(told.contact, field=f"contact_{told.channel}")
