"""What is going on in the demo city: people who asked to meet an organisation, by the real use cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from volunteer.domain.candidates import SignUp
from volunteer.domain.consent import GivenHow
from volunteer.domain.interests import parse_tasks
from volunteer.matching.catalogue import Catalogue
from volunteer.models import Candidate, Consent, Introduction
from volunteer.services import introductions, suggestions
from volunteer.services.demo_city.files import Entry
from volunteer.unit_of_work import UnitOfWork

Enrolled = tuple[SignUp, Candidate]


def load(
    uow: UnitOfWork, entries: Iterable[Entry], enrolled: Sequence[Enrolled], *, roles: dict[str, Entry]
) -> None:
    """Let one person ask for each entry: the first who could have written it and to whom it is suggested.

    ``roles`` are the entries of the roles by their ``external_id``. An entry that suits nobody is left out.
    """
    catalogue = Catalogue()
    busy: set[UUID] = set()
    for entry in entries:
        for candidate in _who_could(entry, enrolled, roles[entry["role"]]):
            if candidate.id not in busy and _ask(uow, candidate, entry, catalogue):
                busy.add(candidate.id)
                break


def _who_could(entry: Entry, enrolled: Iterable[Enrolled], role: Entry) -> Iterator[Candidate]:
    """Those who speak like this, are reached like this, need this, and like what the role is about."""
    tasks = parse_tasks(role["tasks"])
    for person, candidate in enrolled:
        if (
            person.language == entry["language"]
            and person.channel in entry.get("channels", [person.channel])
            and (person.needs.keys() >= set(entry["needs"]) if entry["needs"] else not person.needs)
            and tasks & (person.interests.can | person.interests.want)
        ):
            yield candidate


def _ask(uow: UnitOfWork, candidate: Candidate, entry: Entry, catalogue: Catalogue) -> bool:
    """Make their list, and ask for this role when it is on it with exactly the questions that are wanted."""
    # No event asked for this list: the one of their enrolment still makes its own.
    suggestions.make(uow, candidate.id, event_id=uuid4(), catalogue=catalogue)
    for shown in suggestions.current(uow, candidate.id) or ():
        opportunity = shown.suggestion.opportunity
        if opportunity.external_id == entry["role"] and sorted(shown.match.questions) == entry["asks"]:
            asked = introductions.request(uow, candidate, shown.suggestion.id, _choice(entry))
            if "reply" in entry:
                introductions.accept(uow, asked.organisation_id, asked.id, words=entry["reply"])
            _mark(uow, asked, timedelta(hours=entry["hours_ago"]))
            return True
    return False


def _choice(entry: Entry) -> introductions.Choice:
    return introductions.Choice(
        contact=entry.get("shares_contact", False),
        needs=frozenset(entry.get("shares_needs", ())),
        words=entry["words"],
    )


def _mark(uow: UnitOfWork, introduction: Introduction, age: timedelta) -> None:
    """Date it back, with the file it came from, and say that these consents are of the demo."""
    moment = uow.now - age
    introduction.asked_at = moment
    if introduction.sent_at is not None:
        introduction.sent_at = moment
    candidate = introduction.candidate
    candidate.created_at = candidate.confirmed_at = moment
    for consent in uow.session.scalars(select(Consent).where(Consent.candidate_id == candidate.id)):
        consent.given_how, consent.given_at = GivenHow.DEMO, moment
