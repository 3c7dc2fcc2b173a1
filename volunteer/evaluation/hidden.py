"""What nobody told the engine: how things really are, in an invented world.

Facts are what people and organisations said. Here is what would come true: the tasks somebody really
enjoys, the hours they really keep, the doors that really open. Only the truth may look at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from volunteer.domain.access import Answer
from volunteer.domain.availability import Availability
from volunteer.domain.commitment import Commitment

ATMOSPHERE = ("lively", "together", "free", "with hands", "playful", "new faces")
"""What each number of a taste and of an atmosphere is about, from -1 (the opposite) to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenRole:
    """One role as somebody finds it who goes there."""

    answers: Mapping[str, Answer]
    """How it really is, for every feature that organisations are asked about."""
    languages: frozenset[str]
    """What the team really speaks."""
    times: Availability
    """When the work really is; never unknown."""
    commitment: Commitment
    atmosphere: tuple[float, ...]
    warmth: float
    """0 to 1: how well newcomers are received there."""
    answer_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenPerson:
    """One person as they would turn out to be."""

    liking: Mapping[str, float]
    """0 to 1 for every task."""
    skills: frozenset[str]
    """Tasks they can really do."""
    causes: Mapping[str, float]
    """0 to 1 for every sector."""
    levels: Mapping[str, int]
    """Level 0 to 4; a language that is missing is not spoken."""
    times: Availability
    """When they are really free; never unknown."""
    travel_minutes: float
    commitments: frozenset[Commitment]
    taste: tuple[float, ...]
    shyness: float
    """0 to 1: how much speaking a language badly keeps them back."""
    evening_reluctance: float
    """0 to 1: how little they like to come home late from far away."""
    patience_days: float
