"""A slow second opinion on what is shown, sharing no code with the engine.

Everything is worked out again from the raw facts, one pair at a time, with sets and loops. It
imports neither ``matching`` nor the rules of ``domain``, only the shape of the facts: a
mistake in them must not hide here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from volunteer.domain.availability import Availability
from volunteer.domain.matching_facts import PersonFacts, RoleFacts

SIGN_LANGUAGES = {"vgt", "sfb"}
NOT_ABOUT_A_BUILDING = {"ph.seated_work", "ph.light_work"}
WHOLE_DAY = (1 << 1440) - 1


class Shown(Protocol):
    """What the checker looks at in a suggestion."""

    @property
    def opportunity_id(self) -> UUID:
        """The role that is shown."""
        ...

    @property
    def tier(self) -> str:
        """A, B or C."""
        ...

    @property
    def needs(self) -> Mapping[str, str]:
        """State by code, for every need of the person."""
        ...

    @property
    def questions(self) -> tuple[str, ...]:
        """Needs the organisation has to answer first."""
        ...

    @property
    def language_questions(self) -> tuple[str, ...]:
        """Languages the role needs and of which the level is unknown."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """What should be shown of one role to one person: ``tier`` is A, B, C or out."""

    tier: str
    needs: Mapping[str, str]
    questions: frozenset[str]
    language_questions: frozenset[str]
    obstacles: tuple[str, ...]
    """Every hard rule that excludes it, in words."""


def verdict(person: PersonFacts, role: RoleFacts, today: date) -> Verdict:
    """Return what the truth table and the hard rules say of one pair."""
    needs: dict[str, str] = {}
    obstacles = _closed(person, role) + _language_obstacles(person, role)
    obstacles += _time_obstacles(person, role, today)
    for code, strength in person.needs.items():
        answer = _answer(person, role, code)
        needs[code] = {"yes": "fits", "arrangeable": "arrange", "unknown": "ask", "no": "missing"}[answer]
        if answer == "no" and strength == "must":
            needs[code] = "out"
            obstacles.append(f"{code} is a must and the answer is no")
    languages = {
        code for code, level in role.languages_needed.items() if level > 0 and code not in person.languages
    }
    musts = [needs[code] for code, strength in person.needs.items() if strength == "must"]
    if obstacles:
        tier = "out"
    elif "ask" in musts or languages:
        tier = "C"
    elif "arrange" in musts:
        tier = "B"
    else:
        tier = "A"
    asked = {
        code
        for code, strength in person.needs.items()
        if strength == "must" and needs[code] == "ask" and _they_can_say(person, code)
    }
    return Verdict(tier, needs, frozenset(asked), frozenset(languages), tuple(obstacles))


def violations(person: PersonFacts, role: RoleFacts, shown: Shown, today: date) -> list[str]:
    """Return in words everything that is wrong with showing this; nothing wrong is an empty list."""
    expected = verdict(person, role, today)
    wrong = list(expected.obstacles)
    if shown.opportunity_id != role.opportunity_id:
        wrong.append("it is about another role")
    if not wrong and str(shown.tier) != expected.tier:
        wrong.append(f"shown in tier {shown.tier}, which should be {expected.tier}")
    if shown.needs.keys() != expected.needs.keys():
        wrong.append("the needs that are shown are not those of the person")
    for code, state in expected.needs.items():
        if str(shown.needs.get(code)) != state:
            wrong.append(f"{code} is shown as {shown.needs.get(code)}, which should be {state}")
    if frozenset(shown.questions) != expected.questions:
        wrong.append("the questions to the organisation are not the right ones")
    if frozenset(shown.language_questions) != expected.language_questions:
        wrong.append("the questions about languages are not the right ones")
    return wrong


def _answer(person: PersonFacts, role: RoleFacts, code: str) -> str:
    """Return yes, arrangeable, no or unknown, after everything the role's other facts imply."""
    if code == "ic.sign_language":
        return _signs(person, role)
    if code == "ic.other_language":
        return _speaks(person, role)
    if code == "sv.no_id_no_extract" and role.extract_required:
        return "no"
    if role.is_remote and code.startswith("ph.") and code not in NOT_ABOUT_A_BUILDING:
        return "yes"
    said = str(role.answers.get(code, "unknown"))
    if code == "ic.no_dutch_needed" and role.languages_needed.get("nl", 0) >= 1 and said != "arrangeable":
        return "no"
    return said


