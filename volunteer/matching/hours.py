"""When every role can still happen, in columns, and how well that suits one person: exact in minutes.

Two kinds of hours meet two kinds of hours: those of every week and those of single dates. All are
wall-clock minutes, so nothing here knows about summer time. Weekly minutes count from Monday
00:00, minutes of dates from the first day there is (day 1 in proleptic ordinals, a Monday).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from volunteer.domain.availability import DAYS, MINUTES_IN_A_DAY, MINUTES_IN_A_WEEK, Availability
from volunteer.domain.matching_facts import RoleFacts
from volunteer.matching.differences import differing
from volunteer.matching.edits import Edits, frozen
from volunteer.matching.period import bounds, has_stated_hours, last_day, limiting_dates, limiting_spans
from volunteer.matching.stretches import Flags, Minutes, Numbers, Rows, Stretches

USUAL_TURN = 180
"""Minutes. A role that goes on all day is done in turns; being free for one of them is enough."""

Days = npt.NDArray[np.int32]
DayHours = tuple[tuple[int, int], ...]
"""Stretches of one day, in minutes after midnight."""


@dataclass(frozen=True, slots=True, eq=False)
class FreeTime:
    """When one person is free, where that sets a limit."""

    before: Minutes
    """(minutes of a week + 1,): free minutes before each minute of every week."""
    is_weekly: bool
    dates: tuple[tuple[int, DayHours], ...]
    """Single dates with the minutes of that day they are free, hours of every week included."""

    @classmethod
    def of(cls, times: Availability) -> Self | None:
        """Return the numbers of these hours; ``None`` for who is flexible, unsure or did not say."""
        if times.flexible or not times.is_known:
            return None
        free = np.zeros(MINUTES_IN_A_WEEK + 1, dtype=np.int64)
        for day, start, end in times.spans:
            free[day * MINUTES_IN_A_DAY + start + 1 : day * MINUTES_IN_A_DAY + end + 1] = 1
        named = sorted({span.on for span in times.dates})
        dates = tuple(
            (day.toordinal(), tuple((start, end) for _, start, end in times.on(day))) for day in named
        )
        return cls(np.cumsum(free), bool(times.spans), dates)


@dataclass(frozen=True, eq=False)
class Hours:
    """Hours of N roles as they are left on one day; arrays are read-only and have shape (N,)."""

    today: date
    left: Flags
    """It can still happen on this day or later."""
    first_days: Days
    last_days: Days
    """Proleptic ordinals of its period, both included."""
    timed: Flags
    """Hours were stated: the stretches are not merely the days of a short period."""
    any_hours: Flags
    """The organisation said that the hours are flexible."""
    weekly: Stretches
    dated: Stretches
    """A row with neither can happen at any time of its period."""

    @classmethod
    def build(cls, roles: Iterable[RoleFacts], today: date) -> Self:
        """Return the hours of these roles, in this order."""
        rows = list(roles)
        periods = np.array([bounds(role) for role in rows], dtype=np.int32).reshape(len(rows), 2)
        return cls(
            today=today,
            left=_flags(last_day(role) >= today.toordinal() for role in rows),
            first_days=frozen(periods[:, 0].copy()),
            last_days=frozen(periods[:, 1].copy()),
            timed=_flags(has_stated_hours(role) for role in rows),
            any_hours=_flags(role.times.flexible for role in rows),
            weekly=Stretches.build(_weekly_minutes(role, today) for role in rows),
            dated=Stretches.build(_dated_minutes(role, today) for role in rows),
        )

    def __len__(self) -> int:
        return len(self.left)

    @property
    def are_said(self) -> Flags:
        """Tell which rows say anything about their hours."""
        said: Flags = self.timed | self.any_hours
        return said

    def best_turns(self, free: FreeTime | None) -> Numbers:
        """Return which part of a usual turn the person can do in the stretch that suits them best.

        0 is a role that is over, or whose hours cannot overlap with theirs; 1 is a whole turn, and
        also a role at any time, or anything that is left for a person without limits (``None``).
        A person whose dates are all past has told us nothing about what is to come.
        """
        today = self.today.toordinal()
        dates = [] if free is None else [each for each in free.dates if each[0] >= today]
        if free is None or not (free.is_weekly or dates):
            return self.left.astype(np.float64)
        best = np.zeros(len(self))
        if free.is_weekly:
            best = self.weekly.best(_turns(self.weekly, _shared_weekly(self.weekly, free)))
            np.maximum(best, self._at_any_time, out=best)
        for day, hours in dates:
            shared = _shared_on(self.weekly, (day - 1) % len(DAYS), hours)
            turns = self.weekly.best(_turns(self.weekly, shared))
            in_period = (self.first_days <= day) & (self.last_days >= day)
            np.maximum(best, in_period * np.maximum(turns, self._at_any_time), out=best)
        if len(self.dated.numbers):
            dated = self.dated.best(_turns(self.dated, _shared_dated(self.dated, free)))
            np.maximum(best, dated, out=best)
        np.maximum(best, self.any_hours & (best > 0), out=best)
        np.multiply(best, self.left, out=best)
        return best

    def edited(self, fresh: Hours, edits: Edits) -> Hours:
        """Return these hours with those of fresh rows, of the same day, in them.

        Whatever no fresh row changes is shared, with all that was worked out from it.
        """
        columns = {name: edits.column(getattr(self, name), getattr(fresh, name)) for name in _COLUMNS}
        weekly, dated = self.weekly.edited(fresh.weekly, edits), self.dated.edited(fresh.dated, edits)
        return Hours(today=self.today, weekly=weekly, dated=dated, **columns)

    def differing(self, other: Hours, rows: Rows, other_rows: Rows) -> Flags:
        """Tell for each pair of rows whether anything differs."""
        names = (*_COLUMNS, "weekly", "dated")
        columns = [(getattr(self, name), getattr(other, name)) for name in names]
        flags: Flags = np.any([differing(*pair, rows, other_rows) for pair in columns], axis=0)
        return flags

    @property
    def nbytes(self) -> int:
        """Size of its columns."""
        columns = [getattr(self, name).nbytes for name in _COLUMNS]
        return int(self.weekly.nbytes + self.dated.nbytes + sum(columns))

    @cached_property
    def _at_any_time(self) -> Flags:
        return ~(self.weekly.has_any | self.dated.has_any)


_COLUMNS = ("left", "first_days", "last_days", "timed", "any_hours")


def _weekly_minutes(role: RoleFacts, today: date) -> list[tuple[int, int]]:
    return [_minutes_of(*span) for span in limiting_spans(role, today)]


def _dated_minutes(role: RoleFacts, today: date) -> list[tuple[int, int]]:
    dates = limiting_dates(role, today)
    return [_minutes_of(on.toordinal() - 1, start, end) for on, start, end in dates]


def _minutes_of(day: int, start: int, end: int) -> tuple[int, int]:
    return day * MINUTES_IN_A_DAY + start, day * MINUTES_IN_A_DAY + end


def _flags(values: Iterable[bool]) -> Flags:
    return frozen(np.fromiter(values, dtype=np.bool_))


def _turns(stretches: Stretches, shared: Minutes) -> Numbers:
    """Return which part of a usual turn so many minutes of each stretch are."""
    turns: Numbers = np.minimum(shared / np.clip(stretches.lengths, 1, USUAL_TURN), 1.0)
    return turns


def _shared_weekly(stretches: Stretches, free: FreeTime) -> Minutes:
    """Return the minutes of each stretch that the person is free every week."""
    starts = stretches.starts % MINUTES_IN_A_WEEK
    shared: Minutes = free.before[starts + stretches.lengths] - free.before[starts]
    return shared


def _shared_on(stretches: Stretches, day: int, hours: DayHours) -> Minutes:
    """Return the minutes of each stretch that fall in these hours of a day, counted from 0."""
    shared = np.zeros_like(stretches.starts)
    for start, stop in (_minutes_of(day, *each) for each in hours):
        shared += np.maximum(np.minimum(stretches.stops, stop) - np.maximum(stretches.starts, start), 0)
    return shared


def _shared_dated(stretches: Stretches, free: FreeTime) -> Minutes:
    """Return the minutes of each stretch of a date that the person is free then."""
    shared = _shared_weekly(stretches, free)
    for day, hours in free.dates:
        shared = np.maximum(shared, _shared_on(stretches, day - 1, hours))
    return shared
