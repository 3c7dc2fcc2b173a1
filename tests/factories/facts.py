"""Roles and people for tests of the engine: everything unknown unless it is said."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from volunteer.domain.access import Strength
from volunteer.domain.availability import Availability
from volunteer.domain.matching_facts import PersonFacts, RoleFacts

TODAY = date(2027, 3, 1)
"""A Monday."""
MUNTPUNT = (50.8494, 4.3541)


def a_role(**facts: Any) -> RoleFacts:
    """Return an open role; ``times`` may be given as text."""
    if isinstance(facts.get("times"), str):
        facts["times"] = Availability.parse(facts["times"])
    facts.setdefault("opportunity_id", uuid4())
    facts.setdefault("organisation_id", uuid4())
    return RoleFacts(**facts)


def a_person(*, must: tuple[str, ...] = (), nice: tuple[str, ...] = (), **facts: Any) -> PersonFacts:
    """Return a person with these needs; ``times`` may be given as text."""
    if isinstance(facts.get("times"), str):
        facts["times"] = Availability.parse(facts["times"])
    facts.setdefault("candidate_id", uuid4())
    needs = dict.fromkeys(nice, Strength.NICE) | dict.fromkeys(must, Strength.MUST)
    return PersonFacts(needs=needs, **facts)


def an_identifier(number: int) -> UUID:
    """Return a stable id that sorts by its number."""
    return UUID(int=number)
