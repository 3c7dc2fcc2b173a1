"""Asking for a timetable, and asking about one route."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import InvalidValue
from volunteer.domain.market_plan import Rules
from volunteer.web.forms.answers import Answers, ticked, typed

_NUMBERS = ("wanted", "longest_wait", "most_in_a_row")
_MOST_DIGITS = 6


def rules(form: MultiDict[str, str]) -> Answers:
    """What was typed of the rules of one plan."""
    return typed(form, texts=(*_NUMBERS, "sure_only"))


def rules_of(answers: Answers) -> Rules:
    """The rules. Raises :class:`InvalidValue` for what is no number, and without a number of meetings."""
    wanted = _number(answers, "wanted")
    if wanted is None:
        raise InvalidValue("Write a number.", field="wanted")
    return Rules(
        wanted=wanted,
        longest_wait=_number(answers, "longest_wait"),
        most_in_a_row=_number(answers, "most_in_a_row"),
        sure_only=ticked(answers, "sure_only"),
    )


def as_shown(stored: dict[str, object]) -> Answers:
    """Stored rules as a form shows them."""
    found: Answers = {name: str(stored[name]) for name in _NUMBERS if stored.get(name)}
    return found | ({"sure_only": "yes"} if stored.get("sure_only") else {})


def question(form: MultiDict[str, str]) -> Answers:
    """A card, and a stand one asks about."""
    return typed(form, texts=("card", "stand"))


def card_of(answers: Answers) -> int:
    """The number on a card. Raises :class:`InvalidValue`."""
    card = _number(answers, "card")
    if card is None:
        raise InvalidValue("Write the number on the card.", field="card")
    return card


def _number(answers: Answers, name: str) -> int | None:
    typed_in = answers.get(name, "")
    if not typed_in:
        return None
    if not (typed_in.isascii() and typed_in.isdigit() and len(typed_in) <= _MOST_DIGITS):
        raise InvalidValue("Write a number.", field=name)
    return int(typed_in)
