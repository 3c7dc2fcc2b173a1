"""The organisations and roles of the demo city, written into the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from volunteer.domain.access import Answer
from volunteer.domain.availability import Availability
from volunteer.domain.commitment import Commitment
from volunteer.domain.interests import parse_sectors, parse_tasks
from volunteer.domain.languages import check_levels, parse_codes
from volunteer.domain.opportunities import Place, Posting, Scope
from volunteer.domain.organisations import LegalForm
from volunteer.domain.referrers import parse_publics
from volunteer.models import Organisation, Venue
from volunteer.services import access_answers, opportunities, organisations
from volunteer.services.demo_city.files import Entry
from volunteer.unit_of_work import UnitOfWork

SAID_BY = "demo"


@dataclass(slots=True)
class City:
    """What was loaded so far, by the ids of the files."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    venues: dict[str, list[Venue]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)


def load_organisations(uow: UnitOfWork, entries: Iterable[Entry], *, are_referrers: bool, city: City) -> None:
    """Add organisations with their venues and what they say about access."""
    for entry in entries:
        organisation = organisations.add(
            uow, entry["name"], language=entry["language"], external_id=entry["external_id"]
        )
        organisation.sectors = sorted(parse_sectors(entry["sectors"]))
        organisation.contact_name = entry.get("contact_name")
        organisation.is_referrer = are_referrers
        organisation.seeks_volunteers = not are_referrers
        organisation.publics = sorted(parse_publics(entry["publics"])) if are_referrers else []
        organisation.activity = organisation.aim = entry.get("aim")
        organisation.legal_form = LegalForm.LEGAL_PERSON
        organisation.is_demo = True
        organisations.set_email(uow, organisation, entry.get("email"))
        organisations.set_phone(uow, organisation, entry.get("phone"))
        uow.session.flush()
        _say(uow, entry, organisation.id, Scope.ORGANISATION, organisation.id)
        city.organisations[entry["external_id"]] = organisation
        city.entries[entry["external_id"]] = entry
        city.venues[entry["external_id"]] = [
            _venue(uow, each, organisation.id) for each in entry.get("venue", [])
        ]


def load_roles(uow: UnitOfWork, entries: Sequence[Entry], *, city: City) -> None:
    """Add open roles, without saying so one by one. Raises :class:`InvalidValue`."""
    today = uow.today
    for entry in entries:
        organisation = city.organisations[entry["organisation"]]
        role = opportunities.add(
            uow,
            _posting(entry, city=city, today=today),
            organisation_id=organisation.id,
            said_by=SAID_BY,
        )
        role.is_demo = True


def _venue(uow: UnitOfWork, entry: Entry, organisation_id: UUID) -> Venue:
    venue = organisations.venue_at(uow, organisation_id, _place(entry))
    if venue is None:
        raise ValueError("a venue of the demo city has no address")
    venue.getting_there = entry.get("getting_there")
    uow.session.flush()
    _say(uow, entry, organisation_id, Scope.VENUE, venue.id)
    return venue


def _say(uow: UnitOfWork, entry: Entry, organisation_id: UUID, scope: Scope, scope_id: UUID) -> None:
    access_answers.record(
        uow,
        _answers(entry),
        organisation_id=organisation_id,
        scope=scope,
        scope_id=scope_id,
        said_by=SAID_BY,
    )


def _answers(entry: Entry) -> dict[str, Answer]:
    return {code: Answer(answer) for code, answer in entry.get("access", {}).items()}


def _place(entry: Entry) -> Place:
    keys = ("street", "postal_code", "municipality", "latitude", "longitude")
    return Place(**{key: entry[key] for key in keys})


def _posting(entry: Entry, *, city: City, today: date) -> Posting:
    host = city.entries[entry["organisation"]]
    venue = host["venue"][entry["venue"]] if "venue" in entry else None
    return Posting(
        external_id=entry["external_id"],
        title=entry["title"],
        description=entry["description"],
        language=entry["language"],
        tasks=parse_tasks(entry["tasks"]),
        sectors=parse_sectors(entry["sectors"]),
        wanted=entry["wanted"],
        starts_on=_day(entry.get("starts_in_days"), today),
        ends_on=_day(entry.get("ends_in_days"), today),
        commitment=Commitment(entry["commitment"]) if "commitment" in entry else None,
        times=Availability.parse(entry.get("times", "")),
        languages_needed=check_levels(entry.get("languages", {})),
        languages_spoken=parse_codes(entry.get("languages_spoken") or host["team_languages"]),
        place=_place(venue) if venue else Place(),
        access=_answers(entry),
        contact_name=entry.get("contact_name", host.get("contact_name")),
        getting_there=entry.get("getting_there", venue.get("getting_there") if venue else None),
        is_remote=entry.get("remote", False),
        extract_required=entry.get("extract_required", False),
    )


def _day(days: int | None, today: date) -> date | None:
    return None if days is None else today + timedelta(days=days)
