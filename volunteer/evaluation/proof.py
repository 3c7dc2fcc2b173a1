"""Going through everything that would be shown in a city, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from volunteer.domain.matching_facts import PersonFacts
from volunteer.evaluation.checker import Shown, violations
from volunteer.evaluation.city import City

KEPT = 20
"""So many violations are kept in words; all are counted."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What the checker found in everything shown to everybody."""

    people: int
    shown: int
    by_tier: Counter[str]
    violations: int
    examples: tuple[str, ...]


def prove(city: City, suggest: Callable[[PersonFacts], Iterable[Shown]]) -> Proof:
    """Return what is wrong with what ``suggest`` shows to each person of the city."""
    roles = {role.opportunity_id: role for role in city.roles}
    by_tier: Counter[str] = Counter()
    found = 0
    examples: list[str] = []
    for person in city.people:
        for shown in suggest(person):
            by_tier[str(shown.tier)] += 1
            wrong = violations(person, roles[shown.opportunity_id], shown, city.today)
            found += bool(wrong)
            examples.extend(wrong[: KEPT - len(examples)])
    return Proof(len(city.people), by_tier.total(), by_tier, found, tuple(examples))
