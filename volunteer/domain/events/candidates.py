"""What happened to candidates."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.events.event import Event


@dataclass(frozen=True, slots=True)
class CandidateEnrolled(Event):
    """A person confirmed their file: from here on they may be matched."""

    candidate_id: UUID


@dataclass(frozen=True, slots=True)
class CandidateChanged(Event):
    """A confirmed file was changed in something that matching looks at."""

    candidate_id: UUID
