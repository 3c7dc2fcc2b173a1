"""Answers that a support worker passed on, as the desk hears of one that is not right."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.support import ANSWERS, EntryKind
from volunteer.models import Candidate, SupportEntry
from volunteer.queries.support_links import journal_of
from volunteer.services import passed_answers
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.calendar_reply import said_moment
from volunteer.web.dates import spoken_day
from volunteer.web.deed_words import name_of
from volunteer.web.language import gettext as _
from volunteer.web.support_words import MOST_SHOWN, going_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """One answer of which the person can still say something."""

    id: UUID
    day: str
    by: str
    """Who passed it on; empty for somebody who left."""
    what: str
    detail: str
    """The time that was chosen, or how it goes."""
    can_undo: bool
    can_deny: bool


def passed_for(uow: UnitOfWork, candidate: Candidate) -> list[Passed]:
    """What can be undone for this person, or was not theirs; the newest first."""
    entries = journal_of(uow.session, candidate.id, limit=MOST_SHOWN)
    found = (_passed(uow, each) for each in entries if each.kind in ANSWERS)
    return [each for each in found if each.can_undo or each.can_deny]


def what_was_said(uow: UnitOfWork, entry: SupportEntry) -> str:
    """The time that was chosen, or what was said of how it goes."""
    if entry.chosen_at is not None:
        return said_moment(entry.chosen_at)
    return going_in_words(passed_answers.said_how(uow, entry))


def _passed(uow: UnitOfWork, entry: SupportEntry) -> Passed:
    state = passed_answers.state_of(uow, entry)
    words = {
        EntryKind.TIME_CHOSEN: _("A time was chosen"),
        EntryKind.TIME_REFUSED: _("No time suits them"),
        EntryKind.CANNOT_COME: _("They cannot come then"),
        EntryKind.TOLD_HOW: _("How it goes"),
    }
    return Passed(
        id=entry.id,
        day=spoken_day(entry.done_at),
        by=name_of(uow, entry.done_by),
        what=words[state.kind],
        detail=what_was_said(uow, entry),
        can_undo=state.can_be_undone(uow.now),
        can_deny=state.can_be_denied(uow.now),
    )
