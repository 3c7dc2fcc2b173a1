"""All open roles as columns of numbers: never changed, swapped whole.

Rows stand in the order of their opportunity id, so that a snapshot brought up to date and
one built afresh are the same, and ties are broken the same way in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self
from uuid import UUID

import numpy as np
import numpy.typing as npt

from volunteer.domain.matching_facts import RoleFacts
from volunteer.matching.columns import MANY, Flags, Masks, Numbers, columns_of
from volunteer.matching.differences import Differences, differing, pairs_of_rows
from volunteer.matching.edits import Edited, Edits
from volunteer.matching.hours import Hours
from volunteer.matching.travel import NO_TABLE, TravelTable

__all__ = ["MANY", "Flags", "Masks", "Numbers", "Rows", "Snapshot"]

Rows = npt.NDArray[np.intp]


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
    hours: Hours
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
        organisations = tuple(role.organisation_id for role in ordered)
        columns = columns_of(ordered, today=today, travel=travel)
        return cls(version, today, travel, identifiers, organisations, **columns)

    def changed(
        self, *, changed: Iterable[RoleFacts] = (), removed: Iterable[UUID] = (), version: str
    ) -> Snapshot:
        """Return a snapshot with roles replaced, added or left out: equal to building that day's afresh.

        What no changed role touches is shared with this one. Raises as :meth:`build`.
        """
        fresh = Snapshot.build(changed, version, today=self.today, travel=self.travel)
        edits = Edits.between(self.opportunity_ids, fresh.opportunity_ids, removed)
        after = Snapshot(version, self.today, self.travel, **_edited(self, fresh, edits))
        if edits.keep_rows and "row_of" in vars(self):
            vars(after)["row_of"] = self.row_of
        return after

    def __len__(self) -> int:
        return len(self.opportunity_ids)

    @cached_property
    def row_of(self) -> Mapping[UUID, int]:
        """The row of each opportunity."""
        return MappingProxyType({each: row for row, each in enumerate(self.opportunity_ids)})

    def has_same_content(self, other: Snapshot) -> bool:
        """Tell whether everything is equal, bit for bit; versions may differ."""
        return not self.differences(other)

    def differences(self, other: Snapshot) -> Differences:
        """Return which columns differ from another snapshot's, and in which roles; versions may differ."""
        columns = [name for name in ("today",) if getattr(self, name) != getattr(other, name)]
        if not self.travel.says_the_same(other.travel):
            columns.append("travel")
        rows, other_rows, different = pairs_of_rows(self.opportunity_ids, other.opportunity_ids)
        if self.opportunity_ids != other.opportunity_ids:
            columns.append("opportunity_ids")
        for name, flags in _differing_columns(self, other, rows, other_rows):
            if flags.any():
                columns.append(name)
                different.update(self.opportunity_ids[row] for row in rows[flags])
        return Differences(tuple(columns), tuple(sorted(different)))


_OF_NO_ROLE = ("version", "today", "travel", "opportunity_ids")


def _edited(old: Snapshot, fresh: Snapshot, edits: Edits) -> dict[str, Any]:
    """Every column with the fresh rows in it, by name."""
    after: dict[str, Any] = {"opportunity_ids": edits.items(old.opportunity_ids, fresh.opportunity_ids)}
    for name in _columns():
        ours, theirs = getattr(old, name), getattr(fresh, name)
        if isinstance(ours, np.ndarray):
            after[name] = edits.column(ours, theirs)
        elif isinstance(ours, tuple):
            after[name] = edits.items(ours, theirs)
        elif isinstance(ours, Edited):
            after[name] = ours.edited(theirs, edits)
    return after


def _differing_columns(
    one: Snapshot, other: Snapshot, rows: Rows, other_rows: Rows
) -> Iterator[tuple[str, Flags]]:
    for name in _columns():
        ours, theirs = getattr(one, name), getattr(other, name)
        yield name, differing(ours, theirs, rows, other_rows)


def _columns() -> list[str]:
    """The names of what holds something for each role, but for the ids themselves."""
    return [each.name for each in fields(Snapshot) if each.name not in _OF_NO_ROLE]
