"""Organisations of the demo city that joined by themselves: one waits for the desk, one was asked."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from volunteer.domain.interests import parse_sectors
from volunteer.domain.opportunities import Place
from volunteer.domain.organisations import Approval, EntryKind, Turn
from volunteer.queries import joining as queries
from volunteer.services import organisation_talk, organisations
from volunteer.services.demo_city.files import Entry
from volunteer.unit_of_work import UnitOfWork


def load(uow: UnitOfWork, joined: Entry, *, colleague_id: UUID) -> None:
    """Write them in, by the real use cases where there is one."""
    for entry in joined["newcomer"]:
        organisation = organisations.add(uow, entry["name"], language=entry["language"])
        organisation.is_demo = True
        organisation.created_at = uow.now - timedelta(days=entry["days_ago"])
        organisation.approval, organisation.approval_since = Approval.NEW, organisation.created_at
        organisation.had_yes = False
        organisation.legal_form, organisation.activity = entry["legal_form"], entry["activity"]
        organisation.sectors = sorted(parse_sectors(entry["sectors"]))
        organisation.contact_name = entry["person"]
        organisations.set_email(uow, organisation, entry["email"])
        uow.session.flush()
        organisations.venue_at(uow, organisation.id, Place(municipality=entry["municipality"]))
        organisation_talk.note(uow, organisation.id, EntryKind.JOINED, text=entry["activity"])
        if "question" in entry:
            organisation_talk.take(
                uow, organisation.id, Turn.ASK, words=entry["question"], account_id=colleague_id
            )
        uow.session.flush()
        for said in queries.entries_of(uow.session, organisation.id, frozenset(EntryKind)):
            said.happened_at = organisation.created_at
