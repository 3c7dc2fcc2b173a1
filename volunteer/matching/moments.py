"""The moment of a role that suits one person best, for saying it: one pair at a time, from the facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from volunteer.domain.availability import Availability, Span, shared_spans
from volunteer.domain.matching_facts import RoleFacts
from volunteer.matching.hours import USUAL_TURN
from volunteer.matching.period import bounds, limiting_dates, limiting_spans


class Moment(NamedTuple):
    """When both can: every week on this day (0 is Monday), or on this date; in minutes after midnight."""

    day: int | date
    start: int
    end: int
    turn: float
    """Part of a usual turn that can be done in the stretch that suits best, as in the score."""


def best_moment(free: Availability, role: RoleFacts, today: date) -> Moment | None:
    """Return the longest moment that both can from today on, ``None`` without any.

    Every week comes before a single date of the same length, and what comes earlier before later.
    """
    moments, best_turn = [], 0.0
    for on, stretch, that_day in _stretches(free.since(today), role, today):
        shared = shared_spans(Availability((stretch,)), that_day)
        minutes = sum(end - start for _, start, end in shared)
        best_turn = max(best_turn, min(1.0, minutes / min(stretch.end - stretch.start, USUAL_TURN)))
        moments += [
            (start - end, on is not None, on or date.min, day, start, end) for day, start, end in shared
        ]
    if not moments:
        return None
    _, is_dated, on, day, start, end = min(moments)
    return Moment(on if is_dated else day, start, end, best_turn)


def _stretches(
    free: Availability, role: RoleFacts, today: date
) -> Iterator[tuple[date | None, Span, Availability]]:
    """Yield each stretch of the role with the hours of the person that it meets, and on which date."""
    weekly, (first, last) = limiting_spans(role, today), bounds(role)
    for span in weekly:
        yield None, span, Availability(free.spans)
    for day in {span.on for span in free.dates if first <= span.on.toordinal() <= last}:
        that_day = Availability(free.on(day))
        yield from ((day, span, that_day) for span in weekly if span.day == day.weekday())
    for day, start, end in limiting_dates(role, today):
        yield day, Span(day.weekday(), start, end), Availability(free.on(day))
