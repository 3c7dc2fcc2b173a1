"""When people are free and when work happens: hours of every week, hours of single dates, or "flexible".

Times are wall-clock times of the centre's city: "Tuesday at ten" stays Tuesday at ten
when summer time begins, so there is no time zone in here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple, NoReturn, Self, TypeVar

from volunteer.domain.errors import InvalidValue

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_IN_A_DAY = 24 * 60
MINUTES_IN_A_WEEK = 7 * MINUTES_IN_A_DAY
PARTS = {"morning": (9 * 60, 12 * 60), "afternoon": (12 * 60, 17 * 60), "evening": (17 * 60, 21 * 60)}
FLEXIBLE = "flexible"
UNSURE = "unsure"
LONGEST_NIGHT = 14 * 60
"""Minutes. "22:00-06:00" runs into the next day; "12:00-09:00" is more likely a slip."""

_PIECE = re.compile(r"([a-z]{3}|\d{4}-\d{2}-\d{2})\s+(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})", re.ASCII)


class Span(NamedTuple):
    """A stretch within one day: day 0 is Monday, minutes count from midnight, the end is excluded."""

    day: int
    start: int
    end: int


class DatedSpan(NamedTuple):
    """A stretch within one date; minutes count from midnight, the end is excluded."""

    on: date
    start: int
    end: int


_AnySpan = TypeVar("_AnySpan", Span, DatedSpan)


@dataclass(frozen=True, slots=True)
class Availability:
    """Spans of every week and of single dates, each sorted and merged; they add up.

    Nothing at all, without ``flexible``, means unknown: nobody asked, or ``unsure`` says that
    the person was asked and does not know yet. Whoever does give hours is not unsure.
    """

    spans: tuple[Span, ...] = ()
    flexible: bool = False
    dates: tuple[DatedSpan, ...] = ()
    unsure: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "spans", _merged(Span(*span) for span in self.spans))
        object.__setattr__(self, "dates", _merged(DatedSpan(*span) for span in self.dates))
        object.__setattr__(self, "unsure", self.unsure and not self.is_known)

    @property
    def is_known(self) -> bool:
        """Tell whether anything was said that can be compared."""
        return self.flexible or bool(self.spans) or bool(self.dates)

    @property
    def minutes(self) -> int:
        """Minutes that it covers every week; flexible covers all of it, unknown and single dates none."""
        if self.flexible:
            return MINUTES_IN_A_WEEK
        return _length(self.spans)

    @classmethod
    def parse(cls, text: str, *, field: str = "times") -> Self:
        """Read ``"mon 09:00-12:00;2027-03-14 10:00-16:00"``, ``"flexible"``, ``"unsure"`` or ``""``.

        A span past midnight continues on the next day. Raises ``InvalidValue`` naming the wrong piece.
        """
        spans: list[Span] = []
        dates: list[DatedSpan] = []
        words = set()
        for piece in filter(None, (part.strip() for part in text.lower().split(";"))):
            if piece in {FLEXIBLE, UNSURE}:
                words.add(piece)
                continue
            when, stretches = _parse_piece(piece, field)
            if isinstance(when, date):
                dates.extend(DatedSpan(when + timedelta(later), *hours) for later, hours in stretches)
            else:
                spans.extend(Span((when + later) % len(DAYS), *hours) for later, hours in stretches)
        return cls(tuple(spans), FLEXIBLE in words, tuple(dates), UNSURE in words)

    @classmethod
    def from_parts(
        cls, parts: Iterable[tuple[str, str]], *, flexible: bool = False, unsure: bool = False
    ) -> Self:
        """Build from pairs such as ``("mon", "morning")``, as a form with tick boxes gives them."""
        spans = []
        for day, part in parts:
            if day not in DAYS or part not in PARTS:
                _refuse(f"{day} {part}", "times")
            spans.append(Span(DAYS.index(day), *PARTS[part]))
        return cls(tuple(spans), flexible, unsure=unsure)

    @classmethod
    def joined(cls, pieces: Iterable[Availability]) -> Self:
        """Return what several of them say together."""
        every = tuple(pieces)
        return cls(
            spans=tuple(span for each in every for span in each.spans),
            flexible=any(each.flexible for each in every),
            dates=tuple(span for each in every for span in each.dates),
            unsure=any(each.unsure for each in every),
        )

    def on(self, day: date) -> tuple[Span, ...]:
        """Return the stretches of one date, merged: hours of its weekday and hours of that date alone."""
        weekday = day.weekday()
        if self.flexible:
            return (Span(weekday, 0, MINUTES_IN_A_DAY),)
        dated = (Span(weekday, start, end) for on, start, end in self.dates if on == day)
        return _merged((*(span for span in self.spans if span.day == weekday), *dated))

    def since(self, day: date) -> Availability:
        """Return it without the dates before this day; when nothing else was said, that is unknown."""
        if not self.dates or self.dates[0].on >= day:
            return self
        return replace(self, dates=tuple(span for span in self.dates if span.on >= day))

    def is_over(self, today: date) -> bool:
        """Tell whether there were only single dates, and all of them are past."""
        return bool(self.dates) and not self.flexible and not self.spans and self.dates[-1].on < today

    def __str__(self) -> str:
        words = [word for word, said in ((FLEXIBLE, self.flexible), (UNSURE, self.unsure)) if said]
        weekly = [f"{DAYS[day]} {_clock(start)}-{_clock(end)}" for day, start, end in self.spans]
        dated = [f"{on.isoformat()} {_clock(start)}-{_clock(end)}" for on, start, end in self.dates]
        return ";".join([*words, *weekly, *dated])


def shared_spans(one: Availability, other: Availability) -> tuple[Span, ...]:
    """Return when both can, every week.

    Whoever is flexible follows the other, two flexible ones share no named span.
    """
    if one.flexible:
        return () if other.flexible else other.spans
    return one.spans if other.flexible else _common(one.spans, other.spans)


def shared_dates(one: Availability, other: Availability) -> tuple[DatedSpan, ...]:
    """Return when both can on the dates that either of them names.

    A date meets a weekly pattern on its weekday, and a whole stretch is returned: also the part
    of it that they share every week. Two flexible ones share no named date.
    """
    if one.flexible and other.flexible:
        return ()
    return tuple(
        DatedSpan(day, start, end)
        for day in sorted({span.on for span in (*one.dates, *other.dates)})
        for _, start, end in _common(one.on(day), other.on(day))
    )


def overlap_minutes(one: Availability, other: Availability) -> int:
    """Return the minutes that both cover every week; flexible covers all of it, unknown nothing."""
    if one.flexible and other.flexible:
        return MINUTES_IN_A_WEEK
    return _length(shared_spans(one, other))


def dated_overlap_minutes(one: Availability, other: Availability) -> int:
    """Return the minutes that named dates add to what both share every week.

    So over any n whole weeks that hold all named dates, both cover
    ``n * overlap_minutes + dated_overlap_minutes`` minutes.
    """
    weekly, dated = shared_spans(one, other), shared_dates(one, other)
    already = sum(
        _length(each for each in weekly if each.day == on.weekday()) for on in {span.on for span in dated}
    )
    return _length(dated) - already


def _common(mine: Iterable[Span], theirs: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(
        Span(one.day, max(one.start, other.start), min(one.end, other.end))
        for one in mine
        for other in theirs
        if one.day == other.day and one.start < other.end and other.start < one.end
    )


def _length(spans: Iterable[Span] | Iterable[DatedSpan]) -> int:
    return sum(span.end - span.start for span in spans)


def _parse_piece(piece: str, field: str) -> tuple[int | date, list[tuple[int, tuple[int, int]]]]:
    """Return the day it starts on and, for one or two days, how many days later and its minutes."""
    match = _PIECE.fullmatch(piece)
    when = _day(match[1]) if match else None
    if match is None or when is None:
        _refuse(piece, field)
    start, end = _minute(match[2], match[3]), _minute(match[4], match[5])
    if start is None or end is None or start in (end, MINUTES_IN_A_DAY):
        _refuse(piece, field)
    if start < end:
        return when, [(0, (start, end))]
    if end + MINUTES_IN_A_DAY - start > LONGEST_NIGHT or (end and when == date.max):
        _refuse(piece, field)
    night = [(0, (start, MINUTES_IN_A_DAY)), (1, (0, end))]
    return when, night if end else night[:1]


def _day(written: str) -> int | date | None:
    """Return 0 for ``mon``, the date for ``2027-03-14``, ``None`` for a day that does not exist."""
    if written in DAYS:
        return DAYS.index(written)
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _minute(hours: str, minutes: str) -> int | None:
    """Return minutes after midnight, up to and including 24:00, or ``None`` for an impossible time."""
    total = int(hours) * 60 + int(minutes)
    return total if int(minutes) < 60 and total <= MINUTES_IN_A_DAY else None


def _merged(spans: Iterable[_AnySpan]) -> tuple[_AnySpan, ...]:
    merged: list[_AnySpan] = []
    for span in sorted(spans):
        day, start, end = span
        if not (_is_day(day) and 0 <= start < end <= MINUTES_IN_A_DAY):
            _refuse(f"{day} {start}-{end}", "times")
        if merged and merged[-1][0] == day and start <= merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def _is_day(day: int | date) -> bool:
    return isinstance(day, date) or 0 <= day < len(DAYS)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _refuse(piece: str, field: str) -> NoReturn:
    raise InvalidValue(
        "“%(piece)s” is not a time such as mon 09:00-12:00 or 2027-03-14 10:00-16:00, "
        "nor the word flexible or unsure.",
        field=field,
        code="invalid_time",
        values={"piece": piece},
    )


UNKNOWN = Availability()