def _they_can_say(person: PersonFacts, code: str) -> bool:
    """Tell whether an organisation can answer this: not while it hangs on what the person has not told."""
    if code == "ic.other_language":
        return any(level > 0 for level in person.languages.values())
    if code == "ic.sign_language":
        return any(person.languages.get(signed, 0) > 0 for signed in SIGN_LANGUAGES)
    return True


def _signs(person: PersonFacts, role: RoleFacts) -> str:
    if not role.languages_spoken:
        return "unknown"
    theirs = SIGN_LANGUAGES & role.languages_spoken
    mine = {code for code in SIGN_LANGUAGES if person.languages.get(code, 0) > 0}
    if not theirs:
        return "no"
    if not mine:
        return "unknown"
    return "yes" if mine & theirs else "no"


def _speaks(person: PersonFacts, role: RoleFacts) -> str:
    well = {code for code, level in person.languages.items() if level >= 3}
    highest = max([0, *person.languages.values()])
    mine = well or {code for code, level in person.languages.items() if level == highest and level > 0}
    if not mine or not role.languages_spoken:
        return "unknown"
    return "yes" if mine & role.languages_spoken else "no"


def _closed(person: PersonFacts, role: RoleFacts) -> list[str]:
    found = []
    if not role.is_open:
        found.append("it is closed")
    if role.wanted is not None and role.taken >= role.wanted:
        found.append("it is full")
    if role.opportunity_id in person.refused:
        found.append("this person refused it")
    return found


def _language_obstacles(person: PersonFacts, role: RoleFacts) -> list[str]:
    return [
        f"{code} is needed at {level}, and this person has {person.languages[code]}"
        for code, level in role.languages_needed.items()
        if code in person.languages and person.languages[code] < level
    ]


def _time_obstacles(person: PersonFacts, role: RoleFacts, today: date) -> list[str]:
    named = {each.on for each in (*role.times.dates, *person.times.dates)}
    happens = {day: _minutes_of_role(role, day) for day in _days(role, named, today)}
    if (role.ends_on is not None and role.ends_on < today) or not any(happens.values()):
        return ["it is over"]
    to_come = [each for each in person.times.dates if each.on >= today]
    if person.times.flexible or not (person.times.spans or to_come):
        return []
    meets = any(minutes & _minutes_on(person.times, day) for day, minutes in happens.items())
    return [] if meets else ["the hours cannot overlap"]


def _minutes_of_role(role: RoleFacts, day: date) -> int:
    """Return the minutes of a day of its period: stated ones, if any were stated for any day of it."""
    named = {each.on for each in role.times.dates}
    stated = any(_minutes_on(role.times, each) for each in _days(role, named, date.min))
    return _minutes_on(role.times, day) if stated and not role.times.flexible else WHOLE_DAY


def _minutes_on(times: Availability, day: date) -> int:
    """Return the minutes of one day as the bits of one large number."""
    minutes = 0
    for weekday, start, end in times.spans:
        if weekday == day.weekday():
            minutes |= ((1 << (end - start)) - 1) << start
    for on, start, end in times.dates:
        if on == day:
            minutes |= ((1 << (end - start)) - 1) << start
    return minutes


def _days(role: RoleFacts, named: Iterable[date], since: date) -> set[date]:
    """Return days of its period enough to see all hours: a week of them, and the days that are named."""
    first, last = role.starts_on or date.min, role.ends_on
    if last is not None and last < first:
        first, last = date.min, None
    first = max(first, since)
    if last is None:
        week = {first + timedelta(days=ahead) for ahead in range(7)}
    else:
        week = {last - timedelta(days=back) for back in range(min(7, (last - first).days + 1))}
    return week | {day for day in named if first <= day and (last is None or day <= last)}
