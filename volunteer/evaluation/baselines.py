"""What others would show: by lot, the nearest, a search by words, and a mean as platforms compute it.

The first two choose among what passes our filter. The other two know of open and closed, and nothing of
access, languages that are needed, or hours: so do the sites they stand for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from volunteer.domain.availability import DAYS, PARTS, Availability
from volunteer.domain.commitment import STEPS
from volunteer.domain.interests import SECTORS, TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.matching_facts import PersonFacts
from volunteer.evaluation.invented_roles import KM_IN_A_DEGREE
from volunteer.evaluation.town import Town, searched_words
from volunteer.matching import tiers
from volunteer.matching.people import Person
from volunteer.matching.snapshot import Snapshot

Order = Callable[[int, Snapshot], list[int]]
"""Returns numbers of roles, best first, for the person with a number."""
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

RADIUS_KM = 10.0
IMPORTANCE: Mapping[str, float] = MappingProxyType(
    {"tasks": 3.0, "sectors": 2.0, "times": 2.0, "languages": 1.0, "commitments": 1.0, "distance": 2.0}
)
"""How the mean weighs its lists: an invented, sensible choice."""


def by_lot(town: Town) -> Order:
    """Return any of the roles that pass our filter."""

    def order(number: int, snapshot: Snapshot) -> list[int]:
        possible = _feasible(town, number, snapshot)
        chance = np.random.default_rng([town.world.seed, number])
        drawn: list[int] = chance.permutation(possible).tolist()
        return drawn

    return order


def nearest(town: Town) -> Order:
    """Return the nearest of the roles that pass our filter; where a place is not known, last."""

    def order(number: int, snapshot: Snapshot) -> list[int]:
        far = _kilometres(town, town.city.people[number])
        return sorted(_feasible(town, number, snapshot), key=lambda role: float(far[role]))

    return order


def keywords(town: Town) -> Order:
    """Return the roles whose text holds most of the words somebody looks for."""

    def order(number: int, snapshot: Snapshot) -> list[int]:
        person = town.city.people[number]
        looked_for = searched_words(person)
        hits = {
            role: len(looked_for & town.texts[role]) for role in _on_the_board(town, person, snapshot.today)
        }
        return sorted(hits, key=lambda role: (-hits[role], -role))

    return order


def gated_mean(town: Town) -> Order:
    """Return roles by a weighted mean over the lists both filled in; who fails the gate comes last.

    The gate: at least one task in common where both named any, and within the radius.
    """
    offered = _lists(town)

    def order(number: int, snapshot: Snapshot) -> list[int]:
        person = town.city.people[number]
        total, weight = np.zeros(len(town.city.roles)), np.zeros(len(town.city.roles))
        passes = np.ones(len(town.city.roles), dtype=np.bool_)
        for name, wanted in _wanted(person).items():
            both = offered[name].any(axis=1) & wanted.any()
            common = (offered[name] & wanted).sum(axis=1)
            least = np.minimum(offered[name].sum(axis=1), wanted.sum())
            total += np.where(both, IMPORTANCE[name] * common / np.maximum(1, least), 0.0)
            weight += np.where(both, IMPORTANCE[name], 0.0)
            passes &= ~both | (common > 0) if name == "tasks" else True
        far = _kilometres(town, person)
        known = np.isfinite(far)
        total += np.where(known, IMPORTANCE["distance"] * np.clip(1 - far / RADIUS_KM, 0, 1), 0.0)
        weight += np.where(known, IMPORTANCE["distance"], 0.0)
        passes &= ~known | (far <= RADIUS_KM)
        means = total / np.maximum(weight, 1e-9) - np.where(passes, 0.0, 1.0)
        board = _on_the_board(town, person, snapshot.today)
        return sorted(board, key=lambda role: (-float(means[role]), role))

    return order


def _feasible(town: Town, number: int, snapshot: Snapshot) -> list[int]:
    person = Person.of(town.city.people[number])
    possible = tiers.sort_into_tiers(snapshot, person).tiers != tiers.OUT
    rows = (snapshot.row_of[role.opportunity_id] for role in town.city.roles)
    return [role for role, row in enumerate(rows) if possible[row]]


def _on_the_board(town: Town, person: PersonFacts, today: date) -> list[int]:
    """What a site shows at all: open, not full, not over, not refused."""
    return [
        number
        for number, role in enumerate(town.city.roles)
        if role.is_open
        and (role.wanted is None or role.taken < role.wanted)
        and (role.ends_on is None or role.ends_on >= today)
        and role.opportunity_id not in person.refused
    ]


def _kilometres(town: Town, person: PersonFacts) -> Numbers:
    """Straight lines on a flat map, shape (N,): 0 from home, infinite where a place is not known."""
    roles = town.city.roles
    remote = np.array([role.is_remote for role in roles])
    if person.position is None:
        return np.where(remote, 0.0, np.inf)
    apart = np.array([role.position or (np.inf, np.inf) for role in roles]) - person.position
    apart[:, 1] *= math.cos(math.radians(person.position[0]))
    found: Numbers = np.where(remote, 0.0, KM_IN_A_DEGREE * np.hypot(apart[:, 0], apart[:, 1]))
    return found


def _lists(town: Town) -> Mapping[str, Flags]:
    roles = town.city.roles
    return {
        "tasks": np.array([[code in role.tasks for code in TASKS] for role in roles]),
        "sectors": np.array([[code in role.sectors for code in SECTORS] for role in roles]),
        "times": np.array([_parts(role.times) for role in roles]),
        "languages": np.array(
            [
                [code in role.languages_spoken or code in role.languages_needed for code in LANGUAGES]
                for role in roles
            ]
        ),
        "commitments": np.array([[step is role.commitment for step in STEPS] for role in roles]),
    }


def _wanted(person: PersonFacts) -> Mapping[str, Flags]:
    return {
        "tasks": np.array([code in person.interests.tasks for code in TASKS]),
        "sectors": np.array([code in person.interests.sectors for code in SECTORS]),
        "times": np.array(_parts(person.times)),
        "languages": np.array([person.languages.get(code, 0) >= 2 for code in LANGUAGES]),
        "commitments": np.array([step in person.commitments for step in STEPS]),
    }


def _parts(times: Availability) -> list[bool]:
    """Mornings, afternoons and evenings of a week, as boxes somebody ticked."""
    return [
        times.flexible
        or any(span.day == day and span.start < end and start < span.end for span in times.spans)
        for day in range(len(DAYS))
        for start, end in PARTS.values()
    ]
