"""What came of a market, in counts among which nobody can be counted.

Every table divides one set of people or meetings. A count from 1 to 4 is not shown, and neither are the next
smallest in its table until those that are hidden come to five together: else the total would give them away.
A table that divides what another one hides is not shown at all. While a market is on the same tables say how
far it is: what is still to come has a row of its own.
Why: docs/decisions/0065-a-board-that-says-how-old-it-is.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from volunteer.domain.figures import STEP
from volunteer.domain.market_days import VisitState

MOST = 4
"""So many meetings, or rounds of waiting, and more are counted as one."""
NOT_SAID = ""
TO_COME = "to_come"
"""Meetings that are planned for a round that is still to come."""


@dataclass(frozen=True, slots=True)
class Came:
    """One visitor, as far as a report looks."""

    id: UUID
    is_here: bool
    """They checked in."""
    said_no: bool
    in_group: bool
    wants_route: bool
    language: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting that was on a route to the end."""

    visitor_id: UUID
    letter: str
    """Of the zone."""
    round: int
    rounds: int
    state: str
    interpreter: str | None
    visitor_says: bool
    stand_says: bool
    is_introduced: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by key, in order; ``None`` is one that is not shown."""

    rows: Mapping[str, int | None]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say, or nothing that may be said."""
        return not any(self.rows.values())


@dataclass(frozen=True, slots=True)
class MeetingTables:
    """Meetings by what came of them; those that were held by zone, round, interpreter and interest."""

    states: Table
    zones: Table
    rounds: Table
    interpreters: Table
    interest: Table


@dataclass(frozen=True, slots=True)
class PeopleTables:
    """Visitors by whether they came; those who came by how, by meetings, language and answer."""

    came: Table
    groups: Table
    met: Table
    none: Table
    """Why those who came for a route met nobody."""
    waits: Table
    languages: Table
    answers: Table


def shown(counts: Mapping[str, int], *, is_open: bool = True) -> Table:
    """Return what may be shown of the parts of one set; nothing where the set itself is hidden."""
    ordered = sorted((count, key) for key, count in counts.items() if count)
    hidden: set[str] = set()
    together = 0
    for count, key in ordered:
        if count >= STEP and (not hidden or (together >= STEP and len(hidden) > 1)):
            break
        hidden.add(key)
        together += count
    return Table({key: count if is_open and key not in hidden else None for key, count in counts.items()})


def meeting_tables(
    meetings: Iterable[Meeting], *, letters: Sequence[str], rounds: int, begun: int | None = None
) -> MeetingTables:
    """Count meetings; every zone has its row, and every one of the first ``begun`` of all rounds.

    ``None`` is all of them. A round that has not begun has its row once something was held in it.
    """
    every = list(meetings)
    begun = rounds if begun is None else begun
    held = [each for each in every if each.state == VisitState.MET]
    possible = (VisitState.MET, VisitState.MISSED, VisitState.PLANNED, *([TO_COME] if begun < rounds else []))
    states = shown(_counted((_came_to(each, begun) for each in every), possible))
    is_open = states.rows[VisitState.MET] is not None
    numbers = [str(number) for number in range(max([begun, *(each.round + 1 for each in held)]))]
    languages = sorted({each.interpreter for each in held if each.interpreter})
    return MeetingTables(
        states,
        shown(_counted((each.letter for each in held), letters), is_open=is_open),
        shown(_counted((str(each.round) for each in held), numbers), is_open=is_open),
        shown(
            _counted((each.interpreter or NOT_SAID for each in held), [*languages, NOT_SAID]), is_open=is_open
        ),
        shown(_counted((_interest(each) for each in held), INTERESTS), is_open=is_open),
    )


def _came_to(meeting: Meeting, begun: int) -> str:
    is_ahead = meeting.state == VisitState.PLANNED and meeting.round >= begun
    return TO_COME if is_ahead else meeting.state


INTERESTS = ("introduced", "mutual", "visitor", "stand", "neither")
"""What both sides said, and whether they were introduced already."""


def _interest(meeting: Meeting) -> str:
    if meeting.is_introduced:
        return "introduced"
    if meeting.visitor_says:
        return "mutual" if meeting.stand_says else "visitor"
    return "stand" if meeting.stand_says else "neither"


def people_tables(
    people: Iterable[Came], meetings: Iterable[Meeting], *, answers: Sequence[str]
) -> PeopleTables:
    """Count visitors; who met somebody came, whether or not anybody checked them in."""
    routes: dict[UUID, list[Meeting]] = defaultdict(list)
    for each in meetings:
        routes[each.visitor_id].append(each)
    met = {
        visitor: sorted(one.round for one in route if one.state == VisitState.MET)
        for visitor, route in routes.items()
    }
    everybody = list(people)
    here = [each for each in everybody if each.is_here or met.get(each.id)]
    came = shown(_came(everybody, here))
    is_open = came.rows["came"] is not None
    by_number = Counter(_number_met(each, met) for each in here)
    numbers = shown({key: by_number[key] for key in (*map(str, range(MOST + 1)), "free")}, is_open=is_open)
    nobody = [each for each in here if _number_met(each, met) == "0"]
    return PeopleTables(
        came,
        shown(
            _counted(("group" if each.in_group else "alone" for each in here), ("alone", "group")),
            is_open=is_open,
        ),
        numbers,
        shown(
            _counted(
                ("missed" if routes.get(each.id) else "no_route" for each in nobody), ("no_route", "missed")
            ),
            is_open=numbers.rows["0"] is not None,
        ),
        shown(_counted(_waits(met.values()), [str(number) for number in range(MOST + 1)])),
        shown(
            _counted((each.language for each in here), sorted({each.language for each in here})),
            is_open=is_open,
        ),
        shown(_counted((each.answer or NOT_SAID for each in here), [*answers, NOT_SAID]), is_open=is_open),
    )


def _came(everybody: Iterable[Came], here: Sequence[Came]) -> dict[str, int]:
    away = [each for each in everybody if each not in here]
    said_no = sum(each.said_no for each in away)
    return {"came": len(here), "said_no": said_no, "stayed_away": len(away) - said_no}


def _number_met(person: Came, met: Mapping[UUID, Sequence[int]]) -> str:
    number = len(met.get(person.id, ()))
    return str(min(number, MOST)) if number or person.wants_route else "free"


def _waits(routes: Iterable[Sequence[int]]) -> list[str]:
    """Rounds between one meeting and the next."""
    return [
        str(max(0, min(later - earlier - 1, MOST))) for route in routes for earlier, later in pairwise(route)
    ]


def _counted(found: Iterable[str], keys: Sequence[str]) -> dict[str, int]:
    counts = Counter(found)
    return {key: counts[key] for key in keys}
