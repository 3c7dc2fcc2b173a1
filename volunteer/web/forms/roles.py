"""How the form of a volunteer role is understood: each function reads one part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from volunteer.domain.availability import DAYS, UNKNOWN, Availability
from volunteer.domain.candidates import clean_words
from volunteer.domain.commitment import STEPS, Commitment
from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.domain.interests import parse_tasks
from volunteer.domain.languages import LANGUAGES, check_levels, parse_codes
from volunteer.domain.opportunities import (
    LONGEST_ADDRESS,
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    LONGEST_TITLE,
    LONGEST_WAY,
    Place,
    Posting,
)
from volunteer.domain.places import MUNICIPALITIES, clean_postal_code
from volunteer.services.opportunity_texts import LANGUAGES as WRITTEN_IN
from volunteer.web.errors import Complaints
from volunteer.web.forms.answers import Answers, at_field, several, text, ticked, typed

MOST_WEEKLY, MOST_DATES, MOST_LANGUAGES = 14, 20, 6
"""Rows that the form can hold."""
AT_HOME, ELSEWHERE = "home", "other"
_WEEKLY = ("week_day", "week_from", "week_to")
_DATED = ("date_on", "date_from", "date_to")
_LANGUAGE = ("needs_language", "needs_level")
_TEXTS = (
    "title", "description", "language", "flexible", "commitment", "starts_on", "ends_on", "opens_on", "where",
    "street", "postal_code", "municipality", "wanted", "trial", "extract", "contact_name", "getting_there",
    "url", "seen", "then",
)  # fmt: skip
_LISTS = ("tasks", "languages_spoken")


def answers(form: MultiDict[str, str]) -> Answers:
    """Everything that was typed, and which button was pressed."""
    rows = [
        *_rows(_WEEKLY, MOST_WEEKLY),
        *_rows(_DATED, MOST_DATES),
        *_rows(_LANGUAGE, MOST_LANGUAGES),
    ]
    return typed(form, texts=(*_TEXTS, *rows), lists=_LISTS)


def read(given: Answers, kept: Posting) -> tuple[Posting, list[DomainError]]:
    """The posting that ``kept`` becomes, and everything that is wrong with the form."""
    found = Complaints()
    said: dict[str, Any] = {}
    for name, reader in _READERS.items():
        with found.collect():
            said[name] = reader(given)
    with found.collect():
        said.update(_where(given))
    posting = replace(kept, **said)
    if not found.errors:
        with found.collect():
            posting.check(whole=False)
    return posting, found.errors


def wants_trial(given: Answers) -> bool:
    """Whether people can try it first."""
    return ticked(given, "trial")


def filled(posting: Posting, *, trial: bool) -> Answers:
    """The form of a role that is there already."""
    given: Answers = {
        "title": posting.title,
        "description": posting.description,
        "language": posting.language,
        "tasks": sorted(posting.tasks),
        "languages_spoken": sorted(posting.languages_spoken),
        "flexible": "yes" if posting.times.flexible else "",
        "commitment": posting.commitment or "",
        "wanted": str(posting.wanted),
        "trial": "yes" if trial else "",
        "extract": "yes" if posting.extract_required else "",
        "contact_name": posting.contact_name or "",
        "getting_there": posting.getting_there or "",
        "url": posting.url or "",
        "where": AT_HOME if posting.is_remote else posting.venue_id.hex if posting.venue_id else "",
    }
    for name in ("starts_on", "ends_on", "opens_on"):
        day = getattr(posting, name)
        given[name] = day.isoformat() if day else ""
    return {**given, **_filled_times(posting.times), **_filled_levels(posting.languages_needed)}


def rows_used(given: Answers, name: str, most: int) -> int:
    """How many rows of this kind have something in them, up to the last one."""
    return max((number + 1 for number in range(most) if given.get(f"{name}_{number}")), default=0)


def _rows(names: Iterable[str], most: int) -> list[str]:
    return [f"{name}_{number}" for number in range(most) for name in names]


def _words(name: str, longest: int) -> Callable[[Answers], str]:
    return lambda given: clean_words(str(given.get(name, "")), longest=longest, field=name)


def _or_none(reader: Callable[[Answers], str]) -> Callable[[Answers], str | None]:
    return lambda given: reader(given) or None


def _language(given: Answers) -> str:
    code = text(given, "language")
    if code not in WRITTEN_IN:
        raise InvalidValue("Choose the language you write in.", field="language")
    return code


def _day(name: str) -> Callable[[Answers], date | None]:
    return lambda given: _date(text(given, name), name)


def _date(said: str, field: str) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise InvalidValue("Write the day as 2027-03-14.", field=field) from None


def _commitment(given: Answers) -> Commitment | None:
    said = text(given, "commitment")
    if said and said not in STEPS:
        raise InvalidValue("Choose one of these.", field="commitment")
    return Commitment(said) if said else None


def _wanted(given: Answers) -> int:
    said = text(given, "wanted") or "1"
    if not (said.isascii() and said.isdigit() and len(said) <= 6):
        raise InvalidValue("Write a number, such as 2.", field="wanted")
    return int(said)


def _tasks(given: Answers) -> frozenset[str]:
    return parse_tasks(several(given, "tasks"))


def _spoken(given: Answers) -> frozenset[str]:
    return parse_codes(several(given, "languages_spoken"), field="languages_spoken")


def _levels(given: Answers) -> dict[str, int]:
    levels: dict[str, int] = {}
    for number in range(MOST_LANGUAGES):
        code, level = text(given, f"needs_language_{number}"), text(given, f"needs_level_{number}")
        if not code and not level:
            continue
        field = f"needs_language_{number}"
        if code not in LANGUAGES:
            raise InvalidValue("Choose which language this is.", field=field)
        if level not in {"1", "2", "3", "4"}:
            raise InvalidValue("Choose how well people need to speak it.", field=f"needs_level_{number}")
        if code in levels:
            raise InvalidValue("This language is there twice.", field=field)
        levels[code] = int(level)
    return check_levels(levels)


def _times(given: Answers) -> Availability:
    """Hours of every week and of single dates together, or flexible; nothing at all is unknown."""
    pieces = [Availability(flexible=ticked(given, "flexible"))]
    for names, most in ((_WEEKLY, MOST_WEEKLY), (_DATED, MOST_DATES)):
        pieces += [_hours(given, names, number) for number in range(most)]
    return Availability.joined(pieces)


def _hours(given: Answers, names: tuple[str, str, str], number: int) -> Availability:
    when, start, end = (text(given, f"{name}_{number}") for name in names)
    field = f"{names[0]}_{number}"
    if not (when or start or end):
        return UNKNOWN
    if not (when and start and end):
        raise InvalidValue("Give the day, and from when until when.", field=field)
    with at_field(field):
        return Availability.parse(f"{when} {start[:5]}-{end[:5]}")


def _where(given: Answers) -> Mapping[str, Any]:
    said = text(given, "where")
    nowhere = {"venue_id": None, "place": Place(), "is_remote": False}
    if said == AT_HOME:
        return {**nowhere, "is_remote": True}
    if said == ELSEWHERE:
        return {**nowhere, "place": _address(given)}
    if not said:
        return nowhere
    try:
        return {**nowhere, "venue_id": UUID(said)}
    except ValueError:
        raise InvalidValue("Choose a place from the list.", field="where") from None


def _address(given: Answers) -> Place:
    street = clean_words(text(given, "street"), longest=160, field="street")
    municipality, code = text(given, "municipality"), text(given, "postal_code")
    if municipality and municipality not in MUNICIPALITIES:
        raise InvalidValue("Choose a municipality from the list.", field="municipality")
    if not street and not municipality and not code:
        raise InvalidValue("Write where it is.", field="street")
    return Place(
        street=street or None,
        postal_code=clean_postal_code(code) if code else None,
        municipality=municipality or None,
    )


def _filled_times(times: Availability) -> Answers:
    given: Answers = {}
    for number, (day, start, end) in enumerate(times.spans[:MOST_WEEKLY]):
        given |= _row(_WEEKLY, number, DAYS[day], start, end)
    for number, (on, start, end) in enumerate(times.dates[:MOST_DATES]):
        given |= _row(_DATED, number, on.isoformat(), start, end)
    return given


def _row(names: tuple[str, str, str], number: int, when: str, start: int, end: int) -> Answers:
    values = (when, *_clocks(start, end))
    return {f"{name}_{number}": value for name, value in zip(names, values, strict=True)}


def _clocks(start: int, end: int) -> tuple[str, str]:
    """Two times as a field for a time takes them: midnight at the end of a day is 00:00."""
    return f"{start // 60:02d}:{start % 60:02d}", f"{end // 60 % 24:02d}:{end % 60:02d}"


def _filled_levels(levels: Mapping[str, int]) -> Answers:
    given: Answers = {}
    for number, (code, level) in enumerate(list(levels.items())[:MOST_LANGUAGES]):
        given |= {f"needs_language_{number}": code, f"needs_level_{number}": str(level)}
    return given


_READERS: Mapping[str, Callable[[Answers], Any]] = {
    "title": _words("title", LONGEST_TITLE),
    "description": _words("description", LONGEST_DESCRIPTION),
    "language": _language,
    "tasks": _tasks,
    "times": _times,
    "commitment": _commitment,
    "starts_on": _day("starts_on"),
    "ends_on": _day("ends_on"),
    "opens_on": _day("opens_on"),
    "wanted": _wanted,
    "languages_needed": _levels,
    "languages_spoken": _spoken,
    "extract_required": lambda given: ticked(given, "extract"),
    "contact_name": _or_none(_words("contact_name", LONGEST_NAME)),
    "getting_there": _or_none(_words("getting_there", LONGEST_WAY)),
    "url": _or_none(_words("url", LONGEST_ADDRESS)),
}
