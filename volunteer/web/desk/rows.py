"""What every row of the today page has, whichever column it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

MOST_SHOWN = 50
"""Of one kind in a column; the ones that wait longest come first, and the others follow as they are done."""
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do. ``kind`` names it in its address, ``detail`` is what opens in place."""

    kind: str
    id: UUID
    name: str
    age: str
    why: str
    icon: str
    late: bool = False
    """Shown in red, with its icon and words."""
    detail: Any = None

    @property
    def key(self) -> tuple[str, UUID]:
        """What tells it from every other row: a person can stand in several."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its rows, and how many there are of each kind."""

    rows: list[Row]
    has_more: bool = False
    """Whether others follow when these are done."""

    def of(self, *kinds: str) -> list[Row]:
        """The rows of these kinds, in their order."""
        return [row for row in self.rows if row.kind in kinds]


def first_of(found: Sequence[Thing]) -> Sequence[Thing]:
    """The ones that are shown, of one more than that."""
    return found[:MOST_SHOWN]


def is_late(since: datetime, now: datetime, allowed: timedelta) -> bool:
    """Whether something has waited longer than is good."""
    return now - since > allowed
