"""What an evaluation finds, as it is drawn in the report and written to ``evaluation.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from volunteer.evaluation import worlds
from volunteer.evaluation.asking import ANSWERED, Step
from volunteer.evaluation.following import Comparison
from volunteer.evaluation.groups import SMALLEST_GROUP, Group, Lowest, NeedRow
from volunteer.evaluation.judging import Figure, Spread, Wrong
from volunteer.evaluation.methods import METHODS
from volunteer.evaluation.sure import Missed
from volunteer.evaluation.worlds import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large an evaluation is; the same size gives the same figures."""

    people: int = 1_500
    roles: int = 2_000
    """Of the largest world; Brussels has more than two thousand organisations."""
    days: int = 7
    seed: int = 0
    smallest_group: int = SMALLEST_GROUP
    with_unseen: bool = True

    @property
    def worlds(self) -> tuple[World, ...]:
        """The worlds that are looked at."""
        return tuple(each for each in worlds.WORLDS if self.with_unseen or not each.is_unseen)

    @property
    def steps(self) -> int:
        """How often ``advance`` is called."""
        return self.people * (1 + len(self.worlds) * (len(METHODS) + len(ANSWERED)))


@dataclass(frozen=True, slots=True)
class Proof:
    """A city of plain chance, in which many answers are given, gone through by the slow checker."""

    people: int
    roles: int
    answers: Mapping[str, float]
    """Share of all answers that is yes, arrangeable and no; the rest is unknown."""
    shown: int
    by_tier: Mapping[str, int]
    violations: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MethodReport:
    """One method in one world."""

    code: str
    name: str
    sentence: str
    is_ours: bool
    is_ceiling: bool
    wrong: Wrong
    precision: Figure
    ndcg: Figure
    spread: Spread


@dataclass(frozen=True, slots=True)
class Ahead:
    """The engine beside the best of what others do, for one measure."""

    best_other: str
    ratio: float
    difference: float
    low: float
    high: float
    """95 % bootstrap interval of the difference, person by person."""


@dataclass(frozen=True, slots=True)
class Facts:
    """How large and how well known a world is."""

    people: int
    roles: int
    organisations: int
    known: float
    """Share of access answers that is given."""
    yes: float
    no: float
    """Shares among the answers that are given."""
    with_hard_needs: float
    would_start: float
    """Share of all pairs in which the person would start."""
    with_nothing: float
    """Share of people who would start nowhere, whatever is shown."""


@dataclass(frozen=True, slots=True)
class WorldReport:
    """Everything measured in one world."""

    code: str
    name: str
    sentence: str
    is_unseen: bool
    facts: Facts
    dots: tuple[tuple[float, float, bool], ...]
    """Where it is: latitude, longitude, and whether it is a role; a sample, for the map."""
    methods: tuple[MethodReport, ...]
    ahead: Mapping[str, Ahead]
    groups: tuple[Group, ...]
    lowest: Mapping[str, Lowest]
    needs: tuple[NeedRow, ...]
    asking: tuple[Step, ...]
    sure: Missed
    rebuild: Comparison


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result."""

    version: str
    size: Size
    proof: Proof
    worlds: tuple[WorldReport, ...]
