"""What the engine is told about a role and about a person: facts, no rows and no names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from volunteer.domain.access import Answer, Strength
from volunteer.domain.availability import UNKNOWN, Availability
from volunteer.domain.commitment import Commitment
from volunteer.domain.interests import Interests


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFacts:
    """One volunteer role. Whatever is empty or ``None`` is unknown, unless said otherwise."""

    opportunity_id: UUID
    organisation_id: UUID
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """Effective answers, after inheritance; before the rules that remote work and extracts imply."""
    languages_needed: Mapping[str, int] = field(default_factory=dict)
    """Lowest level that will do, by language; empty means that none is needed."""
    languages_spoken: frozenset[str] = frozenset()
    """What the team speaks."""
    times: Availability = UNKNOWN
    starts_on: date | None = None
    ends_on: date | None = None
    """The last day, included; ``None`` means that it goes on."""
    position: tuple[float, float] | None = None
    """(latitude, longitude) in degrees."""
    district: str | None = None
    """Code of the district it lies in; of the municipality where no district is known."""
    commitment: Commitment | None = None
    tasks: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    wanted: int | None = None
    """How many people; ``None`` means as many as come."""
    taken: int = 0
    answer_days: float | None = None
    """Median days in which the organisation answers somebody who wants to meet it."""
    is_open: bool = True
    is_remote: bool = False
    extract_required: bool = False
    """The law asks an extract from the criminal records (596.2) for this work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """One candidate whose file they confirmed themselves. Whatever is empty or ``None`` is unknown."""

    candidate_id: UUID
    needs: Mapping[str, Strength] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    """Level 0 to 4 by language; a language that is missing is unknown, not zero."""
    times: Availability = UNKNOWN
    position: tuple[float, float] | None = None
    """(latitude, longitude) in degrees."""
    district: str | None = None
    """Code of the district they live in; of the municipality where no district is known."""
    travel_minutes: int | None = None
    """How long they want to be on their way at most."""
    commitments: frozenset[Commitment] = frozenset()
    """What they would like, each as good as another."""
    interests: Interests = field(default_factory=Interests)
    unwanted_tasks: frozenset[str] = frozenset()
    """Tasks they would rather not do; none of their interests."""
    refused: frozenset[UUID] = frozenset()
    """Opportunities this person does not want to see again."""
