"""What happened to the timetable of a market, and to a meeting of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class TimetableAsked(Event):
    """Somebody, or the clock, asks for a new one."""

    timetable_id: UUID


@dataclass(frozen=True, slots=True)
class TimetablePublished(Event):
    """Its routes are those of everybody."""

    timetable_id: UUID


@dataclass(frozen=True, slots=True)
class InterestMutual(Event):
    """Both the visitor and the stand want to go on."""

    visit_id: UUID
