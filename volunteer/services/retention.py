"""What is kept no longer than it must be: everything here is a date in a row and a tick that looks at it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time

from sqlalchemy import delete

from volunteer.domain.events.candidates import CandidateFellSilent
from volunteer.domain.messages import MessageKind
from volunteer.domain.retention import (
    FORMER_CONTACTS_LAST,
    GRACE_MONTHS,
    KEPT_MONTHS,
    SILENT_MONTHS,
    ErasureAsked,
    months_before,
)
from volunteer.models import Candidate, GatheringParty, Introduction, MarketVisitor, Message, NeedReading
from volunteer.queries import retention as queries
from volunteer.queries.gatherings import over_before
from volunteer.queries.market_visitors import of_markets_over
from volunteer.services import deeds, erasure, former_contacts, messages
from volunteer.unit_of_work import UnitOfWork, UnitsOfWork

_AT_ONCE = 50
"""People in one transaction: short, because on SQLite nobody else writes meanwhile."""


def note_visit(uow: UnitOfWork, candidate: Candidate) -> None:
    """The person was here today: whatever was asked about their silence is answered."""
    candidate.seen_on = uow.today
    candidate.asked_on = None


def is_due(uow: UnitOfWork) -> bool:
    """Whether anybody is to be asked or erased, or anything ended long enough ago."""
    return bool(
        _silent(uow, limit=1, hold=False)
        or _unheard(uow, limit=1, hold=False)
        or queries.anything_ended(
            uow.session, before=_months_ago(uow, KEPT_MONTHS), replaced=uow.now - FORMER_CONTACTS_LAST
        )
    )


def keep_no_longer(units: UnitsOfWork, *, people_at_once: int = _AT_ONCE) -> None:
    """Do everything that is due, a few people at a time; harmless to repeat and to interrupt."""
    for step in (ask_silent, erase_unheard):
        while _some(units, step, people_at_once) == people_at_once:
            pass
    with units.write() as uow:
        forget_ended(uow)


def ask_silent(uow: UnitOfWork, limit: int) -> int:
    """Ask people who were not seen for a year whether their file may stay; returns how many."""
    found = _silent(uow, limit=limit)
    for candidate in found:
        candidate.asked_on = uow.today
        messages.tell_candidate(
            uow,
            candidate,
            MessageKind.KEEP_FILE,
            about_id=candidate.id,
            cause_id=uow.record(CandidateFellSilent(candidate.id)),
        )
    return len(found)


def erase_unheard(uow: UnitOfWork, limit: int) -> int:
    """Erase the files of people who were asked a month ago and did not react; returns how many."""
    found = _unheard(uow, limit=limit)
    for candidate in found:
        erasure.erase(uow, candidate, asked_by=ErasureAsked.SILENCE)
    return len(found)


def forget_ended(uow: UnitOfWork) -> None:
    """Erase what ended two years ago: introductions, who came to gatherings and markets, readings of needs,
    messages, deeds of the desk. Old contacts go sooner.
    """
    ended = _months_ago(uow, KEPT_MONTHS)
    uow.session.execute(delete(Introduction).where(queries.ended_before(ended)))
    uow.session.execute(delete(GatheringParty).where(over_before(ended)))
    uow.session.execute(delete(MarketVisitor).where(of_markets_over(ended)))
    uow.session.execute(delete(NeedReading).where(NeedReading.read_at < ended))
    uow.session.execute(delete(Message).where(Message.finished_at < ended))
    deeds.forget_before(uow, ended)
    former_contacts.forget_old(uow)


def _silent(uow: UnitOfWork, *, limit: int, hold: bool = True) -> Sequence[Candidate]:
    return queries.silent_people(
        uow.session,
        seen_by=months_before(uow.today, SILENT_MONTHS),
        opened_before=_months_ago(uow, SILENT_MONTHS),
        limit=limit,
        hold=hold,
    )


def _unheard(uow: UnitOfWork, *, limit: int, hold: bool = True) -> Sequence[Candidate]:
    asked_by = months_before(uow.today, GRACE_MONTHS)
    return queries.who_did_not_react(uow.session, asked_by=asked_by, limit=limit, hold=hold)


def _months_ago(uow: UnitOfWork, months: int) -> datetime:
    """The moment when that day began for the people of this centre."""
    return datetime.combine(months_before(uow.today, months), time.min, tzinfo=uow.zone)


def _some(units: UnitsOfWork, step: Callable[[UnitOfWork, int], int], limit: int) -> int:
    with units.write() as uow:
        return step(uow, limit)
