"""The fourth column: what is reported, and what only a human can confirm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from volunteer.models import Candidate, Incident
from volunteer.queries.desk import pending_files
from volunteer.queries.devices import waiting_devices
from volunteer.queries.incidents import open_incidents
from volunteer.queries.people import PossibleDuplicate, possible_duplicates
from volunteer.queries.remarks import to_read
from volunteer.services import incidents, replies
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_ago, spoken_day
from volunteer.web.desk.reached import Person, Reached, person, team
from volunteer.web.desk.remarks import row_of as remark_row
from volunteer.web.desk.rows import MOST_SHOWN, Column, Row, first_of
from volunteer.web.desk.written_back import written_back
from volunteer.web.found_people import PersonRow, person_row
from volunteer.web.incident_words import outcomes, said_as
from volunteer.web.language import gettext as _
from volunteer.web.language import ngettext

PENDING_LATE_WITHIN = timedelta(days=3)
DOUBLES_SHOWN = 5
"""Those with the same contact come first; when they are sorted out, the next ones follow."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody said is not right, opened."""

    number: int
    story: str
    place: str
    who: str
    """In which role it was said."""
    contact: str | None
    wants_answer: bool
    """Whoever reported it is told when it is closed."""
    urgent: bool
    is_new: bool
    due: str
    role: str
    organisation_id: UUID | None
    organisation: str
    is_suspended: bool
    reached: Reached
    outcomes: list[tuple[str, str]]


def to_look_at(uow: UnitOfWork) -> Column:
    """Reports first, the urgent ones on top; then what people wrote back, and who waits to be confirmed."""
    replied = replies.unread(uow, limit=MOST_SHOWN + 1)
    devices = waiting_devices(uow.session, now=uow.now, limit=MOST_SHOWN + 1)
    pending = pending_files(uow.session, limit=MOST_SHOWN + 1)
    written = to_read(uow.session, limit=MOST_SHOWN + 1)
    return Column(
        [
            *(_report(uow, incident) for incident in open_incidents(uow.session)),
            *written_back(uow, first_of(replied)),
            *(remark_row(uow, each) for each in first_of(written)),
            *(_device(uow, device.id, device.asked_at, candidate) for device, candidate in first_of(devices)),
            *(_pending(uow, candidate) for candidate in first_of(pending)),
            *(_double(uow, pair) for pair in possible_duplicates(uow.session, now=uow.now)[:DOUBLES_SHOWN]),
        ],
        has_more=max(len(replied), len(written), len(devices), len(pending)) > MOST_SHOWN,
    )


def _report(uow: UnitOfWork, incident: Incident) -> Row:
    seen, organisation = incidents.opened(uow, incident), incident.organisation
    is_late = incident.is_urgent or incident.due_at < uow.now
    return Row(
        kind="reports",
        id=incident.id,
        name=_("Urgent: something is not right") if incident.is_urgent else _("Something is not right"),
        age=_age(uow, incident),
        why=_about(incident),
        icon="alert-triangle" if is_late else "message-report",
        late=is_late,
        detail=Reported(
            number=incident.number,
            story=seen.story,
            place=seen.place,
            who=said_as()[incident.said_as],
            contact=seen.contact,
            wants_answer=bool(incident.candidate_id or incident.reporter_id or incident.channel),
            urgent=incident.is_urgent,
            is_new=incident.state == "new",
            due=spoken_day(incident.due_at),
            role=incident.opportunity.title if incident.opportunity else "",
            organisation_id=organisation.id if organisation else None,
            organisation=organisation.name if organisation else "",
            is_suspended=organisation is not None and organisation.suspended_at is not None,
            reached=team(uow, organisation) if organisation else Reached(),
            outcomes=list(outcomes(_).items()),
        ),
    )


def _age(uow: UnitOfWork, incident: Incident) -> str:
    if incident.due_at < uow.now:
        return _("too late")
    if incident.state == "new":
        return _("new")
    if incident.taken_by is not None:
        return _("with %(name)s", name=incident.taken_by.name)
    return spoken_ago(incident.opened_at, uow.now)


def _about(incident: Incident) -> str:
    if incident.organisation is not None:
        return _(
            "Report %(number)s about %(organisation)s.",
            number=incident.number,
            organisation=incident.organisation.name,
        )
    return _("Report %(number)s.", number=incident.number)


def _device(uow: UnitOfWork, device_id: UUID, asked_at: datetime, candidate: Candidate) -> Row:
    return Row(
        kind="devices",
        id=device_id,
        name=candidate.first_name,
        age=spoken_ago(asked_at, uow.now),
        why=_("Opened their file on a new device. Is it really them?"),
        icon="device-mobile-message",
        detail=person(uow, candidate),
    )


def _pending(uow: UnitOfWork, candidate: Candidate) -> Row:
    left = (candidate.expires_at or uow.now) - uow.now
    return Row(
        kind="pending",
        id=candidate.id,
        name=candidate.first_name,
        age=ngettext("%(num)d day left", "%(num)d days left", max(left.days, 0)),
        why=_("Waits for their own yes. Then the file disappears."),
        icon="hourglass",
        late=left < PENDING_LATE_WITHIN,
        detail=person(uow, candidate),
    )


@dataclass(frozen=True, slots=True)
class Double:
    """Two files that are perhaps of one person, each with what tells it from the other."""

    newer: Person
    older: Person
    newer_row: PersonRow
    older_row: PersonRow


def _double(uow: UnitOfWork, pair: PossibleDuplicate) -> Row:
    newer = uow.session.get_one(Candidate, pair.newer_id)
    older = uow.session.get_one(Candidate, pair.older_id)
    rows = person_row(uow, newer), person_row(uow, older)
    return Row(
        kind="doubles",
        id=pair.newer_id,
        name=_("Perhaps double"),
        age=spoken_ago(pair.since, uow.now),
        why=_alike(pair, rows),
        icon="users",
        detail=Double(person(uow, newer), person(uow, older), *rows),
    )


def _alike(pair: PossibleDuplicate, rows: tuple[PersonRow, PersonRow]) -> str:
    names = dict(zip(("one", "other"), map(_told_apart, rows), strict=True))
    if pair.same_contact:
        return _("%(one)s and %(other)s: the same number or address.", **names)
    return _("%(one)s and %(other)s: names that sound alike, in the same place.", **names)


def _told_apart(row: PersonRow) -> str:
    """A name with the number of its card; without a card, with the day its person was last seen."""
    # A number is not broken at the end of a line.
    card = row.card.replace("-", "\u2060-\u2060") if row.card else None
    return f"{row.name} ({card or row.seen})"
