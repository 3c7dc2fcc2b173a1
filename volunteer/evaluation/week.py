"""Some days of a town: people come in one after another, and each is shown a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from volunteer.evaluation.methods import Moment, Ranker, Row
from volunteer.evaluation.town import Town
from volunteer.matching.exposure import Exposure
from volunteer.matching.snapshot import Snapshot

DAYS = 7


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody came and was shown this."""

    person: int
    day: int
    """From 0."""
    today: date
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Everything that was shown in some days, in order."""

    visits: tuple[Visit, ...]
    days: int

    def exposures(self, up_to_day: int | None = None) -> Counter[UUID]:
        """Return how often each role was shown, up to and including a day."""
        return Counter(
            row.opportunity_id
            for visit in self.visits
            if up_to_day is None or visit.day <= up_to_day
            for row in visit.rows
        )


def offers(town: Town, days: int) -> tuple[Snapshot, ...]:
    """Return the offer of each day: a role that is over falls out."""
    return tuple(
        Snapshot.build(town.city.roles, f"day {day}", today=town.city.today + timedelta(days=day))
        for day in range(days)
    )


def play(
    town: Town, ranker: Ranker, snapshots: Sequence[Snapshot], advance: Callable[[], object] = lambda: None
) -> Week:
    """Let everybody come in once, in an order drawn for the town, and remember what they are shown.

    What is shown counts for whoever comes next. Nobody takes a place in these days: an answer takes longer.
    ``advance`` is called after each visit.
    """
    shown: Counter[UUID] = Counter()
    visits = []
    for person, day in _arrivals(town, len(snapshots)):
        rows = tuple(ranker(person, Moment(snapshots[day], Exposure(shown))))
        shown.update(row.opportunity_id for row in rows)
        visits.append(Visit(person, day, snapshots[day].today, rows))
        advance()
    return Week(tuple(visits), len(snapshots))


def _arrivals(town: Town, days: int) -> Iterator[tuple[int, int]]:
    order = np.random.default_rng(town.world.seed).permutation(len(town.city.people)).tolist()
    for place, person in enumerate(order):
        yield person, place * days // len(order)
