"""What a week was worth: nothing that cannot be, how much that suits, and how attention was spread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import numpy.typing as npt

from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.evaluation import measures
from volunteer.evaluation.checker import verdict, violations
from volunteer.evaluation.measures import Numbers
from volunteer.evaluation.methods import Row
from volunteer.evaluation.town import Town
from volunteer.evaluation.truth import Outcome, Truth
from volunteer.evaluation.week import Visit, Week

FIRST = 5
"""Precision and NDCG look at so many places."""
EXAMPLES = 5
_BROKEN_MUST = "is a must"

Grades = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over people, with a 95 % bootstrap interval."""

    value: float
    low: float
    high: float
    people: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """What the slow checker found in everything that was shown."""

    shown: int
    broken_needs: int
    """Rows in which a must of the person is answered with no."""
    impossible: int
    """Rows that a hard rule excludes: a must, a language, hours, closed, full, over, refused."""
    wrongly_labelled: int | None
    """Rows with a wrong tier, state or question; ``None`` for a method that says none of these."""
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How the attention of some days went over the roles that were open."""

    open: int
    shown_by_day: tuple[int, ...]
    """Roles shown at least once, up to and including each day."""
    per_place: Mapping[str, float]
    """Times shown for each place left: share with at least one, and quantiles over the roles."""
    gini: float
    lorenz: tuple[float, ...]


def all_grades(truth: Truth) -> Grades:
    """Return every outcome, shape (people, roles)."""
    return np.stack([truth.outcomes(person) for person in range(len(truth.town.city.people))])


def wrong(town: Town, week: Week, advance: Callable[[], object] = lambda: None) -> Wrong:
    """Look at every row with the slow checker."""
    roles = {role.opportunity_id: role for role in town.city.roles}
    shown = needs = impossible = labels = 0
    examples: list[str] = []
    says_more = False
    for visit in week.visits:
        person = town.city.people[visit.person]
        for row in visit.rows:
            obstacles, mistakes = _found(person, roles[row.opportunity_id], row, visit)
            shown += 1
            says_more |= row.match is not None
            needs += any(_BROKEN_MUST in each for each in obstacles)
            impossible += bool(obstacles)
            labels += bool(mistakes)
            examples.extend([*obstacles, *mistakes][: EXAMPLES - len(examples)])
        advance()
    return Wrong(shown, needs, impossible, labels if says_more else None, tuple(examples))


def _found(person: PersonFacts, role: RoleFacts, row: Row, visit: Visit) -> tuple[list[str], list[str]]:
    if row.match is None:
        return list(verdict(person, role, visit.today).obstacles), []
    everything = violations(person, role, row.match, visit.today)
    obstacles = list(verdict(person, role, visit.today).obstacles) if everything else []
    return obstacles, [each for each in everything if each not in obstacles]


@dataclass(frozen=True, slots=True, eq=False)
class Quality:
    """Per person, in the order of the town; NaN where nothing at all was possible."""

    precision: Numbers
    ndcg: Numbers
    sure: Numbers
    """How many roles of tier A or B were shown; NaN when no tiers were given."""


def quality(town: Town, week: Week, grades: Grades) -> Quality:
    """Return how well each person was served, by what would come of it."""
    number_of = {role.opportunity_id: number for number, role in enumerate(town.city.roles)}
    precision, ndcg, sure = (np.full(len(town.city.people), np.nan) for _ in range(3))
    for visit in week.visits:
        of_person = grades[visit.person]
        got = [int(of_person[number_of[row.opportunity_id]]) for row in visit.rows]
        precision[visit.person] = measures.precision_at(FIRST, got, good=Outcome.STARTED)
        best = np.sort(of_person)[::-1][:FIRST].tolist()
        found = measures.ndcg_at(FIRST, got, best)
        ndcg[visit.person] = np.nan if found is None else found
        if all(row.match is not None for row in visit.rows):
            sure[visit.person] = sum(row.match.tier in "AB" for row in visit.rows if row.match)
    return Quality(precision, ndcg, sure)


def figure(values: Numbers, *, seed: int) -> Figure:
    """Return the mean of what is known, with its interval."""
    known = values[~np.isnan(values)]
    low, high = measures.interval(len(known), lambda drawn: measures.weighted_mean(known, drawn), seed=seed)
    return Figure(measures.mean(known), low, high, len(known))


def spread(town: Town, week: Week) -> Spread:
    """Return how the attention went over the roles that are open on the first day."""
    places = dict(_places(town.city.roles, town))
    per_place = _per_place(week.exposures(), places)
    quantiles = np.quantile(per_place, [0.1, 0.5, 0.9]) if len(per_place) else np.zeros(3)
    return Spread(
        open=len(places),
        shown_by_day=tuple(len(week.exposures(day).keys() & places.keys()) for day in range(week.days)),
        per_place={
            "at_least_one": measures.share(per_place >= 1),
            "tenth": float(quantiles[0]),
            "median": float(quantiles[1]),
            "ninth_tenth": float(quantiles[2]),
            "most": float(per_place.max(initial=0.0)),
        },
        gini=measures.gini(per_place),
        lorenz=tuple(measures.lorenz(per_place)),
    )


def _per_place(exposures: Mapping[UUID, int], places: Mapping[UUID, int]) -> Numbers:
    return np.array([exposures.get(role, 0) / left for role, left in places.items()])


def _places(roles: Sequence[RoleFacts], town: Town) -> Iterator[tuple[UUID, int]]:
    """Places left of each open role; "as many as come" counts as ten."""
    for role in roles:
        left = 10 if role.wanted is None else role.wanted - role.taken
        if role.is_open and left > 0 and (role.ends_on is None or role.ends_on >= town.city.today):
            yield role.opportunity_id, left
