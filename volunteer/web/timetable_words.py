"""Timetables in words: how far one is, what it comes to beside others, and why somebody is short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import TimetableState
from volunteer.domain.markets import Absence, Obstacle
from volunteer.models import Timetable
from volunteer.services import timetables
from volunteer.services.timetable_reasons import CHANGED, NEW
from volunteer.services.timetable_solving import POSSIBLE
from volunteer.web.gathering_words import moment_said
from volunteer.web.language import current_language, ngettext
from volunteer.web.language import gettext as _

MANY = 4
"""So many meetings and more are one line."""
_COMPARED = (TimetableState.READY, TimetableState.PUBLISHED, TimetableState.REPLACED)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of what plans come to."""

    label: str
    cells: list[str]
    best: frozenset[int] = frozenset()
    """The columns that are better here; none when all are alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One timetable at the head of a column, or in a list."""

    id: UUID
    number: int
    state: TimetableState
    said: dict[str, str]
    """A pill."""
    made: str
    is_replan: bool
    progress: int
    rules: str
    may_publish: bool
    is_out_of_date: bool
    """Something changed since it was made: publishing would refuse it."""
    why_failed: str = ""


def plan_line(timetable: Timetable, *, is_out_of_date: bool = False) -> PlanLine:
    """This timetable in a line."""
    state = TimetableState(timetable.state)
    return PlanLine(
        id=timetable.id,
        number=timetable.number,
        state=state,
        said={"name": "stopped", "text": _("Out of date")} if is_out_of_date else _states()[state],
        may_publish=state is TimetableState.READY and not is_out_of_date,
        is_out_of_date=is_out_of_date,
        made=moment_said(timetable.published_at or timetable.solved_at or timetable.asked_at),
        is_replan=timetable.is_replan,
        progress=timetable.progress,
        rules=_rules(timetable.rules),
        why_failed=_failures().get(timetable.figures.get("failed", ""), ""),
    )


def comparable(plans: Sequence[Timetable], most: int) -> list[Timetable]:
    """The newest plans that can be set side by side, the oldest of them first."""
    ready = [each for each in plans if each.state in _COMPARED and not each.is_replan]
    return ready[:most][::-1]


def lines(plans: Sequence[Timetable]) -> list[Line]:
    """What these plans come to, row by row."""
    figures = [each.figures for each in plans]
    people = [[*each.get("people", []), *[0] * (MANY + 1)] for each in figures]
    found = [_line(_("Meetings"), [each["meetings"] for each in figures], most=True)]
    for count in range(MANY):
        said = _("Nobody to meet") if not count else ngettext("%(num)d meeting", "%(num)d meetings", count)
        found.append(_line(said, [each[count] for each in people], most=None if count > 1 else False))
    found.append(
        _line(_("%(num)d meetings or more", num=MANY), [sum(each[MANY:]) for each in people], most=True)
    )
    found.append(
        _line(_("Friends who meet somebody together"), [each["together"] for each in figures], most=True)
    )
    found.append(
        _line(_("How well it fits, of 100"), [round(100 * (each["fit"] or 0)) for each in figures], most=True)
    )
    for code in sorted({code for each in figures for code in each["interpreters"]}):
        label = _("Interpreter: %(language)s", language=LANGUAGES[code].label(current_language()))
        found.append(Line(label, [_load(each["interpreters"].get(code)) for each in figures]))
    return found


def reasons_line(timetable: Timetable) -> list[tuple[str, str, int]]:
    """Why people are short in this plan: code, words and how many, most first."""
    counts: Mapping[str, int] = timetable.figures.get("short", {})
    words = short_names()
    return sorted(((code, words[code], count) for code, count in counts.items()), key=lambda each: -each[2])


def serves_most(plans: Sequence[Timetable]) -> Timetable | None:
    """The plan that leaves fewest people without a first meeting, then a second, and so on; None if alike."""
    if len(plans) < 2:
        return None
    keys = [_served(each.figures) for each in plans]
    best = max(keys)
    return plans[keys.index(best)] if keys.count(best) == 1 else None


