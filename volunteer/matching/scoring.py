"""The score: a few terms between 0 and 1, added with weights that anyone can read.

"I don't know yet" leaves the sum: an unknown term counts neither for nor against. Needs
are no term. What must be arranged or asked is one, because it takes somebody's time; a
role where everything fits has the full value of it, so a need never changes its score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from volunteer.domain.languages import HIGHEST_LEVEL
from volunteer.domain.places import EARTH_RADIUS_KM
from volunteer.matching.people import Person
from volunteer.matching.snapshot import Masks, Numbers, Rows, Snapshot
from volunteer.matching.tiers import SortedRoles

CLOSE_BY_KM = 1.0
TOO_FAR_KM = 12.0
"""Travel counts fully up to the first and not at all from the second; straight lines, in a small city."""
USUAL_TURN = 180
"""Minutes. A role that goes on all day is done in turns; being free for one of them is enough."""
LEARNING_VALUE = 0.8
ABILITY_VALUE = 0.6
"""Wanting counts 1: what one can do is worth less than what one would like to do or learn."""

TASKS, SECTORS, TIMES, TRAVEL, LANGUAGE, ARRANGEMENT = (
    "tasks",
    "sectors",
    "times",
    "travel",
    "language",
    "arrangement",
)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term counts; relative, so they need not add up to 1."""

    version: str
    by_term: Mapping[str, float]


HAND_WEIGHTS = Weights(
    version="hand-1",
    by_term=MappingProxyType(
        {TASKS: 0.35, SECTORS: 0.1, TIMES: 0.2, TRAVEL: 0.15, LANGUAGE: 0.1, ARRANGEMENT: 0.1}
    ),
)


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of n chosen rows."""

    totals: Numbers
    """(n,): between 0 and 1."""
    parts: Numbers
    """(terms, n): what each term adds; a column sums to its total (within 1e-9); NaN where unknown."""
    terms: tuple[str, ...]

    def parts_of(self, index: int) -> dict[str, float]:
        """Return what each known term adds to one score."""
        column = self.parts[:, index].tolist()
        return {term: part for term, part in zip(self.terms, column, strict=True) if part == part}  # noqa: PLR0124


def score(
    snapshot: Snapshot, person: Person, sorted_roles: SortedRoles, rows: Rows, weights: Weights = HAND_WEIGHTS
) -> Scores:
    """Return the scores of these rows for this person."""
    terms = {
        TASKS: _tasks(snapshot, person, rows),
        SECTORS: _sectors(snapshot, person, rows),
        TIMES: _times(snapshot, person, sorted_roles, rows),
        TRAVEL: _travel(snapshot, person, rows),
        LANGUAGE: _language(snapshot, person, rows),
        ARRANGEMENT: _arrangement(sorted_roles, rows),
    }
    values = np.stack(list(terms.values()))
    known = ~np.isnan(values)
    weighing = np.array([[weights.by_term[term]] for term in terms])
    parts = values * weighing / (known * weighing).sum(axis=0)
    totals = np.minimum(np.where(known, parts, 0.0).sum(axis=0), 1.0)
    return Scores(totals=totals, parts=parts, terms=tuple(terms))


def _known_only(values: npt.NDArray[Any], known: npt.NDArray[np.bool_]) -> Numbers:
    return np.where(known, values, np.nan)


def _unknown(rows: Rows) -> Numbers:
    return np.full(len(rows), np.nan)


def _meets(masks: Masks, mask: int) -> npt.NDArray[np.bool_]:
    met: npt.NDArray[np.bool_] = (masks & np.uint64(mask)) != 0
    return met


def _tasks(snapshot: Snapshot, person: Person, rows: Rows) -> Numbers:
    if not person.want | person.learn | person.can:
        return _unknown(rows)
    tasks = snapshot.tasks[rows]
    values = np.where(
        _meets(tasks, person.want),
        1.0,
        np.where(_meets(tasks, person.learn), LEARNING_VALUE, _meets(tasks, person.can) * ABILITY_VALUE),
    )
    return _known_only(values, tasks != 0)


def _sectors(snapshot: Snapshot, person: Person, rows: Rows) -> Numbers:
    if not person.sectors:
        return _unknown(rows)
    sectors = snapshot.sectors[rows]
    return _known_only(_meets(sectors, person.sectors), sectors != 0)


def _times(snapshot: Snapshot, person: Person, sorted_roles: SortedRoles, rows: Rows) -> Numbers:
    """How much of a usual turn the person can do in the stretch that suits them best."""
    timed, any_hours = snapshot.timed[rows], snapshot.any_hours[rows]
    if not person.facts.times.is_known:
        return _unknown(rows)
    if sorted_roles.shared_minutes is None:
        return _known_only(np.ones(len(rows)), timed | any_hours)
    turns = np.minimum(snapshot.span_stops - snapshot.span_starts, USUAL_TURN)
    best = snapshot.best_over_spans(np.minimum(sorted_roles.shared_minutes / turns, 1.0))
    return _known_only(np.where(any_hours, 1.0, best[rows]), timed | any_hours)


def _travel(snapshot: Snapshot, person: Person, rows: Rows) -> Numbers:
    remote = snapshot.remote[rows]
    if person.vector is None:
        return _known_only(np.ones(len(rows)), remote)
    apart = snapshot.vectors[:, rows] - person.vector[:, np.newaxis]
    chord = np.sqrt((apart * apart).sum(axis=0))
    kilometres = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chord / 2, 1.0))
    values = np.clip((TOO_FAR_KM - kilometres) / (TOO_FAR_KM - CLOSE_BY_KM), 0.0, 1.0)
    return _known_only(np.where(remote, 1.0, values), remote | snapshot.located[rows])


def _language(snapshot: Snapshot, person: Person, rows: Rows) -> Numbers:
    """The person's best level among the languages the team speaks and they told us about."""
    spoken = snapshot.team_languages[rows]
    best = np.zeros(len(rows))
    for bit, level in person.levels.items():
        best = np.maximum(best, _meets(spoken, 1 << bit) * (level / HIGHEST_LEVEL))
    return _known_only(best, _meets(spoken, person.told_languages))


def _arrangement(sorted_roles: SortedRoles, rows: Rows) -> Numbers:
    arranged = np.bitwise_count(sorted_roles.arranged[rows])
    asked = np.bitwise_count(sorted_roles.asked[rows])
    values: Numbers = 1.0 / (1.0 + arranged + asked)
    return values
