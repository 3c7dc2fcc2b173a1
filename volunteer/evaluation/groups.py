"""Are people with needs served as well as everybody: by number of needs, by dimension, and need by need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from volunteer.domain.access import ASKED_OF_PEOPLE, FEATURES, Dimension, Strength
from volunteer.domain.matching_facts import PersonFacts
from volunteer.evaluation import measures
from volunteer.evaluation.judging import Figure, Quality, figure
from volunteer.evaluation.measures import Numbers
from volunteer.evaluation.town import Town

Flags = npt.NDArray[np.bool_]

SMALLEST_GROUP = 50
"""Groups with fewer people are shown nowhere and judged nowhere: their figures are mostly chance."""
ENOUGH = 3
"""Sure suggestions somebody should have."""
MANY = 4
"""Needs from which groups are taken together."""
_DIMENSIONS = {
    Dimension.PHYSICAL: "needs in the building or the work",
    Dimension.INFORMATION: "needs in language and information",
    Dimension.SERVICE: "needs in support and arrangements",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Some people, and how they are served."""

    kind: str
    """``number`` or ``dimension``."""
    name: str
    precision: Figure
    ndcg: Figure
    enough: Figure
    """Share with three or more sure suggestions."""
    possible: float
    """Share for whom three or more sure roles exist at all."""


@dataclass(frozen=True, slots=True)
class Lowest:
    """The group that is served least, beside everybody."""

    group: str
    value: float
    mean: float
    ratio: float
    low: float
    high: float
    """95 % bootstrap interval of the ratio, in which the lowest group may be another one each time: so it
    leans downwards."""


@dataclass(frozen=True, slots=True)
class NeedRow:
    """People for whom one feature is a must."""

    code: str
    label: str
    people: int
    enough: float


def enough(quality: Quality) -> Numbers:
    """Return 1 for who has three sure suggestions or more, else 0; NaN where tiers are unknown."""
    return np.where(np.isnan(quality.sure), np.nan, (quality.sure >= ENOUGH).astype(np.float64))


def groups(town: Town, quality: Quality, exist: Numbers, *, smallest: int = SMALLEST_GROUP) -> list[Group]:
    """Return the groups that are large enough, with their figures; ``exist`` counts sure roles by person."""
    has_enough, seed = enough(quality), town.world.seed
    return [
        Group(
            kind,
            name,
            figure(quality.precision[members], seed=seed),
            figure(quality.ndcg[members], seed=seed),
            figure(has_enough[members], seed=seed),
            measures.share(exist[members] >= ENOUGH),
        )
        for kind, name, members in _members(town, smallest)
    ]


def lowest(town: Town, quality: Quality, *, smallest: int = SMALLEST_GROUP) -> dict[str, Lowest]:
    """Return, for each measure, the group that is served least."""
    found = list(_members(town, smallest))
    values = {"precision": quality.precision, "ndcg": quality.ndcg, "enough": enough(quality)}
    return {
        name: _lowest(each, {label: members for _, label, members in found}, town.world.seed)
        for name, each in values.items()
        if len(found) > 1
    }


def needs(town: Town, quality: Quality) -> list[NeedRow]:
    """Return the share with enough sure suggestions for every need, the least first; any number of people."""
    has_enough = enough(quality)
    rows = []
    for code in ASKED_OF_PEOPLE:
        members = np.array([person.needs.get(code) is Strength.MUST for person in town.city.people])
        label = FEATURES[code].label("en")
        rows.append(NeedRow(code, label, int(members.sum()), measures.mean(has_enough[members])))
    return sorted(rows, key=lambda row: (row.enough, row.code))


def _lowest(values: Numbers, members: Mapping[str, Flags], seed: int) -> Lowest:
    known = ~np.isnan(values)
    clean = np.where(known, values, 0.0)
    masks = np.array([flags & known for flags in members.values()]).astype(np.float64)

    def means(drawn: Numbers) -> Numbers:
        found: Numbers = (masks @ (clean * drawn)) / np.maximum(1e-9, masks @ drawn)
        return found

    def ratio(drawn: Numbers) -> float:
        overall = measures.weighted_mean(clean[known], drawn[known])
        return float(means(drawn).min()) / overall if overall else 0.0

    everybody = np.ones(len(values))
    least = int(means(everybody).argmin())
    low, high = measures.interval(len(values), ratio, seed=seed)
    return Lowest(
        group=tuple(members)[least],
        value=float(means(everybody)[least]),
        mean=measures.mean(values[known]),
        ratio=ratio(everybody),
        low=low,
        high=high,
    )


def _members(town: Town, smallest: int) -> Iterator[tuple[str, str, Flags]]:
    musts = [_musts(person) for person in town.city.people]
    number = np.array([min(MANY, len(codes)) for codes in musts])
    for count in range(MANY + 1):
        members = number == count
        if members.sum() >= smallest:
            yield "number", _number_name(count), members
    for dimension, name in _DIMENSIONS.items():
        members = np.array([any(FEATURES[code].dimension is dimension for code in codes) for codes in musts])
        if members.sum() >= smallest:
            yield "dimension", name, members


def _musts(person: PersonFacts) -> list[str]:
    return [code for code, strength in person.needs.items() if strength is Strength.MUST]


def _number_name(count: int) -> str:
    if count == 0:
        return "no hard need"
    if count == 1:
        return "1 hard need"
    return f"{count} or more hard needs" if count == MANY else f"{count} hard needs"