def short_names() -> dict[str, str]:
    """Why somebody has fewer meetings than they want, by its code."""
    return {
        Obstacle.NEEDS: _("No further stand has what they must have."),
        Obstacle.LANGUAGE: _("No further stand speaks their language, and no interpreter does."),
        Obstacle.MET: _("They meet every stand that suits them."),
        Obstacle.CLOSED: _("The stands that are left are closed while they are there."),
        Obstacle.TIME: _("They need two rounds in a row: the stands that are left have not two for them."),
        Obstacle.BUSY: _("The stands that are left are open only while they are at another one."),
        Obstacle.ROUTE: _("Their route leaves no room: the way, the wait or the time to breathe."),
        Obstacle.FULL: _("Every seat that suits them is taken."),
        Obstacle.INTERPRETER: _("There are seats, but every interpreter is with others."),
        POSSIBLE: _("A seat came free: they can have one more now."),
        NEW: _("They came after this timetable was made."),
        CHANGED: _("Something changed for them after this timetable was made."),
    }


def absence_names() -> dict[str, str]:
    """Why one stand is not on somebody's route, by its code."""
    return {
        Obstacle.NEEDS: _("This stand has not what they must have."),
        Obstacle.LANGUAGE: _("They have no language in common, and no interpreter comes for one of theirs."),
        Obstacle.MET: _("They meet this stand already."),
        Obstacle.CLOSED: _("This stand is closed while they are there."),
        Obstacle.TIME: _("They need two rounds in a row, and this stand has not two while they are there."),
        Obstacle.BUSY: _("They are at another stand whenever this one is open."),
        Obstacle.ROUTE: _("Their route leaves no room: the way, the wait or the time to breathe."),
        Obstacle.FULL: _("Others have every seat at this stand that they could take."),
        Obstacle.INTERPRETER: _("There is a seat, but every interpreter is with others then."),
        Absence.ON_ROUTE: _("This stand is on their route."),
        Absence.ROUTE_COMPLETE: _(
            "Their route is complete: others suit them better, or left more for everybody."
        ),
        Absence.POSSIBLE: _("Nothing is in the way: they can have it now."),
    }


def _served(figures: Mapping[str, Any]) -> tuple[int, ...]:
    people = figures.get("people", [])
    return tuple(sum(people[count:]) for count in range(1, MANY + 1))


def _line(label: str, values: Sequence[int], *, most: bool | None) -> Line:
    """``most``: more is better; None says nothing of better."""
    best: frozenset[int] = frozenset()
    if most is not None and len(set(values)) > 1:
        wanted = max(values) if most else min(values)
        best = frozenset(index for index, value in enumerate(values) if value == wanted)
    return Line(label, [str(each) for each in values], best)


def _load(used: Sequence[int] | None) -> str:
    return _("%(used)s of %(there)s rounds", used=used[0], there=used[1]) if used else "–"


def _rules(rules: Mapping[str, Any]) -> str:
    said = []
    if rules.get("wanted"):
        said.append(ngettext("%(num)d meeting each", "%(num)d meetings each", rules["wanted"]))
    if rules.get("longest_wait"):
        said.append(
            ngettext(
                "a wait of %(num)d round at most", "a wait of %(num)d rounds at most", rules["longest_wait"]
            )
        )
    if rules.get("most_in_a_row"):
        said.append(ngettext("%(num)d round in a row", "%(num)d rounds in a row", rules["most_in_a_row"]))
    if rules.get("sure_only"):
        said.append(_("only what is sure"))
    return ", ".join(said)


def _states() -> dict[TimetableState, dict[str, str]]:
    return {
        TimetableState.WAITING: {"name": "pending", "text": _("Begins in a moment")},
        TimetableState.SOLVING: {"name": "pending", "text": _("Being made")},
        TimetableState.READY: {"name": "asking", "text": _("Ready to compare")},
        TimetableState.FAILED: {"name": "declined", "text": _("Could not be made")},
        TimetableState.PUBLISHED: {"name": "accepted", "text": _("Published")},
        TimetableState.REPLACED: {"name": "stopped", "text": _("Replaced")},
    }


def _failures() -> dict[str, str]:
    return {
        timetables.BROKE: _("Something broke while it was made. We were told; try again."),
        timetables.LOST: _("It took too long. Try again."),
        timetables.NO_STANDS: _("No stand is confirmed yet."),
        timetables.NOBODY: _("Nobody who wants a route is registered yet."),
        timetables.CLOSED: _("This market is not open."),
    }
