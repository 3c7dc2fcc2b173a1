"""What a desk worker writes down after a call."""

from __future__ import annotations

from datetime import date

from werkzeug.datastructures import MultiDict

from volunteer.domain.access import Answer
from volunteer.domain.errors import InvalidValue
from volunteer.domain.introductions import DeclineReason
from volunteer.domain.languages import parse_codes
from volunteer.web.forms.answers import Answers, several, text, typed


def unknown_button() -> InvalidValue:
    """What is said to a form that no button of the page sent: nothing was done."""
    return InvalidValue("Nothing was written down. Press one of the buttons.", field="opened")


def answer(form: MultiDict[str, str]) -> Answers:
    """The answer of an organisation, a note beside it, or the languages its team speaks."""
    return typed(form, texts=("said", "note"), lists=("languages",))


def said(answers: Answers) -> Answer | None:
    """The answer; None when none was chosen, as for a question about languages."""
    chosen = text(answers, "said")
    try:
        return Answer(chosen) if chosen else None
    except ValueError:
        raise InvalidValue("Choose an answer.", field="answer") from None


def languages(answers: Answers) -> frozenset[str]:
    """The languages of the team. Raises :class:`InvalidValue` for one that nobody knows."""
    return parse_codes(several(answers, "languages"))


def note(answers: Answers) -> str:
    """What was said beside the answer; empty when nothing was."""
    return text(answers, "note")


def call(form: MultiDict[str, str]) -> Answers:
    """The address that was learned, or when they would rather be called."""
    return typed(form, texts=("email", "wish", "wish_day"))


def wish_day(answers: Answers) -> date | None:
    """The day they would rather be called; None when they did not say. Raises :class:`InvalidValue`."""
    chosen = text(answers, "wish_day")
    try:
        return date.fromisoformat(chosen) if chosen else None
    except ValueError:
        raise InvalidValue("Choose a day.", field="wish_day") from None


def remark(form: MultiDict[str, str]) -> Answers:
    """The reason that is said in place of what a team wrote."""
    return typed(form, texts=("reason",))


def reason(answers: Answers) -> DeclineReason:
    """A standard reason. Raises :class:`InvalidValue` when none is chosen."""
    try:
        return DeclineReason(text(answers, "reason"))
    except ValueError:
        raise InvalidValue("Choose the reason that comes closest.", field="reason") from None
