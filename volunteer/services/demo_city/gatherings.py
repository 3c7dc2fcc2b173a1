"""What the centre of the demo city holds: a workshop with room, a full one, a training, and more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from volunteer.domain.accounts import SEEING, SUPPORTING
from volunteer.domain.candidates import Channel
from volunteer.domain.consent import GivenHow
from volunteer.domain.gathering_seats import SeatState
from volunteer.domain.gatherings import Details, GatheringKind, PartyKind
from volunteer.models import Candidate, Gathering, GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.queries.accounts import members_of
from volunteer.services import gathering_seats, gathering_sign_ups, gatherings
from volunteer.services.demo_city.files import Entry
from volunteer.services.demo_city.offer import City
from volunteer.unit_of_work import UnitOfWork

_CODES = ("languages", "interpreters", "access", "expertise_offered", "expertise_asked")
_WORDS = ("venue_name", "street", "postal_code", "municipality", "online_url")
_CLOSED = frozenset({6, 0})
"""Sunday and Monday: the house is closed."""
_NOT_WORKED = _CLOSED | {5}
"""Who comes for their work does not come on a Saturday either."""


def load(
    uow: UnitOfWork, entries: Sequence[Entry], people: Sequence[Candidate], *, city: City, colleague_id: UUID
) -> None:
    """Publish each, and let people sign up without telling anybody: nobody is there to hear it."""
    for entry in entries:
        details = _details(uow, entry)
        gathering = gatherings.make(uow, details, account_id=colleague_id)
        gathering.is_demo = True
        uow.session.flush()
        gatherings.publish(uow, gathering.id)
        for party in _parties(uow, entry, people, city):
            party.gathering_id = gathering.id
            gathering_seats.sit_down(uow, gathering, party)
        if entry["days_ahead"] < 0:
            _date_back(uow, gathering, entry)


def _details(uow: UnitOfWork, entry: Entry) -> Details:
    # What was already is made as if it were to come, and dated back.
    kind = GatheringKind(entry["kind"])
    is_for_work = kind is not GatheringKind.CANDIDATE_WORKSHOP
    closed = _NOT_WORKED if is_for_work else _CLOSED
    starts_at = _at(uow, max(abs(entry["days_ahead"]), 1), entry["starts"], closed)
    codes: dict[str, Any] = {name: frozenset(entry.get(name, ())) for name in _CODES}
    words: dict[str, Any] = {name: entry[name] for name in _WORDS if name in entry}
    return Details(
        kind=kind,
        texts=entry["texts"],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=entry["hours"]),
        seats=entry["seats"],
        **codes,
        **words,
    )


def _at(uow: UnitOfWork, days: int, hour: int, closed: Collection[int] = _CLOSED) -> datetime:
    day = uow.today + timedelta(days=days)
    while day.weekday() in closed:
        day += timedelta(days=1)
    return datetime.combine(day, time(hour), tzinfo=uow.zone)


def _parties(
    uow: UnitOfWork, entry: Entry, people: Sequence[Candidate], city: City
) -> Iterator[GatheringParty]:
    for number in entry["people"]:
        person = people[number]
        yield new_party(uow, PartyKind.CANDIDATE, person.language, candidate_id=person.id)
    for kind, roles, several in (
        (PartyKind.GROUP, SUPPORTING, entry.get("group")),
        (PartyKind.TEAM, SEEING, entry.get("team")),
    ):
        if several is not None:
            organisation = city.organisations[several["organisation"]]
            account = members_of(uow.session, organisation.id, roles=roles)[0]
            party = new_party(
                uow, kind, account.language, account_id=account.id, organisation_id=organisation.id
            )
            party.size, party.companions = several["size"], several.get("companions", 0)
            party.languages = several.get("languages", [])
            yield party
    for name in entry["visitors"]:
        party = new_party(uow, PartyKind.VISITOR, "nl")
        contact = f"{name.lower()}@bezoek.example"
        gathering_sign_ups.seal_visitor(uow, party, name, Channel.EMAIL, contact)
        yield party


def new_party(uow: UnitOfWork, kind: PartyKind, language: str, **who: UUID) -> GatheringParty:
    """One who signs up, of whom nothing more was asked."""
    return GatheringParty(
        id=uuid4(),
        kind=kind,
        size=1,
        companions=0,
        languages=[],
        expertise=[],
        language=language,
        given_how=GivenHow.DEMO,
        signed_up_at=uow.now,
        **who,
    )


def _date_back(uow: UnitOfWork, gathering: Gathering, entry: Entry) -> None:
    uow.session.flush()
    back = gathering.starts_at - _at(uow, entry["days_ahead"], entry["starts"])
    for name in ("starts_at", "ends_at", "signup_closes_at"):
        setattr(gathering, name, getattr(gathering, name) - back)
    gathering.made_at, gathering.published_at = gathering.made_at - back, uow.now - back
    gathering.remind_at = gathering.follow_at = None
    for party in queries.parties_of(uow.session, gathering.id):
        party.signed_up_at -= back
        party.attended = int(party.number <= entry["came"]) if party.state == SeatState.IN else None
