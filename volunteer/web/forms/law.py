"""What an administrator types to say a rule of the law anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import InvalidValue
from volunteer.domain.law import LANGUAGES, Certainty, LawRule, Section
from volunteer.web.forms.answers import Answers, text, typed

AMOUNTS = ("day", "year", "raised_year")
_TEXTS = {"titles": "title", "texts": "text", "more": "more"}
_DAYS = ("valid_from", "valid_until")
_NAMES = (
    *(f"{kind}_{language}" for kind in _TEXTS.values() for language in LANGUAGES),
    *(f"amount_{name}" for name in AMOUNTS),
    *_DAYS,
    "source",
    "certainty",
    "section",
)


def typed_rule(form: MultiDict[str, str]) -> Answers:
    """Everything that was typed."""
    return typed(form, texts=_NAMES)


def answers_of(rule: LawRule) -> Answers:
    """The rule as the form shows it."""
    answers: Answers = {
        f"{field}_{language}": said
        for kind, field in _TEXTS.items()
        for language, said in getattr(rule, kind).items()
    }
    answers |= {f"amount_{name}": f"{amount:.2f}" for name, amount in rule.amounts.items()}
    answers |= {name: day.isoformat() for name in _DAYS if (day := getattr(rule, name))}
    return {**answers, "source": rule.source, "certainty": str(int(rule.certainty)), "section": rule.section}


def section(answers: Answers) -> Section:
    """The chosen part of the page. Raises :class:`InvalidValue`."""
    try:
        return Section(text(answers, "section"))
    except ValueError:
        raise InvalidValue("Choose an answer.", field="section") from None


def rule(answers: Answers, before: LawRule) -> LawRule:
    """The rule as it is said now, not checked yet. Raises :class:`InvalidValue`."""
    amounts = {name: found for name in AMOUNTS if (found := _amount(answers, f"amount_{name}"))}
    return replace(
        before,
        titles=_in_each_language(answers, "title"),
        texts=_in_each_language(answers, "text"),
        more=_in_each_language(answers, "more"),
        amounts=amounts,
        source=text(answers, "source"),
        certainty=_certainty(answers),
        valid_from=_day(answers, "valid_from"),
        valid_until=_day(answers, "valid_until"),
    )


def _in_each_language(answers: Answers, field: str) -> Mapping[str, str]:
    return {language: said for language in LANGUAGES if (said := text(answers, f"{field}_{language}"))}


def _certainty(answers: Answers) -> Certainty:
    try:
        return Certainty(int(text(answers, "certainty")))
    except ValueError:
        raise InvalidValue("Choose an answer.", field="certainty") from None


def _amount(answers: Answers, name: str) -> float | None:
    said = text(answers, name)
    if not said:
        return None
    try:
        return round(float(said.replace(" ", "").replace(",", ".")), 2)
    except ValueError:
        raise InvalidValue("Write an amount in euro, such as 44.02.", field=name) from None


def _day(answers: Answers, name: str) -> date | None:
    said = text(answers, name)
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise InvalidValue("Write a day as 2026-12-31.", field=name) from None
