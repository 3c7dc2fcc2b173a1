"""The score: eight terms between 0 and 1, added with weights that anyone can read.

A person's "I don't know yet" leaves the sum: that term counts neither for nor against any role. Where
the person told us and the role is silent, the term has a middle value: a role that says little is
neither punished for it nor as good as one that is known to suit. Needs are no term. What must be
arranged or asked is one, because it takes somebody's time; a role where everything fits has the full
value of it, so a need never changes its score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from weakref import WeakKeyDictionary

import numpy as np

from volunteer.domain.commitment import STEPS, closeness
from volunteer.domain.languages import HIGHEST_LEVEL
from volunteer.domain.places import EARTH_RADIUS_KM
from volunteer.matching.people import Person
from volunteer.matching.snapshot import Flags, Masks, Numbers, Rows, Snapshot
from volunteer.matching.tiers import SortedRoles
from volunteer.matching.travel import MINUTES_BEFORE_MOVING, MINUTES_PER_KM

CLOSE_BY_MINUTES = 13.0
"""Travel counts fully up to here: about a kilometre from door to door."""
USUAL_LIMIT_MINUTES = 68.0
"""Travel counts no more from here on, for who did not say how far they will go: about 12 kilometres."""
LEARNING_VALUE = 0.8
ABILITY_VALUE = 0.6
"""Wanting counts 1: what one can do is worth less than what one would like to do or learn."""
PROMPT_DAYS, SLOW_DAYS = 2.0, 21.0
"""Who answers within the first has the full value, who needs the second or longer has none."""
SILENT = 0.5
"""The value of a term about which a role says nothing."""

TASKS, SECTORS, TIMES, TRAVEL, LANGUAGE, COMMITMENT, ARRANGEMENT, ANSWER_TIME = (
    "tasks",
    "sectors",
    "times",
    "travel",
    "language",
    "commitment",
    "arrangement",
    "answer_time",
)
TERMS = (TASKS, SECTORS, TIMES, TRAVEL, LANGUAGE, COMMITMENT, ARRANGEMENT, ANSWER_TIME)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term counts; relative, so they need not add up to 1."""

    version: str
    by_term: Mapping[str, float]


