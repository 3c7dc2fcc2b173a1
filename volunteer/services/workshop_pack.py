"""The workshop pack: three questions about volunteering, told with the rules that hold today."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from babel.numbers import format_currency

from volunteer.domain.law import LawRule, Section, oldest
from volunteer.services.law import LawNotes, dated, rules, tell_before_you_start, that_came_along
from volunteer.translation import translations
from volunteer.unit_of_work import UnitOfWork

LANGUAGES = ("nl", "fr", "en")
"""What whoever runs a workshop can have it in."""
MINUTES = ("short", "long")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the plan; minutes in a workshop of an hour, and of an hour and a half."""

    title: str
    text: str
    short: int
    long: int


@dataclass(frozen=True, slots=True)
class Exercise:
    """Something to do or to talk about."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of the quiz, and what the rule says about it."""

    text: str
    is_true: bool | None
    """``None`` where the centre says the rule in other words than ours: then its own words answer."""
    answer: str
    dated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the three questions."""

    picture: str
    tone: str
    title: str
    explanation: Sequence[str]
    rules: Sequence[tuple[str, str]]
    """What is asked, and what the rule says."""
    dated: str
    """How far the weakest of these rules can be relied on; empty where there is none."""
    exercises: Sequence[Exercise]
    statements: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line of the sheet to take home, with its drawing."""

    picture: str
    tone: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopPack:
    """Everything that stands in the pack, in one language."""

    language: str
    title: str
    lead: str
    steps: Sequence[Step]
    tips: Sequence[str]
    parts: Sequence[Part]
    take_home: Sequence[Reminder]
    tell: LawNotes
    dated: str
    """One sentence for the whole pack: that of its weakest rule."""


def workshop_pack(uow: UnitOfWork, language: str) -> WorkshopPack:
    """The pack in one of :data:`LANGUAGES`; what no longer holds today is left out of it."""
    found = _written()
    law = {rule.code: rule for rule in rules(uow) if rule.holds_on(uow.today)}
    parts = [_part(entry, law, uow.today, language) for entry in found["part"]]
    return WorkshopPack(
        language=language,
        title=found["cover"]["title"][language],
        lead=found["cover"]["lead"][language],
        steps=[
            Step(
                title=entry["title"][language],
                text=entry["text"][language],
                **dict(zip(MINUTES, entry["minutes"], strict=True)),
            )
            for entry in found["step"]
        ],
        tips=[entry[language] for entry in found["tip"]],
        parts=parts,
        take_home=[
            Reminder(entry["picture"], entry["tone"], entry[language]) for entry in found["take_home"]
        ],
        tell=tell_before_you_start(uow, language),
        dated=_dated(_told(found, law), uow.today, language),
    )


@lru_cache(maxsize=1)
def _written() -> dict[str, Any]:
    return tomllib.loads((resources.files("volunteer") / "data" / "workshop.toml").read_text("utf-8"))


def _named(entry: Mapping[str, Any]) -> set[str]:
    """Codes of the rules a part speaks of."""
    return {*entry["rules"], *(each["rule"] for each in entry["statement"] if "rule" in each)}


def _told(found: Mapping[str, Any], law: Mapping[str, LawRule]) -> list[LawRule]:
    """Every rule that stands anywhere in the pack: in its parts, as an amount, or among whom to tell."""
    named = {code for entry in found["part"] for code in _named(entry)}
    limits = _limits(law)
    return [
        rule
        for code, rule in sorted(law.items())
        if code in named or rule is limits or (rule.section is Section.TELL and rule.on_paper)
    ]


def _limits(law: Mapping[str, LawRule]) -> LawRule | None:
    """The rule that holds this year's amounts."""
    return next((each for each in reversed([*law.values()]) if {"day", "year"} <= each.amounts.keys()), None)


def _part(entry: Mapping[str, Any], law: Mapping[str, LawRule], today: date, language: str) -> Part:
    told = [law[code] for code in entry["rules"] if code in law]
    said = (_statement(each, law, today, language) for each in entry["statement"])
    return Part(
        picture=entry["picture"],
        tone=entry["tone"],
        title=entry["title"][language],
        explanation=[each[language] for each in entry["explanation"]],
        rules=[(rule.titles[language], _words(rule, language)) for rule in told],
        dated=_dated(told, today, language),
        exercises=[Exercise(each["title"][language], each["text"][language]) for each in entry["exercise"]],
        statements=[each for each in said if each is not None],
    )


def _statement(
    entry: Mapping[str, Any], law: Mapping[str, LawRule], today: date, language: str
) -> Statement | None:
    """A sentence with what answers it; ``None`` where no rule of today does."""
    if entry.get("amount"):
        return _amount_statement(entry, law, today, language)
    rule = law.get(entry["rule"])
    if rule is None:
        return None
    _ = translations(language).gettext
    answer = _words(rule, language)
    if rule.section is Section.TELL:
        asked = _("Do you get money from them? Tell them before you start.")
        told = _("%(who)s: %(what)s") % {"who": rule.titles[language], "what": answer}
        answer = f"{asked} {told}"
    return Statement(
        text=entry["text"][language],
        is_true=entry["is_true"] if _is_as_it_came(rule) else None,
        answer=answer,
        dated=dated(rule, today, language),
    )


def _amount_statement(
    entry: Mapping[str, Any], law: Mapping[str, LawRule], today: date, language: str
) -> Statement | None:
    """A sentence on this year's limits, which are typed in one place alone: the rule that holds them."""
    rule = _limits(law)
    if rule is None:
        return None
    _ = translations(language).gettext
    euro = {name: format_currency(sum_, "EUR", locale=language) for name, sum_ in rule.amounts.items()}
    answer = [
        _("How much in %(year)d?") % {"year": today.year},
        _("With a fixed amount: at most %(day)s a day.") % euro,
        _("And at most %(year)s in a whole year.") % euro,
    ]
    return Statement(
        text=entry["text"][language] % {**euro, "now": today.year},
        is_true=entry["is_true"],
        answer=" ".join(answer),
        dated=dated(rule, today, language),
    )


def _words(rule: LawRule, language: str) -> str:
    """What a rule says, with what else is good to know."""
    more = rule.more.get(language, "")
    if not more:
        return rule.texts[language]
    end = "" if rule.texts[language].endswith((".", "!", "?")) else "."
    return f"{rule.texts[language]}{end} {more}"


def _is_as_it_came(rule: LawRule) -> bool:
    """Whether a rule still says what our sentences were written beside."""
    return any(rule.code == ours.code and rule.texts == ours.texts for ours in that_came_along())


def _dated(found: Sequence[LawRule], today: date, language: str) -> str:
    weakest = oldest(found, today)
    return dated(weakest, today, language) if weakest else ""
