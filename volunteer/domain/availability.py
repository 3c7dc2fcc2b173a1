"""When people are free and when work happens, in minutes of a local week.

Times are wall-clock times of the centre's city: "Tuesday at ten" stays Tuesday at ten
when summer time begins, so there is no time zone in here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, NoReturn, Self

from volunteer.domain.errors import InvalidValue

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_IN_A_DAY = 24 * 60
MINUTES_IN_A_WEEK = 7 * MINUTES_IN_A_DAY
PARTS = {"morning": (9 * 60, 12 * 60), "afternoon": (12 * 60, 17 * 60), "evening": (17 * 60, 21 * 60)}
FLEXIBLE = "flexible"
LONGEST_NIGHT = 14 * 60
"""Minutes. "22:00-06:00" runs into the next day; "12:00-09:00" is more likely a slip."""

_PIECE = re.compile(r"([a-z]{3})\s+(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})", re.ASCII)


class Span(NamedTuple):
    """A stretch within one day: day 0 is Monday, minutes count from midnight, the end is excluded."""

    day: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Availability:
    """Spans of a week, sorted and merged; nothing at all, without ``flexible``, means unknown."""

    spans: tuple[Span, ...] = ()
    flexible: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "spans", _merged(self.spans))

    @property
    def is_known(self) -> bool:
        """Tell whether anything was said."""
        return self.flexible or bool(self.spans)

    @property
    def minutes(self) -> int:
        """Minutes of the week it covers; flexible covers all of it, unknown none."""
        if self.flexible:
            return MINUTES_IN_A_WEEK
        return sum(span.end - span.start for span in self.spans)

    @classmethod
    def parse(cls, text: str, *, field: str = "times") -> Self:
        """Read ``"mon 09:00-12:00;sat 14:00-18:00"``, ``"flexible"`` or ``""`` (unknown).

        A span past midnight continues on the next day. Raises ``InvalidValue`` naming the wrong piece.
        """
        spans: list[Span] = []
        flexible = False
        for piece in filter(None, (part.strip() for part in text.lower().split(";"))):
            if piece == FLEXIBLE:
                flexible = True
            else:
                spans.extend(_parse_piece(piece, field))
        return cls(tuple(spans), flexible)

    @classmethod
    def from_parts(cls, parts: Iterable[tuple[str, str]], *, flexible: bool = False) -> Self:
        """Build from pairs such as ``("mon", "morning")``, as a form with tick boxes gives them."""
        spans = []
        for day, part in parts:
            if day not in DAYS or part not in PARTS:
                _refuse(f"{day} {part}", "times")
            spans.append(Span(DAYS.index(day), *PARTS[part]))
        return cls(tuple(spans), flexible)

    def on_days(self, days: frozenset[int]) -> Availability:
        """Keep only spans on these days (0 is Monday)."""
        return Availability(tuple(span for span in self.spans if span.day in days), self.flexible)

    def __str__(self) -> str:
        written = [f"{DAYS[day]} {_clock(start)}-{_clock(end)}" for day, start, end in self.spans]
        return ";".join([FLEXIBLE, *written] if self.flexible else written)


def shared_spans(one: Availability, other: Availability) -> tuple[Span, ...]:
    """Return when both can; whoever is flexible follows the other, two flexible ones share no named span."""
    if one.flexible:
        return () if other.flexible else other.spans
    if other.flexible:
        return one.spans
    return tuple(
        Span(mine.day, max(mine.start, theirs.start), min(mine.end, theirs.end))
        for mine in one.spans
        for theirs in other.spans
        if mine.day == theirs.day and mine.start < theirs.end and theirs.start < mine.end
    )


def overlap_minutes(one: Availability, other: Availability) -> int:
    """Return the minutes a week that both cover; flexible covers the whole week, unknown nothing."""
    if one.flexible and other.flexible:
        return MINUTES_IN_A_WEEK
    return sum(span.end - span.start for span in shared_spans(one, other))


def _parse_piece(piece: str, field: str) -> Iterator[Span]:
    match = _PIECE.fullmatch(piece)
    if match is None or match[1] not in DAYS:
        _refuse(piece, field)
    day = DAYS.index(match[1])
    start, end = _minute(match[2], match[3]), _minute(match[4], match[5])
    if start is None or end is None or start in (end, MINUTES_IN_A_DAY):
        _refuse(piece, field)
    if start < end:
        yield Span(day, start, end)
        return
    if end + MINUTES_IN_A_DAY - start > LONGEST_NIGHT:
        _refuse(piece, field)
    yield Span(day, start, MINUTES_IN_A_DAY)
    if end:
        yield Span((day + 1) % 7, 0, end)


def _minute(hours: str, minutes: str) -> int | None:
    """Return minutes after midnight, up to and including 24:00, or ``None`` for an impossible time."""
    total = int(hours) * 60 + int(minutes)
    return total if int(minutes) < 60 and total <= MINUTES_IN_A_DAY else None


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for day, start, end in sorted(Span(*span) for span in spans):
        if not (0 <= day < 7 and 0 <= start < end <= MINUTES_IN_A_DAY):
            _refuse(f"{day} {start}-{end}", "times")
        if merged and merged[-1].day == day and start <= merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(end, merged[-1].end))
        else:
            merged.append(Span(day, start, end))
    return tuple(merged)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _refuse(piece: str, field: str) -> NoReturn:
    raise InvalidValue(
        "“%(piece)s” is not a time such as mon 09:00-12:00, nor the word flexible.",
        field=field,
        code="invalid_time",
        values={"piece": piece},
    )


UNKNOWN = Availability()