HAND_WEIGHTS = Weights(
    version="hand-2",
    by_term=MappingProxyType(
        {
            TASKS: 0.30,
            SECTORS: 0.10,
            TIMES: 0.17,
            TRAVEL: 0.13,
            LANGUAGE: 0.10,
            COMMITMENT: 0.08,
            ARRANGEMENT: 0.07,
            ANSWER_TIME: 0.05,
        }
    ),
)


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of n chosen rows, over the t terms this person told us enough for."""

    totals: Numbers
    """(n,): between 0 and 1."""
    values: Numbers
    """(t, n): each between 0 and 1."""
    weighing: Numbers
    """(t,): they add up to 1; the values, each times its weight, add up to the total."""
    terms: tuple[str, ...]

    def values_of(self, index: int) -> dict[str, float]:
        """Return the value of each term of one score."""
        return dict(zip(self.terms, self.values[:, index].tolist(), strict=True))

    def parts_of(self, index: int) -> dict[str, float]:
        """Return what each term adds to one score; they sum to it (within 1e-9)."""
        return dict(zip(self.terms, (self.values[:, index] * self.weighing).tolist(), strict=True))


def score(
    snapshot: Snapshot, person: Person, sorted_roles: SortedRoles, weights: Weights = HAND_WEIGHTS
) -> Scores:
    """Return the scores of all roles this person can be shown, in the order of ``sorted_roles.rows``."""
    rows, common = sorted_roles.rows, common_to_all(snapshot)
    found = {
        TASKS: _tasks(snapshot, person, rows),
        SECTORS: _sectors(snapshot, person, rows),
        TIMES: _times(snapshot, person, sorted_roles),
        TRAVEL: _travel(snapshot, person, rows),
        LANGUAGE: _language(snapshot, person, rows),
        COMMITMENT: _commitment(snapshot, person, rows),
        ARRANGEMENT: _arrangement(sorted_roles),
        ANSWER_TIME: common.answer_time[rows],
    }
    told = {term: values for term, values in found.items() if values is not None}
    weighing = np.array([weights.by_term[term] for term in told])
    weighing /= weighing.sum()
    values = np.array(list(told.values()))
    return Scores(np.minimum(_added(weighing, values), 1.0), values, weighing, tuple(told))


def _added(weighing: Numbers, values: Numbers) -> Numbers:
    """Add term by term: a matrix product rounds one role otherwise by how many stand beside it."""
    totals = np.zeros(values.shape[1])
    for weight, of_term in zip(weighing, values, strict=True):
        totals += weight * of_term
    return totals


@dataclass(frozen=True, eq=False)
class CommonToAll:
    """What does not differ per person, worked out once for each snapshot; shape (N,)."""

    answer_time: Numbers
    """The value of this term."""
    said_hours: Flags
    ways: dict[tuple[bytes, str | None], Numbers]
    """Minutes from a place to every role, for the places asked for lately: many people live in one."""


def common_to_all(snapshot: Snapshot) -> CommonToAll:
    """Return what is common; kept as long as the snapshot is."""
    found = _COMMON.get(snapshot)
    if found is None:
        days = snapshot.answer_days
        promptness = np.clip((SLOW_DAYS - days) / (SLOW_DAYS - PROMPT_DAYS), 0.0, 1.0)
        values = _known_only(promptness, ~np.isnan(days))
        found = _COMMON.setdefault(snapshot, CommonToAll(values, snapshot.hours.are_said, {}))
    return found


def travel_minutes(snapshot: Snapshot, person: Person) -> Numbers | None:
    """Return how long the way to each role takes this person, NaN where nobody can tell, shape (N,).

    ``None`` when they did not say where they live. Work from home takes no time.
    """
    if person.vector is None:
        return None
    ways, place = common_to_all(snapshot).ways, (person.vector.tobytes(), person.facts.district)
    minutes = ways.get(place)
    if minutes is None:
        if len(ways) >= _PLACES_KEPT:
            ways.clear()
        minutes = ways[place] = _way_to_all(snapshot, person.vector, person.facts.district)
    return minutes


def _way_to_all(snapshot: Snapshot, vector: Numbers, district: str | None) -> Numbers:
    apart = snapshot.vectors - vector[:, np.newaxis]
    chord = np.sqrt((apart * apart).sum(axis=0))
    kilometres = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chord / 2, 1.0))
    minutes = np.where(snapshot.located, MINUTES_BEFORE_MOVING + MINUTES_PER_KM * kilometres, np.nan)
    start = snapshot.travel.index(district)
    if start >= 0:
        table = snapshot.travel.minutes[start, snapshot.districts]
        minutes = np.where(np.isnan(table), minutes, table)
    minutes[snapshot.remote] = 0.0
    return minutes


def _known_only(values: Numbers | Flags, known: Flags) -> Numbers:
    return np.where(known, values, SILENT)


def _meets(masks: Masks, mask: int) -> Flags:
    met: Flags = (masks & np.uint64(mask)) != 0
    return met


def _tasks(snapshot: Snapshot, person: Person, rows: Rows) -> Numbers | None:
    wishes = person.want | person.learn | person.can
    if not wishes | person.unwanted:
        return None
    tasks = snapshot.tasks[rows]
    # Who only told what they would rather not do said nothing about other work.
    values = np.where(tasks == 0, SILENT, 0.0 if wishes else SILENT)
    chosen = (person.can, ABILITY_VALUE), (person.learn, LEARNING_VALUE), (person.want, 1.0)
    for mask, value in ((person.unwanted, 0.0), *chosen):
        if mask:
            values[_meets(tasks, mask)] = value
    return values


def _sectors(snapshot: Snapshot, person: Person, rows: Rows) -> Numbers | None:
    if not person.sectors:
        return None
    sectors = snapshot.sectors[rows]
    return _known_only(_meets(sectors, person.sectors), sectors != 0)


def _times(snapshot: Snapshot, person: Person, sorted_roles: SortedRoles) -> Numbers | None:
    """How much of a usual turn the person can do in the stretch that suits them best."""
    if not person.facts.times.since(snapshot.today).is_known:
        return None
    return _known_only(sorted_roles.turns, common_to_all(snapshot).said_hours[sorted_roles.rows])


def _travel(snapshot: Snapshot, person: Person, rows: Rows) -> Numbers | None:
    minutes = travel_minutes(snapshot, person)
    if minutes is None:
        return None
    most = max(person.facts.travel_minutes or USUAL_LIMIT_MINUTES, CLOSE_BY_MINUTES + 1)
    values = (most - minutes[rows]) / (most - CLOSE_BY_MINUTES)
    np.clip(values, 0.0, 1.0, out=values)
    values[np.isnan(values)] = SILENT
    return values


def _language(snapshot: Snapshot, person: Person, rows: Rows) -> Numbers | None:
    """The person's best level among the languages the team speaks and they told us about."""
    if not person.levels:
        return None
    spoken = snapshot.team_languages[rows]
    values = np.full(len(rows), SILENT)
    by_level: dict[int, int] = {}
    for bit, level in person.levels.items():
        by_level[level] = by_level.get(level, 0) | 1 << bit
    for level in sorted(by_level):
        values[_meets(spoken, by_level[level])] = level / HIGHEST_LEVEL
    return values


def _commitment(snapshot: Snapshot, person: Person, rows: Rows) -> Numbers | None:
    wished = person.facts.commitments
    if not wished:
        return None
    by_step = np.array([*(closeness(step, wished) for step in STEPS), SILENT])
    values: Numbers = by_step[snapshot.commitments[rows]]  # step -1, unknown, is the last
    return values


def _arrangement(sorted_roles: SortedRoles) -> Numbers:
    effort = np.bitwise_count(sorted_roles.arranged) + np.bitwise_count(sorted_roles.asked)
    values: Numbers = 1.0 / (1.0 + effort)
    return values


_PLACES_KEPT = 128
_COMMON: WeakKeyDictionary[Snapshot, CommonToAll] = WeakKeyDictionary()
