"""The form of a market: its day, rounds and breaks, where it is, and what makes a route good there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import DomainError, InvalidValue
from volunteer.domain.gatherings import clean_texts
from volunteer.domain.market_days import Rounds
from volunteer.domain.market_plan import MOST_BREAKS, Details, Rules, check_rounds
from volunteer.models import Market
from volunteer.web.errors import Complaints
from volunteer.web.forms.answers import Answers, several, text, ticked, typed
from volunteer.web.forms.gatherings import WORDS, hour, moment, municipality, number, postal_code

BREAKS = tuple(range(MOST_BREAKS))
"""Lines for breaks on the form."""
_WHERE = ("venue_name", "street", "postal_code", "municipality")
_WHEN = ("day", "from", "until", "first_round", "stands_day", "signup_day")
_NUMBERS = ("round_count", "round_minutes", "change_minutes")
_RULES = ("wanted", "longest_wait", "most_in_a_row", "sure_only", "replan_minutes", "training")
_FIELDS = {
    "starts_at": "day",
    "ends_at": "until",
    "first_round_at": "first_round",
    "stands_close_at": "stands_day",
    "signup_closes_at": "signup_day",
    "break_after": "break_after_0",
    "break_minutes": "break_minutes_0",
}
"""Where a complaint of the domain stands on the form."""
_LAST_MINUTE = time(23, 59)


def market(form: MultiDict[str, str], languages: Iterable[str]) -> Answers:
    """Everything the form asks."""
    words = (f"{name}_{code}" for code in languages for name in WORDS)
    breaks = (f"{name}_{line}" for line in BREAKS for name in ("break_after", "break_minutes"))
    texts = (*_WHEN, *_WHERE, *_NUMBERS, *_RULES, *words, *breaks)
    return typed(form, texts=texts, lists=("access",))


def details(
    answers: Answers, zone: ZoneInfo, languages: Sequence[str], complaints: Complaints
) -> Details | None:
    """What it says; ``None`` with a complaint."""
    found: dict[str, Any] = {"access": frozenset(several(answers, "access"))}
    readers: Mapping[str, Callable[[], Any]] = {
        "texts": lambda: clean_texts(
            {code: {name: text(answers, f"{name}_{code}") for name in WORDS} for code in languages}
        ),
        "starts_at": lambda: moment(answers, "day", "from", zone),
        "ends_at": lambda: _on_the_day(answers, "until", zone),
        "first": lambda: _on_the_day(answers, "first_round", zone),
        **{name: partial(number, answers, name) for name in _NUMBERS},
        "breaks": lambda: _breaks(answers),
        "venue_name": lambda: text(answers, "venue_name"),
        "street": lambda: text(answers, "street"),
        "postal_code": lambda: postal_code(answers),
        "municipality": lambda: municipality(answers),
        "training_id": lambda: _training(answers),
        "wanted": lambda: number(answers, "wanted"),
        "longest_wait": lambda: _limit(answers, "longest_wait"),
        "most_in_a_row": lambda: _limit(answers, "most_in_a_row"),
        "replan_minutes": lambda: _limit(answers, "replan_minutes"),
    }
    for name, read in readers.items():
        with complaints.collect():
            found[name] = read()
    for name, field in (("stands_close_at", "stands_day"), ("signup_closes_at", "signup_day")):
        with complaints.collect():
            found[name] = _closes(answers, field, found.get("starts_at"), zone)
    return None if complaints.errors else _whole(found, sure_only=ticked(answers, "sure_only"))


def rounds(answers: Answers, today: date, zone: ZoneInfo, complaints: Complaints) -> Rounds | None:
    """The rounds it says, on its day or, while there is none, today; ``None`` with a complaint."""
    found: dict[str, Any] = {}
    on_a_day = {"day": today.isoformat(), **{name: said for name, said in answers.items() if said}}
    readers: Mapping[str, Callable[[], Any]] = {
        "first": lambda: moment(on_a_day, "day", "first_round", zone),
        "count": lambda: number(answers, "round_count"),
        "minutes": lambda: number(answers, "round_minutes"),
        "change_minutes": lambda: number(answers, "change_minutes"),
        "breaks": lambda: _breaks(answers),
    }
    for name, read in readers.items():
        with complaints.collect():
            found[name] = read()
    if complaints.errors:
        return None
    said = Rounds(**found)
    with complaints.collect():
        check_rounds(said)
    return None if complaints.errors else said


def placed(error: DomainError) -> DomainError:
    """The complaint, at the field of this form that it is about."""
    error.field = _FIELDS.get(error.field or "", error.field)
    return error


def filled(market: Market, rules: Rules, zone: ZoneInfo) -> Answers:
    """The form of a market that is there."""
    opens, closes, first, stands, signup = (
        each.astimezone(zone)
        for each in (
            market.starts_at,
            market.ends_at,
            market.first_round_at,
            market.stands_close_at,
            market.signup_closes_at,
        )
    )
    answers: Answers = {
        "day": opens.date().isoformat(),
        "from": f"{opens:%H:%M}",
        "until": f"{closes:%H:%M}",
        "first_round": f"{first:%H:%M}",
        "stands_day": stands.date().isoformat(),
        "signup_day": signup.date().isoformat(),
        "training": str(market.training_id or ""),
        "access": list(market.access),
        "sure_only": "yes" if rules.sure_only else "",
        **{name: getattr(market, name) or "" for name in _WHERE},
        **{name: str(getattr(market, name)) for name in (*_NUMBERS, "replan_minutes")},
        **{name: str(getattr(rules, name) or "") for name in ("wanted", "longest_wait", "most_in_a_row")},
    }
    if market.replan_minutes is None:
        answers["replan_minutes"] = ""
    for line, (after, minutes) in enumerate(sorted(market.rounds.breaks.items())):
        answers |= {f"break_after_{line}": str(after + 1), f"break_minutes_{line}": str(minutes)}
    for code, said in market.texts.items():
        answers |= {f"{name}_{code}": words for name, words in said.items()}
    return answers


def _whole(found: dict[str, Any], *, sure_only: bool) -> Details:
    rounds = Rounds(
        first=found.pop("first"),
        count=found.pop("round_count"),
        minutes=found.pop("round_minutes"),
        change_minutes=found.pop("change_minutes"),
        breaks=found.pop("breaks"),
    )
    limits = {name: found.pop(name) for name in ("wanted", "longest_wait", "most_in_a_row")}
    return Details(rounds=rounds, rules=Rules(sure_only=sure_only, **limits), **found)


def _on_the_day(answers: Answers, name: str, zone: ZoneInfo) -> datetime | time:
    """This hour on the day of the market; the hour alone while there is no day, which is complained of."""
    if not text(answers, "day"):
        return hour(answers, name)
    return moment(answers, "day", name, zone)


def _breaks(answers: Answers) -> dict[int, int]:
    """After which round (from 0) how many minutes; people count rounds from 1."""
    found: dict[int, int] = {}
    for line in BREAKS:
        after, minutes = f"break_after_{line}", f"break_minutes_{line}"
        if text(answers, after) or text(answers, minutes):
            found[number(answers, after) - 1] = number(answers, minutes)
    return found


def _closes(answers: Answers, name: str, starts_at: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The end of that day; on the day itself, until the doors open."""
    said = text(answers, name)
    if not said:
        return starts_at
    try:
        on = date.fromisoformat(said)
    except ValueError:
        raise InvalidValue("Write the day as 2026-03-10.", field=name) from None
    closes = datetime.combine(on, _LAST_MINUTE, tzinfo=zone)
    return starts_at if starts_at and closes.date() == starts_at.date() else closes


def _training(answers: Answers) -> UUID | None:
    said = text(answers, "training")
    try:
        return UUID(said) if said else None
    except ValueError:
        raise InvalidValue("Choose a training of organisations from the list.", field="training") from None


def _limit(answers: Answers, name: str) -> int | None:
    return number(answers, name) if text(answers, name) else None
