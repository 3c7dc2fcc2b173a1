"""What differs between two sets of columns, bit for bit: which columns, and in which roles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

import numpy as np
import numpy.typing as npt

from volunteer.matching.edits import Column

Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Differences:
    """What two snapshots do not have in common; false when they are equal."""

    columns: tuple[str, ...] = ()
    opportunity_ids: tuple[UUID, ...] = ()
    """In order. Empty too when only something differs that is of no role: the day, the table of minutes."""

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.columns)


@runtime_checkable
class Comparable(Protocol):
    """Columns of their own kind, which know themselves where they differ."""

    def differing(self, other: Any, rows: Rows, other_rows: Rows) -> Flags:
        """Tell for each pair of rows whether they differ."""


def differing(one: object, other: object, rows: Rows, other_rows: Rows) -> Flags:
    """Tell for each pair of rows of two columns whether they differ, bit for bit."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return _differing_numbers(one, other, rows, other_rows)
    if isinstance(one, tuple) and isinstance(other, tuple):
        pairs = zip(rows, other_rows, strict=True)
        return np.fromiter((one[row] != other[other_row] for row, other_row in pairs), np.bool_, len(rows))
    if isinstance(one, Comparable):
        return one.differing(other, rows, other_rows)
    raise TypeError(f"nobody knows how to compare {type(one).__name__}")


def differing_stretches(
    one: tuple[Column, Sequence[Column]], other: tuple[Column, Sequence[Column]], rows: Rows, other_rows: Rows
) -> Flags:
    """The same for bounds and the columns they divide into stretches (:meth:`Edits.stretches`)."""
    return np.fromiter(
        (
            _stretch(*one, row) != _stretch(*other, other_row)
            for row, other_row in zip(rows, other_rows, strict=True)
        ),
        np.bool_,
        len(rows),
    )


def pairs_of_rows(one: Sequence[UUID], other: Sequence[UUID]) -> tuple[Rows, Rows, set[UUID]]:
    """Return the rows of the ids that both have, in the order of the first, and the ids only one has."""
    row_of = {each: row for row, each in enumerate(other)}
    pairs = [(row, row_of[each]) for row, each in enumerate(one) if each in row_of]
    rows, other_rows = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    return rows, other_rows, set(one) ^ set(other)


def _differing_numbers(one: Column, other: Column, rows: Rows, other_rows: Rows) -> Flags:
    if one.dtype != other.dtype or one.shape[:-1] != other.shape[:-1]:
        return np.ones(len(rows), dtype=np.bool_)
    bits, other_bits = _bits(one[..., rows]), _bits(other[..., other_rows])
    flags: Flags = (bits != other_bits).any(axis=1)
    return flags


def _bits(values: Column) -> npt.NDArray[np.uint8]:
    """Return what each row weighs in bytes, shape (rows, bytes): NaN equals itself, and 0.0 is not -0.0."""
    by_row = np.ascontiguousarray(values.T).reshape(values.shape[-1], math.prod(values.shape[:-1]))
    return by_row.view(np.uint8)


def _stretch(bounds: Column, columns: Sequence[Column], row: np.intp) -> tuple[bytes, ...]:
    return tuple(each[bounds[row] : bounds[row + 1]].tobytes() for each in columns)
