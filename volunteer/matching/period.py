"""When a role can still happen, as seen on one day: what is past does not count.

Days are proleptic ordinals here, the number of a day since 1 January of year 1, a Monday.
"""

from __future__ import annotations

from datetime import date

from volunteer.domain.availability import DAYS, MINUTES_IN_A_DAY, Span
from volunteer.domain.matching_facts import RoleFacts

_A_WEEK = len(DAYS)


def limiting_spans(role: RoleFacts, today: date) -> tuple[Span, ...]:
    """Return when the role can still happen: stated hours on the days that are left of its period.

    A role with less than a week to go happens on some weekdays only, stated hours or not.
    No spans means any time, or never again where the last day is past.
    """
    days = _weekdays(_period(role, since=today))
    if days is None:
        return () if role.times.flexible else role.times.spans
    if has_stated_hours(role):
        return role.times.on_days(days).spans
    return tuple(Span(day, 0, MINUTES_IN_A_DAY) for day in sorted(days))


def has_stated_hours(role: RoleFacts) -> bool:
    """Tell whether hours were stated that fall in the role's period (a slip of the pen does not)."""
    if role.times.flexible or not role.times.spans:
        return False
    days = _weekdays(_period(role))
    return days is None or bool(role.times.on_days(days).spans)


def last_day(role: RoleFacts) -> int | None:
    """Return the last day on which it can happen, ``None`` when it goes on.

    With hours on Mondays only, a period that ends on Friday is over after its last Monday.
    """
    if role.ends_on is None:
        return None
    last = role.ends_on.toordinal()
    if _period(role) is None or not has_stated_hours(role):
        return last
    stated = {span.day for span in role.times.spans}
    return max(day for day in range(last - _A_WEEK + 1, last + 1) if _weekday(day) in stated)


def _period(role: RoleFacts, *, since: date = date.min) -> range | None:
    """Return its days from ``since`` on; ``None`` when it goes on, or its dates contradict each other."""
    starts_on = role.starts_on or date.min
    if role.ends_on is None or role.ends_on < starts_on:
        return None
    return range(max(starts_on, since).toordinal(), role.ends_on.toordinal() + 1)


def _weekdays(period: range | None) -> frozenset[int] | None:
    """Return the weekdays of a period shorter than a week, ``None`` where every weekday is in it."""
    return None if period is None or len(period) >= _A_WEEK else frozenset(map(_weekday, period))


def _weekday(day: int) -> int:
    """Return 0 for a Monday."""
    return (day - 1) % _A_WEEK
