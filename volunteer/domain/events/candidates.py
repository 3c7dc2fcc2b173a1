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


@dataclass(frozen=True, slots=True)
class CandidateErased(Event):
    """A file is gone, with everything that hung on it. Nothing is left for a reaction to read."""

    candidate_id: UUID


@dataclass(frozen=True, slots=True)
class CandidateFellSilent(Event):
    """Nobody opened this file for a year: its person is asked whether it may stay."""

    candidate_id: UUID


@dataclass(frozen=True, slots=True)
class FilesMerged(Event):
    """Two files were of one person and are one now; the id of the old one leads to the other."""

    candidate_id: UUID
    old_id: UUID
