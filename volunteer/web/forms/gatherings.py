"""The form of a gathering: what is said of it, in each language; day and hours on the clock of the centre."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.domain.gatherings import Details, GatheringKind, clean_texts
from volunteer.domain.places import MUNICIPALITIES, clean_postal_code
from volunteer.models import Gathering
from volunteer.web.errors import Complaints
from volunteer.web.forms.answers import Answers, several, text, typed

WORDS = ("title", "about", "directions")
_WHERE = ("venue_name", "street", "postal_code", "municipality", "online_url")
_WHEN = ("day", "from", "until", "closes_day", "closes_hour")
_CHOSEN = ("languages", "interpreters", "access")
_FIELDS = {"starts_at": "day", "ends_at": "until", "signup_closes_at": "closes_day"}
"""Where a complaint of the domain stands on the form."""
_MOST_DIGITS = 6


def gathering(form: MultiDict[str, str], languages: Iterable[str]) -> Answers:
    """Everything the form asks."""
    words = (f"{name}_{code}" for code in languages for name in WORDS)
    return typed(form, texts=("kind", "seats", *_WHEN, *_WHERE, *words), lists=_CHOSEN)


def details(
    answers: Answers,
    zone: ZoneInfo,
    languages: Sequence[str],
    complaints: Complaints,
    *,
    kept: Mapping[str, Any],
) -> Details | None:
    """What it says, with what this form does not ask as it was ``kept``; ``None`` with a complaint."""
    found: dict[str, Any] = dict(kept)
    readers: Mapping[str, Callable[[], Any]] = {
        "kind": lambda: kind(answers),
        "texts": lambda: clean_texts(
            {code: {name: text(answers, f"{name}_{code}") for name in WORDS} for code in languages}
        ),
        "starts_at": lambda: moment(answers, "day", "from", zone),
        "ends_at": lambda: (
            moment(answers, "day", "until", zone) if text(answers, "day") else hour(answers, "until")
        ),
        "signup_closes_at": lambda: _closes(answers, zone),
        "seats": lambda: number(answers, "seats"),
        "postal_code": lambda: postal_code(answers),
        "municipality": lambda: municipality(answers),
    }
    for name, read in readers.items():
        with complaints.collect():
            found[name] = read()
        if name == "starts_at" and not text(answers, "day"):
            with complaints.collect():
                hour(answers, "from")
    for name in ("venue_name", "street", "online_url"):
        with complaints.collect():
            found[name] = text(answers, name)
    found |= {name: frozenset(several(answers, name)) for name in _CHOSEN}
    return None if complaints.errors else Details(**found)


def kind(answers: Answers) -> GatheringKind:
    """What it is. Raises :class:`InvalidValue`."""
    try:
        return GatheringKind(text(answers, "kind"))
    except ValueError:
        raise InvalidValue("Choose what it is.", field="kind") from None


def number(answers: Answers, name: str) -> int:
    """A whole number. Raises :class:`InvalidValue`."""
    said = text(answers, name)
    if not said.isascii() or not said.isdecimal() or len(said) > _MOST_DIGITS:
        raise InvalidValue("Write a number, such as 12.", field=name)
    return int(said)


def reason(form: MultiDict[str, str], languages: Iterable[str]) -> Answers:
    """Why it does not go on, in each language."""
    return typed(form, texts=[f"reason_{code}" for code in languages])


def reasons(answers: Answers, languages: Iterable[str]) -> dict[str, str]:
    """The same by language; the domain says which are needed."""
    return {code: text(answers, f"reason_{code}") for code in languages}


def placed(error: DomainError) -> DomainError:
    """The complaint, at the field of this form that it is about."""
    error.field = _FIELDS.get(error.field or "", error.field)
    return error


def filled(gathering: Gathering, zone: ZoneInfo) -> Answers:
    """The form of a gathering that is there."""
    starts, ends, closes = (
        each.astimezone(zone) for each in (gathering.starts_at, gathering.ends_at, gathering.signup_closes_at)
    )
    answers: Answers = {
        "kind": gathering.kind,
        "day": starts.date().isoformat(),
        "from": f"{starts:%H:%M}",
        "until": f"{ends:%H:%M}",
        "seats": str(gathering.seats),
        **{name: getattr(gathering, name) or "" for name in _WHERE},
        **{name: list(getattr(gathering, name)) for name in _CHOSEN},
    }
    if closes != starts:
        answers |= {"closes_day": closes.date().isoformat(), "closes_hour": f"{closes:%H:%M}"}
    for code, said in gathering.texts.items():
        answers |= {f"{name}_{code}": words for name, words in said.items()}
    return answers


def moment(answers: Answers, day: str, clock: str, zone: ZoneInfo) -> datetime:
    """A day and an hour on the clock of the centre. Raises :class:`InvalidValue` on either field."""
    said = text(answers, day)
    if not said:
        raise InvalidValue("Choose a day.", field=day)
    try:
        on = date.fromisoformat(said)
    except ValueError:
        raise InvalidValue("Write the day as 2026-03-10.", field=day) from None
    return datetime.combine(on, hour(answers, clock), tzinfo=zone)


def hour(answers: Answers, name: str) -> time:
    """An hour, such as 14:30. Raises :class:`InvalidValue`."""
    try:
        return time.fromisoformat(text(answers, name)[:5])
    except ValueError:
        raise InvalidValue("Give the hour, such as 14:30.", field=name) from None


def _closes(answers: Answers, zone: ZoneInfo) -> datetime | None:
    if not text(answers, "closes_day") and not text(answers, "closes_hour"):
        return None
    return moment(answers, "closes_day", "closes_hour", zone)


def postal_code(answers: Answers) -> str:
    """A postal code, or nothing. Raises :class:`InvalidValue`."""
    code = text(answers, "postal_code")
    return clean_postal_code(code) if code else ""


def municipality(answers: Answers) -> str | None:
    """The code of a municipality, or ``None``. Raises :class:`InvalidValue`."""
    code = text(answers, "municipality")
    if code and code not in MUNICIPALITIES:
        raise InvalidValue("Choose a municipality from the list.", field="municipality")
    return code or None
