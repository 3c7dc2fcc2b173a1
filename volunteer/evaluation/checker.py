"""A slow second opinion on what is shown, sharing no code with the engine.

Everything is worked out again from the raw facts, one pair at a time, with sets and loops. It
imports neither ``matching`` nor the rules of ``domain``: a mistake in them must not hide here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

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
    possible = _minutes_possible(role, today)
    obstacles = _closed(person, role, today, possible) + _language_obstacles(person, role)
    obstacles += _time_obstacles(person, possible)
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


def _closed(person: PersonFacts, role: RoleFacts, today: date, possible: int | None) -> list[str]:
    found = []
    if not role.is_open:
        found.append("it is closed")
    if role.wanted is not None and role.taken >= role.wanted:
        found.append("it is full")
    if possible == 0 or (role.ends_on is not None and role.ends_on < today):
        found.append("it is over")
    if role.opportunity_id in person.refused:
        found.append("this person refused it")
    return found


def _language_obstacles(person: PersonFacts, role: RoleFacts) -> list[str]:
    return [
        f"{code} is needed at {level}, and this person has {person.languages[code]}"
        for code, level in role.languages_needed.items()
        if code in person.languages and person.languages[code] < level
    ]


def _time_obstacles(person: PersonFacts, possible: int | None) -> list[str]:
    if not possible or person.times.flexible or not person.times.spans:
        return []
    return [] if possible & _minutes(person.times.spans) else ["the hours cannot overlap"]


def _minutes(spans: tuple[tuple[int, int, int], ...]) -> int:
    """Return the minutes of a week as the bits of one large number."""
    minutes = 0
    for day, start, end in spans:
        minutes |= ((1 << (end - start)) - 1) << (day * 1440 + start)
    return minutes


def _minutes_possible(role: RoleFacts, today: date) -> int | None:
    """Return the minutes of the week in which it can still happen, ``None`` when nothing limits them."""
    stated = None if role.times.flexible or not role.times.spans else _minutes(role.times.spans)
    if role.ends_on is None or (role.starts_on is not None and role.ends_on < role.starts_on):
        return stated
    left = _last_days(role.ends_on, role.starts_on, today)
    if stated is None or not stated & _last_days(role.ends_on, role.starts_on, date.min):
        return left
    return left & stated


def _last_days(ends_on: date, starts_on: date | None, since: date) -> int:
    """Walk back from the last day to the first, to ``since`` or through a week; return all their minutes."""
    first = max(since, starts_on or since)
    minutes = 0
    for back in range(min(7, (ends_on - first).days + 1)):
        minutes |= WHOLE_DAY << ((ends_on - timedelta(days=back)).weekday() * 1440)
    return minutes
