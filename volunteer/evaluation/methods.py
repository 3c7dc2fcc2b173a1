"""Who is compared: the engine, with and without its fairness, and what others would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from volunteer.evaluation import baselines
from volunteer.evaluation.town import Town
from volunteer.evaluation.truth import Truth
from volunteer.matching.exposure import FAIRNESS, Exposure
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import PLACES_SHOWN, Match, suggest


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known when somebody comes in: the offer of that day, and what was shown before."""

    snapshot: Snapshot
    exposure: Exposure


@dataclass(frozen=True, slots=True)
class Row:
    """One role that is shown; ``match`` is what the engine said of it."""

    opportunity_id: UUID
    match: Match | None = None


Ranker = Callable[[int, Moment], Sequence[Row]]
"""Returns what a person, given by number, is shown at a moment, best first."""


@dataclass(frozen=True, slots=True)
class Method:
    """One way of choosing what is shown."""

    code: str
    name: str
    sentence: str
    make: Callable[[Town], Ranker]
    is_ours: bool = False
    is_ceiling: bool = False
    """It looks at the truth, so it is a limit and no method."""


def _engine(fairness: float) -> Callable[[Town], Ranker]:
    def make(town: Town) -> Ranker:
        def rank(number: int, moment: Moment) -> list[Row]:
            matches = suggest(
                moment.snapshot, town.city.people[number], exposure=moment.exposure, fairness=fairness
            )
            return [Row(match.opportunity_id, match) for match in matches]

        return rank

    return make


def _baseline(make_order: Callable[[Town], baselines.Order]) -> Callable[[Town], Ranker]:
    def make(town: Town) -> Ranker:
        order = make_order(town)

        def rank(number: int, moment: Moment) -> list[Row]:
            chosen = order(number, moment.snapshot)[:PLACES_SHOWN]
            return [Row(town.city.roles[role].opportunity_id) for role in chosen]

        return rank

    return make


def _ceiling(town: Town) -> baselines.Order:
    truth = Truth(town)

    def order(number: int, _snapshot: Snapshot) -> list[int]:
        found: list[int] = np.argsort(-truth.expected(number), kind="stable").tolist()
        return found

    return order


METHODS: tuple[Method, ...] = (
    Method(
        "engine",
        "Schakel",
        "The engine as it runs: needs first, eight terms, attention shared, one seat by lot.",
        _engine(FAIRNESS),
        is_ours=True,
    ),
    Method(
        "hand",
        "Schakel without sharing attention",
        "The same engine and the same hand-made weights, without the fair re-rank.",
        _engine(0.0),
        is_ours=True,
    ),
    Method(
        "platform",
        "Weighted mean with a gate",
        "As public platforms rank: which share matches in each list both filled in, a weighted mean, "
        "distance falling to nothing at the radius, and a gate. It does not know access.",
        _baseline(baselines.gated_mean),
    ),
    Method(
        "keywords",
        "Search by words",
        "The names of the tasks somebody told, looked for in the text of the posting; then the newest. "
        "It does not know access.",
        _baseline(baselines.keywords),
    ),
    Method(
        "nearest",
        "Nearest first",
        "Of the roles that pass our filter, the nearest.",
        _baseline(baselines.nearest),
    ),
    Method(
        "random",
        "By lot",
        "Of the roles that pass our filter, any.",
        _baseline(baselines.by_lot),
    ),
    Method(
        "ceiling",
        "Who looks into every heart",
        "Knows everything but chance: what people really like and how places really are. Nobody can do this; "
        "it shows how much there is to win.",
        _baseline(_ceiling),
        is_ceiling=True,
    ),
)
