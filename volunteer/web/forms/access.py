"""What an organisation fills in about access: answers with notes, one change, or a plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from werkzeug.datastructures import MultiDict

from volunteer.domain.access import Answer
from volunteer.domain.errors import InvalidValue
from volunteer.services.access_check import Given
from volunteer.web.forms.answers import Answers, text, typed

ANSWERS = {"yes": Answer.YES, "arrange": Answer.ARRANGEABLE, "no": Answer.NO}
"""What a form calls each answer; anything else is not answered."""
NAMES = {answer: name for name, answer in ANSWERS.items()}


def check(form: MultiDict[str, str], codes: Iterable[str]) -> Answers:
    """The answers and notes about these codes."""
    names = [f"{kind}_{code}" for code in codes for kind in ("answer", "note")]
    return typed(form, texts=names)


def given(answers: Answers, codes: Iterable[str]) -> dict[str, Given]:
    """What was chosen for each code. Raises :class:`InvalidValue` for a note that is far too long."""
    return {
        code: Given(ANSWERS.get(text(answers, f"answer_{code}")), text(answers, f"note_{code}"))
        for code in codes
    }


def change(form: MultiDict[str, str]) -> Answers:
    """Which button was pressed, and the day and name of a plan."""
    return typed(form, texts=("do", "by_when", "who", "note"))


def day(answers: Answers) -> date:
    """The day of a plan. Raises :class:`InvalidValue` when there is none."""
    try:
        return date.fromisoformat(text(answers, "by_when"))
    except ValueError:
        raise InvalidValue("Choose a day.", field="by_when") from None


def question(form: MultiDict[str, str]) -> Answers:
    """Which button was pressed, a note beside it, or the languages the team speaks."""
    return typed(form, texts=("said", "note"), lists=("languages",))


def said(answers: Answers) -> Answer:
    """The answer of the button. Raises :class:`InvalidValue` when none of ours was pressed."""
    try:
        return ANSWERS[text(answers, "said")]
    except KeyError:
        raise InvalidValue("Choose an answer.", field="main") from None
