"""The form "something is not right", and what the desk does with it."""

from __future__ import annotations

from uuid import UUID

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import InvalidValue
from volunteer.web.forms.answers import Answers, text, typed

_FIELDS = ("story", "place", "urgent", "answer_by", "contact_email", "contact_phone", "role", "organisation")


def report(form: MultiDict[str, str]) -> Answers:
    """What somebody tells."""
    return typed(form, texts=_FIELDS)


def contact(answers: Answers) -> str:
    """The address or number of the way that was chosen."""
    return text(answers, f"contact_{text(answers, 'answer_by')}")


def identifier(answers: Answers, name: str) -> UUID | None:
    """The role or organisation it is about; ``None`` for none, or for what is no identifier."""
    try:
        return UUID(text(answers, name))
    except (ValueError, InvalidValue):
        return None


def closing(form: MultiDict[str, str]) -> Answers:
    """What was done."""
    return typed(form, texts=("outcome", "done"))
