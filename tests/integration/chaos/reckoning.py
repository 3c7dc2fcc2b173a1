"""Afterwards: was everything done, and nothing twice?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.chaos.load import Load
from tests.patience import eventually
from volunteer.bootstrap import Core
from volunteer.domain.events.candidates import CandidateEnrolled
from volunteer.handlers.registry import HANDLERS
from volunteer.models import (
    Candidate,
    Consent,
    Delivery,
    Message,
    NeedReading,
    OutboxEvent,
    Suggestion,
    SuggestionList,
)
from volunteer.queries.deliveries import unfinished_count

CONSENTS_EACH = 3
PATIENCE_SECONDS = 120.0
"""A lease, its pauses, and a busy machine."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person and the event that says so."""

    candidate_id: UUID
    event_id: UUID


def everything_is_done(core: Core) -> None:
    """Wait until no event and no delivery is on its way any more."""

    def nothing_is_left() -> bool:
        with core.units.read() as uow:
            return unfinished_count(uow.session) == 0

    eventually(nothing_is_left, seconds=PATIENCE_SECONDS, what="the end of all work")


def all_is_there_once(core: Core, load: Load, *, with_mails: bool = True) -> None:
    """Check every row that belongs to the people of ``load``, who are the only ones in the database.

    With ``with_mails`` the folder of mails is checked, too.
    """
    with core.units.read() as uow:
        people = _people(uow.session, load)
        enrolments = _enrolments(uow.session, people)
        _each_has_one_list(uow.session, enrolments)
        _each_handler_is_done_once(uow.session)
        _each_was_told_once(uow.session, people)
        messages = {str(each) for each in uow.session.scalars(select(Message.id))}
    if with_mails:
        assert {path.stem for path in core.settings.mail_folder.iterdir()} == messages


def _people(session: Session, load: Load) -> set[UUID]:
    """Whoever was acknowledged is there, whole; whoever was refused may be, for the answer can get lost."""
    found = {name: each for each, name in session.execute(select(Candidate.id, Candidate.external_id))}
    assert found.keys() >= set(load.acknowledged), "what was acknowledged is lost"
    assert found.keys() <= set(load.acknowledged) | set(load.refused)
    people = set(found.values())
    consents = Counter(session.scalars(select(Consent.candidate_id)))
    assert consents == dict.fromkeys(people, CONSENTS_EACH), "somebody is there by half"
    return people


def _enrolments(session: Session, people: set[UUID]) -> list[Enrolment]:
    events = session.execute(
        select(OutboxEvent.id, OutboxEvent.payload).where(OutboxEvent.type == CandidateEnrolled.type)
    )
    enrolments = [Enrolment(UUID(payload["candidate_id"]), event_id) for event_id, payload in events]
    assert Counter(each.candidate_id for each in enrolments) == dict.fromkeys(people, 1)
    return enrolments


def _each_has_one_list(session: Session, enrolments: list[Enrolment]) -> None:
    lists = session.execute(select(SuggestionList.candidate_id, SuggestionList.event_id))
    made = Counter(Enrolment(*each) for each in lists)
    assert made == dict.fromkeys(enrolments, 1), "each enrolment has exactly one list"
    # Figures of the day and a look every morning open needs, too: what counts here is the list.
    for_a_list = select(NeedReading.candidate_id).where(
        NeedReading.reader == "engine", NeedReading.purpose == "match"
    )
    readings = Counter(session.scalars(for_a_list))
    people = [each.candidate_id for each in enrolments]
    assert readings == dict.fromkeys(people, 1), "the effect happened exactly once"
    assert set(session.scalars(select(Suggestion.candidate_id).distinct())) == set(people)


def _each_handler_is_done_once(session: Session) -> None:
    owed = {
        (event_id, handler.name)
        for event_id, kind in session.execute(select(OutboxEvent.id, OutboxEvent.type))
        for handler in HANDLERS
        if handler.event.type == kind
    }
    deliveries = session.execute(select(Delivery.event_id, Delivery.handler, Delivery.state)).all()
    assert Counter((event, handler) for event, handler, _ in deliveries) == dict.fromkeys(owed, 1)
    assert {state for *_, state in deliveries} == {"done"}


def _each_was_told_once(session: Session, people: set[UUID]) -> None:
    told = session.execute(select(Message.recipient_id, Message.state))
    assert Counter((person, state) for person, state in told) == dict.fromkeys(
        ((person, "sent") for person in people), 1
    )
