"""What a few fresh rows change in long columns: what stays the same is shared, the rest is copied once.

A column that no fresh row changes is the very same array afterwards; the others are copied as whole runs, so
that a change costs a few copies of memory and no loop over the rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Protocol, Self, TypeVar, runtime_checkable
from uuid import UUID

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.intp]
Column = npt.NDArray[Any]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Run:
    """Rows ``start`` up to ``stop``, of the fresh columns or of the old ones."""

    start: int
    stop: int
    is_fresh: bool = False


@dataclass(frozen=True)
class Edits:
    """Where fresh rows come between old ones, and which old ones make way.

    Rows are found by their id: both sequences stand in the order of their ids, without doubles.
    """

    length: int
    """How many old rows there are."""
    places: tuple[tuple[int, int, int], ...]
    """In order: old rows ``start`` up to ``stop`` (none, or one) make way for this fresh row, -1 for none."""

    @classmethod
    def between(cls, old: Sequence[UUID], fresh: Sequence[UUID], removed: Iterable[UUID]) -> Self:
        """Return what replaces, adds and removes; an id that is fresh and removed is fresh."""
        places = []
        for index, identifier in enumerate(fresh):
            row, is_there = _find(old, identifier)
            places.append((row, row + is_there, index))
        for identifier in set(removed).difference(fresh):
            row, is_there = _find(old, identifier)
            if is_there:
                places.append((row, row + 1, -1))
        return cls(len(old), tuple(sorted(places)))

    @cached_property
    def keep_rows(self) -> bool:
        """Whether the same ids are in the same rows afterwards."""
        return all(stop > start and index >= 0 for start, stop, index in self.places)

    @cached_property
    def rows(self) -> Rows | slice:
        """The old row of each fresh one; asked only where :attr:`keep_rows`."""
        if len(self.places) == 1:
            return slice(*self.places[0][:2])
        return np.array([start for start, _, _ in self.places], dtype=np.intp)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The rows afterwards, as runs of old and of fresh ones."""
        runs, here = [], 0
        for start, stop, index in self.places:
            runs.append(Run(here, start))
            if index >= 0:
                runs.append(Run(index, index + 1, is_fresh=True))
            here = stop
        runs.append(Run(here, self.length))
        return tuple(run for run in runs if run.start < run.stop)

    def column(self, old: Column, fresh: Column) -> Column:
        """Return a column of shape (..., rows) afterwards; the old array itself when nothing differs."""
        if not self.keep_rows:
            return self._joined(
                [(fresh if run.is_fresh else old)[..., _slice(run)] for run in self.runs], old
            )
        if old[..., self.rows].tobytes() == fresh.tobytes():
            return old
        values = old.copy()
        values[..., self.rows] = fresh
        return frozen(values)

    def items(self, old: tuple[Item, ...], fresh: tuple[Item, ...]) -> tuple[Item, ...]:
        """Return the same for one thing a row; the old tuple itself when nothing differs."""
        if self.keep_rows and all(
            old[start] == each for (start, _, _), each in zip(self.places, fresh, strict=True)
        ):
            return old
        return tuple(chain.from_iterable((fresh if run.is_fresh else old)[_slice(run)] for run in self.runs))

    def bounds(self, old: Column, fresh: Column) -> Column:
        """Return where each row's stretch ends afterwards, shape (rows + 1,) and beginning with 0.

        Row r owns the stretch ``bounds[r]`` up to ``bounds[r + 1]`` of other columns (:meth:`stretches`).
        """
        counts, fresh_counts = np.diff(old), np.diff(fresh)
        after = self.column(counts, fresh_counts)
        if after is counts:
            return old
        values = np.zeros(len(after) + 1, dtype=old.dtype)
        np.cumsum(after, out=values[1:])
        return frozen(values)

    def stretches(self, old: Column, fresh: Column, old_bounds: Column, fresh_bounds: Column) -> Column:
        """Return a column that belongs to such stretches afterwards, shape (length of all stretches,)."""
        pieces = [
            fresh[fresh_bounds[run.start] : fresh_bounds[run.stop]]
            if run.is_fresh
            else old[old_bounds[run.start] : old_bounds[run.stop]]
            for run in self.runs
        ]
        if self.keep_rows and self._same_stretches(pieces, old, old_bounds):
            return old
        return self._joined(pieces, old)

    def _same_stretches(self, pieces: list[Column], old: Column, bounds: Column) -> bool:
        fresh = [piece for run, piece in zip(self.runs, pieces, strict=True) if run.is_fresh]
        return all(
            old[bounds[row] : bounds[row + 1]].tobytes() == piece.tobytes()
            for (row, _, _), piece in zip(self.places, fresh, strict=True)
        )

    def _joined(self, pieces: list[Column], like: Column) -> Column:
        return frozen(np.concatenate(pieces, axis=-1) if pieces else like[..., :0].copy())


@runtime_checkable
class Edited(Protocol):
    """Columns of their own kind, which know themselves how to be brought up to date."""

    def edited(self, fresh: Self, edits: Edits) -> Self:
        """Return these columns with the fresh rows in them."""


def frozen(values: Column) -> Column:
    """Return the same array, read-only from now on."""
    values.setflags(write=False)
    return values


def _find(identifiers: Sequence[UUID], wanted: UUID) -> tuple[int, bool]:
    """Return the row of an id, or where it would come, and whether it is there. Ids sort as bytes do."""
    row = bisect_left(identifiers, wanted)
    return row, row < len(identifiers) and identifiers[row] == wanted


def _slice(run: Run) -> slice:
    return slice(run.start, run.stop)
