"""When a role can still happen, as seen on one day: what is past does not count.

Days are proleptic ordinals here, the number of a day since 1 January of year 1, a Monday.
"""

from __future__ import annotations

from datetime import date

from volunteer.domain.availability import DAYS, MINUTES_IN_A_DAY, DatedSpan, Span
from volunteer.domain.matching_facts import RoleFacts

FOR_EVER = date.max.toordinal()
_A_WEEK = len(DAYS)


def limiting_spans(role: RoleFacts, today: date) -> tuple[Span, ...]:
    """Return the hours of the week in which it can still happen: stated ones, on the days left of its period.

    A role with less than a week to go happens on some weekdays only, stated hours or not.
    Neither these nor ``limiting_dates`` means any time, or never again where the last day is past.
    """
    days = _weekdays(_period(role, since=today))
    if has_stated_hours(role):
        return _weekly(role, days)
    return () if days is None else tuple(Span(day, 0, MINUTES_IN_A_DAY) for day in sorted(days))


def limiting_dates(role: RoleFacts, today: date) -> tuple[DatedSpan, ...]:
    """Return the dates that were stated, those still to come within its period."""
    period = _period(role, since=today)
    return (
        ()
        if role.times.flexible
        else tuple(span for span in role.times.dates if span.on.toordinal() in period)
    )


def has_stated_hours(role: RoleFacts) -> bool:
    """Tell whether hours were stated that fall in the role's period (a slip of the pen does not)."""
    period = _period(role)
    return not role.times.flexible and bool(
        _weekly(role, _weekdays(period)) or limiting_dates(role, date.min)
    )


def bounds(role: RoleFacts) -> tuple[int, int]:
    """Return the first and the last day of its period: 1 and ``FOR_EVER`` where none was given."""
    period = _period(role)
    return period.start, period.stop - 1


def last_day(role: RoleFacts) -> int:
    """Return the last day on which it can happen, ``FOR_EVER`` when it goes on.

    With hours on Mondays only, a period that ends on Friday is over after its last Monday;
    with single dates only, a role is over after the last of them.
    """
    end = FOR_EVER if role.ends_on is None else role.ends_on.toordinal()
    if not has_stated_hours(role):
        return end
    period = _period(role)
    weekly = {span.day for span in _weekly(role, _weekdays(period))}
    dates = [span.on.toordinal() for span in limiting_dates(role, date.min)]
    if not weekly:
        return min(end, max(dates))
    if role.ends_on is None or period.stop == FOR_EVER + 1:
        return end
    in_last_week = (day for day in range(end - _A_WEEK + 1, end + 1) if _weekday(day) in weekly)
    return max([*dates, *in_last_week])


def _weekly(role: RoleFacts, days: frozenset[int] | None) -> tuple[Span, ...]:
    return tuple(span for span in role.times.spans if days is None or span.day in days)


def _period(role: RoleFacts, *, since: date = date.min) -> range:
    """Return its days from ``since`` on; a first day after the last sets no limit."""
    starts_on, ends_on = role.starts_on or date.min, role.ends_on or date.max
    if ends_on < starts_on:
        starts_on, ends_on = date.min, date.max
    return range(max(starts_on, since).toordinal(), ends_on.toordinal() + 1)


def _weekdays(period: range) -> frozenset[int] | None:
    """Return the weekdays of a period shorter than a week, ``None`` where every weekday is in it."""
    return None if len(period) >= _A_WEEK else frozenset(map(_weekday, period))


def _weekday(day: int) -> int:
    """Return 0 for a Monday."""
    return (day - 1) % _A_WEEK
