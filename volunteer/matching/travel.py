"""How long it takes to get somewhere: from a table of minutes where one is loaded, else from the distance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

import numpy as np
import numpy.typing as npt

Minutes = npt.NDArray[np.float32]

NOT_ON_THE_TABLE = -1
MINUTES_BEFORE_MOVING = 8.0
MINUTES_PER_KM = 5.0
"""Door to door in a city, on foot and by public transport, over the straight line: a rule of thumb of ours,
used only where no table says better (docs/decisions/0022)."""


@dataclass(frozen=True, eq=False)
class TravelTable:
    """Minutes between districts; immutable, and shared by every snapshot built while it is loaded."""

    index_of: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    minutes: Minutes = field(default_factory=lambda: np.full((0, 1), np.nan, dtype=np.float32))
    """(D, D + 1): from row to column, NaN where the table is silent. The last column is all NaN, so that the
    index of a place that is in no district of the table finds nothing."""

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, float]]) -> Self:
        """Build from (from, to, minutes); where only one direction is given, it serves for both."""
        given = {(start, end): minutes for start, end, minutes in rows}
        codes = sorted({code for pair in given for code in pair})
        index_of = {code: index for index, code in enumerate(codes)}
        minutes = np.full((len(codes), len(codes) + 1), np.nan, dtype=np.float32)
        for (start, end), value in given.items():
            minutes[index_of[start], index_of[end]] = value
            if (end, start) not in given:
                minutes[index_of[end], index_of[start]] = value
        minutes.setflags(write=False)
        return cls(MappingProxyType(index_of), minutes)

    def index(self, district: str | None) -> int:
        """Return the number of a district, ``NOT_ON_THE_TABLE`` when there is none."""
        return self.index_of.get(district or "", NOT_ON_THE_TABLE)

    def says_the_same(self, other: TravelTable) -> bool:
        """Tell whether both give the same minutes between the same districts."""
        return self.index_of == other.index_of and np.array_equal(self.minutes, other.minutes, equal_nan=True)

    def between(self, start: str | None, end: str | None) -> float | None:
        """Return the minutes the table gives between two districts, ``None`` when it gives none."""
        return self.minutes_at(self.index(start), self.index(end))

    def minutes_at(self, row: int, column: int) -> float | None:
        """Return the minutes between two districts by their numbers, ``None`` when the table gives none."""
        if NOT_ON_THE_TABLE in {row, column}:
            return None
        minutes = float(self.minutes[row, column])
        return None if np.isnan(minutes) else minutes


NO_TABLE = TravelTable()


def limit_is_exceeded(limit: float | None, minutes: float | None, kilometres: float | None) -> bool:
    """Tell whether the way is longer than someone wants to go; the table's minutes go before the distance."""
    if limit is None:
        return False
    if minutes is None:
        return kilometres is not None and estimated_minutes(kilometres) > limit
    return minutes > limit


def estimated_minutes(kilometres: float) -> float:
    """Return a rough door-to-door time over a straight line of so many kilometres."""
    return MINUTES_BEFORE_MOVING + MINUTES_PER_KM * kilometres
