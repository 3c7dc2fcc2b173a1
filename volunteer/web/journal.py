"""The journal a person can read: who opened what helps them, and each yes they gave or took back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from volunteer.models import Account, Candidate, NeedReading
from volunteer.queries.candidates import consents_of
from volunteer.queries.need_readings import readings_of
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.agreement_rows import ended, given, title_of
from volunteer.web.dates import spoken_day
from volunteer.web.language import gettext as _

MOST_SHOWN = 2000
"""So many readings are grouped on the page; what was taken along as a file holds them all."""
_ACCOUNT = "account:"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal."""

    day: str
    who: str
    why: str
    times: int


@dataclass(frozen=True, slots=True)
class Said:
    """One yes, with what became of it."""

    title: str
    given: str
    ended: str


def readings(uow: UnitOfWork, candidate: Candidate) -> list[Entry]:
    """Who opened what helps this person, day by day, the newest first; the same reader once a day."""
    days: Counter[tuple[date, str, str]] = Counter()
    for each in readings_of(uow.session, candidate.id, limit=MOST_SHOWN):
        days[_day(uow, each), _who(uow, each.reader), _why(each.purpose)] += 1
    return [Entry(spoken_day(day), who, why, times) for (day, who, why), times in days.items()]


def yeses(uow: UnitOfWork, candidate: Candidate) -> list[Said]:
    """Every yes this person ever gave, the newest first."""
    found = reversed(consents_of(uow.session, candidate.id))
    return [Said(title_of(uow, each.purpose), given(each), ended(each)) for each in found]


def _day(uow: UnitOfWork, reading: NeedReading) -> date:
    return reading.read_at.astimezone(uow.zone).date()


def _who(uow: UnitOfWork, reader: str) -> str:
    if reader in {"candidate", "person"}:
        return _("You")
    if not reader.startswith(_ACCOUNT):
        return _("Our computer")
    account = uow.session.get(Account, UUID(reader.removeprefix(_ACCOUNT)))
    if account is None:
        return _("Someone who is not here any more")
    organisations = [each.organisation.name for each in account.memberships if each.organisation]
    is_of_centre = any(each.organisation is None for each in account.memberships)
    return ", ".join([account.name, *([_("info desk")] if is_of_centre else organisations[:1])])


def _why(purpose: str) -> str:
    reasons = {
        "match": _("to find tasks for you"),
        "look_again": _("to look if something new suits you"),
        "market_timetable": _("to make your route at a market"),
        "explanation": _("to say why a task suits you"),
        "sharing": _("to ask what you want to share"),
        "look": _("to look at your answers"),
        "change": _("to change your answers"),
        "export": _("to take your data along"),
        "introduction": _("to see what you shared with them"),
        "learn": _("to learn what suits people"),
        "signal": _("to see why nothing suits you"),
        "merging": _("to make two files into one"),
        "import": _("to take over a list"),
        "what_if": _("to count what people need, without names"),
        "desk_conversation": _("to talk about it with you"),
        "suggestions": _("to show your tasks in another program"),
    }
    return reasons.get(purpose, _("to help you"))
