"""What an answer or an arrangement would open, for every role and everybody, beside pair by pair."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from random import Random

from benchmarks.report import Row, row
from volunteer.domain.matching_facts import PersonFacts
from volunteer.evaluation.checker import verdict
from volunteer.evaluation.city import City, build
from volunteer.matching.crowd import Crowd
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.what_if import what_if

ROLES, PEOPLE = 10_000, 50_000
DIFFERENT = 2_000
"""So many different people are invented; everybody has the needs, languages and hours of one of them."""
PAIRS = 20_000


def measure() -> list[Row]:
    """Both. The pairs are some of all, and none of their answers is changed to see what it opens."""
    city = build(roles=ROLES, people=DIFFERENT, seed=3)
    snapshot = Snapshot.build(city.roles, "bench", today=city.today)
    crowd = Crowd.of(_everybody(city.people))
    began = time.perf_counter()
    found = what_if(snapshot, crowd, {})
    took = time.perf_counter() - began
    assert found.people == PEOPLE
    pairs = _seconds_a_pair(city) * ROLES * PEOPLE
    name = f"what if, {PEOPLE:,} people x {ROLES:,} roles"
    return [row(name, 1 / took, "times/s", baseline="pair by pair", baseline_value=1 / pairs)]


def _everybody(people: tuple[PersonFacts, ...]) -> Iterator[PersonFacts]:
    random = Random(1)
    mixed = random.sample(people, len(people))
    for needs, rest in islice(zip(cycle(people), cycle(mixed[1:]), strict=False), PEOPLE):
        yield replace(needs, languages=rest.languages, times=rest.times)


def _seconds_a_pair(city: City) -> float:
    random = Random(2)
    pairs = [(random.choice(city.people), random.choice(city.roles)) for _ in range(PAIRS)]
    began = time.perf_counter()
    for person, role in pairs:
        verdict(person, role, city.today)
    return (time.perf_counter() - began) / PAIRS
