"""All open roles as columns of numbers: built once, never changed, swapped whole.

Rows stand in the order of their opportunity id, so that a snapshot brought up to date and
one built afresh are the same, and ties are broken the same way in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self
from uuid import UUID

import numpy as np
import numpy.typing as npt

from volunteer.domain.access import Answer
from volunteer.domain.availability import MINUTES_IN_A_DAY
from volunteer.domain.commitment import STEPS
from volunteer.domain.matching_facts import RoleFacts
from volunteer.matching.closing import closed_answers
from volunteer.matching.masks import (
    ACCESS_BITS,
    LANGUAGE_BITS,
    SECTOR_BITS,
    TASK_BITS,
    mask_of,
    unit_vector,
)
from volunteer.matching.period import has_stated_hours, last_day, limiting_spans
from volunteer.matching.travel import NO_TABLE, TravelTable

Masks = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
Numbers = npt.NDArray[np.float64]

MANY = 20
"""Places of a role that takes as many people as come."""
FOR_EVER = date.max.toordinal()
_NOWHERE = (0.0, 0.0, 0.0)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Columns of N roles; arrays are read-only and have shape (N,) unless said otherwise."""

    version: str
    today: date
    """Hours before this day are left out, so a snapshot serves one day."""
    travel: TravelTable
    opportunity_ids: tuple[UUID, ...]
    organisation_ids: tuple[UUID, ...]
    yes: Masks
    arrangeable: Masks
    no: Masks
    """Access answers, disjoint; a code in none of the three is unknown."""
    available: Flags
    """Open, with a wanted place left."""
    last_days: npt.NDArray[np.int32]
    """Proleptic ordinal of the last day on which it can happen; ``FOR_EVER`` when it goes on."""
    span_ends_at: npt.NDArray[np.int32]
    """(N + 1,): row r owns the spans from ``span_ends_at[r]`` up to ``span_ends_at[r + 1]``."""
    span_starts: npt.NDArray[np.int32]
    span_stops: npt.NDArray[np.int32]
    """(S,): minutes since Monday 00:00. Rows without spans can happen at any time."""
    timed: Flags
    """The spans are hours that were stated, not merely the days of a short period."""
    any_hours: Flags
    """The organisation said that the hours are flexible."""
    needed: npt.NDArray[np.int8]
    """(languages, N): the lowest level that will do, 0 when the language is not needed."""
    needed_languages: Masks
    team_languages: Masks
    """What the team speaks; 0 is unknown."""
    vectors: Numbers
    """(3, N): position on the unit sphere."""
    located: Flags
    remote: Flags
    districts: npt.NDArray[np.int16]
    """Number of the district on the travel table, -1 when it is on none."""
    commitments: npt.NDArray[np.int8]
    """Step of the commitment, from 0; -1 is unknown."""
    places: Numbers
    """How many people it can still take, at least 1."""
    answer_days: Numbers
    """Median days in which the organisation answers; NaN is unknown."""
    tasks: Masks
    sectors: Masks

    @classmethod
    def build(
        cls, roles: Iterable[RoleFacts], version: str, *, today: date, travel: TravelTable = NO_TABLE
    ) -> Self:
        """Return these roles as they are on a day; a doubled opportunity id raises ``ValueError``."""
        ordered = sorted(roles, key=lambda role: role.opportunity_id.bytes)
        identifiers = tuple(role.opportunity_id for role in ordered)
        if len(set(identifiers)) != len(identifiers):
            raise ValueError("an opportunity is given twice")
        columns = {**_answer_columns(ordered), **_time_columns(ordered, today)}
        columns |= {
            **_language_columns(ordered),
            **_place_columns(ordered, travel),
            **_other_columns(ordered),
        }
        organisations = tuple(role.organisation_id for role in ordered)
        frozen = {name: _frozen(values) for name, values in columns.items()}
        return cls(version, today, travel, identifiers, organisations, **frozen)

    def changed(
        self, *, changed: Iterable[RoleFacts] = (), removed: Iterable[UUID] = (), version: str
    ) -> Snapshot:
        """Return a snapshot with roles replaced, added or left out: equal to building that day's afresh."""
        fresh = Snapshot.build(changed, version, today=self.today, travel=self.travel)
        gone = {*fresh.opportunity_ids, *removed}
        stay = [row for row, each in enumerate(self.opportunity_ids) if each not in gone]
        return _merged(_rows_of(self, np.array(stay, dtype=np.intp)), fresh, version)

    def __len__(self) -> int:
        return len(self.opportunity_ids)

    @cached_property
    def row_of(self) -> Mapping[UUID, int]:
        """The row of each opportunity."""
        return MappingProxyType({each: row for row, each in enumerate(self.opportunity_ids)})

    def sum_over_spans(self, values: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """Return per row the sum of a value that is given per span, shape (S,) to (N,)."""
        running = np.zeros(len(values) + 1, dtype=np.int64)
        np.cumsum(values, out=running[1:])
        sums: npt.NDArray[np.int64] = running[self.span_ends_at[1:]] - running[self.span_ends_at[:-1]]
        return sums

    def best_over_spans(self, values: Numbers) -> Numbers:
        """Return per row the largest of a value given per span, shape (S,) to (N,); 0 without spans."""
        best = np.zeros(len(self))
        first = self.span_ends_at[:-1]
        has_spans = first < self.span_ends_at[1:]
        if len(values):
            best[has_spans] = np.maximum.reduceat(values, first[has_spans])
        return best

    def has_same_content(self, other: Snapshot) -> bool:
        """Tell whether all columns are equal; versions may differ."""
        return self.travel.says_the_same(other.travel) and all(
            _is_same(getattr(self, each.name), getattr(other, each.name))
            for each in fields(self)
            if each.name not in ("version", "travel")
        )


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return one == other


def _frozen(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    values.setflags(write=False)
    return values


def _masks(values: Iterable[int]) -> Masks:
    return np.fromiter(values, dtype=np.uint64)


def _flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, dtype=np.bool_)


def _answer_columns(roles: list[RoleFacts]) -> dict[str, npt.NDArray[Any]]:
    closed = [closed_answers(role) for role in roles]

    def masks(wanted: Answer) -> Masks:
        return _masks(
            mask_of((code for code, each in answers.items() if each is wanted), ACCESS_BITS)
            for answers in closed
        )

    return {"yes": masks(Answer.YES), "arrangeable": masks(Answer.ARRANGEABLE), "no": masks(Answer.NO)}


def _time_columns(roles: list[RoleFacts], today: date) -> dict[str, npt.NDArray[Any]]:
    limits = [limiting_spans(role, today) for role in roles]
    spans = [span for each in limits for span in each]
    return {
        "last_days": np.fromiter((last_day(role) or FOR_EVER for role in roles), dtype=np.int32),
        "span_ends_at": np.cumsum([0, *map(len, limits)], dtype=np.int32),
        "span_starts": np.fromiter((day * MINUTES_IN_A_DAY + start for day, start, _ in spans), np.int32),
        "span_stops": np.fromiter((day * MINUTES_IN_A_DAY + end for day, _, end in spans), np.int32),
        "timed": _flags(has_stated_hours(role) for role in roles),
        "any_hours": _flags(role.times.flexible for role in roles),
    }


def _language_columns(roles: list[RoleFacts]) -> dict[str, npt.NDArray[Any]]:
    needed = np.zeros((len(LANGUAGE_BITS), len(roles)), dtype=np.int8)
    for row, role in enumerate(roles):
        for code, level in role.languages_needed.items():
            needed[LANGUAGE_BITS[code], row] = level
    return {
        "needed": needed,
        "needed_languages": _masks(
            mask_of((code for code, level in role.languages_needed.items() if level > 0), LANGUAGE_BITS)
            for role in roles
        ),
        "team_languages": _masks(mask_of(role.languages_spoken, LANGUAGE_BITS) for role in roles),
    }


def _place_columns(roles: list[RoleFacts], travel: TravelTable) -> dict[str, npt.NDArray[Any]]:
    vectors = [unit_vector(role.position) if role.position else _NOWHERE for role in roles]
    return {
        "vectors": np.array(vectors, dtype=np.float64).reshape(len(roles), 3).T.copy(),
        "located": _flags(role.position is not None for role in roles),
        "remote": _flags(role.is_remote for role in roles),
        "districts": np.fromiter((travel.index(role.district) for role in roles), dtype=np.int16),
    }


def _other_columns(roles: list[RoleFacts]) -> dict[str, npt.NDArray[Any]]:
    return {
        "available": _flags(
            role.is_open and (role.wanted is None or role.taken < role.wanted) for role in roles
        ),
        "places": np.fromiter(
            (max(1, MANY if role.wanted is None else role.wanted - role.taken) for role in roles), np.float64
        ),
        "commitments": np.fromiter(
            (STEPS.index(role.commitment) if role.commitment else -1 for role in roles), dtype=np.int8
        ),
        "answer_days": np.fromiter(
            (np.nan if role.answer_days is None else role.answer_days for role in roles), dtype=np.float64
        ),
        "tasks": _masks(mask_of(role.tasks, TASK_BITS) for role in roles),
        "sectors": _masks(mask_of(role.sectors, SECTOR_BITS) for role in roles),
    }


def _rows_of(snapshot: Snapshot, rows: Rows) -> Snapshot:
    """Return only these rows, in this order."""
    counts = np.diff(snapshot.span_ends_at)[rows]
    bounds = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    spans = np.repeat(snapshot.span_ends_at[rows] - bounds[:-1], counts) + np.arange(bounds[-1])
    taken: dict[str, Any] = {"version": snapshot.version, "today": snapshot.today, "travel": snapshot.travel}
    for each in fields(snapshot):
        values = getattr(snapshot, each.name)
        if each.name in ("span_starts", "span_stops"):
            taken[each.name] = _frozen(values[spans])
        elif each.name == "span_ends_at":
            taken[each.name] = _frozen(bounds)
        elif isinstance(values, tuple):
            taken[each.name] = tuple(values[row] for row in rows)
        elif isinstance(values, np.ndarray):
            taken[each.name] = _frozen(values[..., rows])
    return Snapshot(**taken)


def _merged(one: Snapshot, other: Snapshot, version: str) -> Snapshot:
    joined: dict[str, Any] = {"version": version, "today": one.today, "travel": one.travel}
    for each in fields(one):
        ours, theirs = getattr(one, each.name), getattr(other, each.name)
        if each.name == "span_ends_at":
            joined[each.name] = np.concatenate([ours, theirs[1:] + ours[-1]])
        elif isinstance(ours, tuple):
            joined[each.name] = ours + theirs
        elif isinstance(ours, np.ndarray):
            joined[each.name] = np.concatenate([ours, theirs], axis=-1)
    identifiers = joined["opportunity_ids"]
    order = sorted(range(len(identifiers)), key=lambda row: identifiers[row].bytes)
    return _rows_of(Snapshot(**joined), np.array(order, dtype=np.intp))
