"""What a desk worker writes on a person's page: a note, or where they showed them the way."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from volunteer.domain.errors import InvalidValue
from volunteer.domain.notes import USUAL_DAYS
from volunteer.web.forms.answers import Answers, text, typed


def note(form: MultiDict[str, str]) -> Answers:
    """The words, and for how many days."""
    return typed(form, texts=("note", "note_days"))


def days(answers: Answers) -> int:
    """For how many days; the usual number when nothing was chosen. Raises :class:`InvalidValue`."""
    chosen = text(answers, "note_days") or str(USUAL_DAYS)
    if not chosen.isascii() or not chosen.isdigit():
        raise InvalidValue("Choose how long the note stays.", field="note_days")
    return int(chosen)


def referral(form: MultiDict[str, str]) -> Answers:
    """To which service, why, and a few words."""
    return typed(form, texts=("service", "reason", "words"))
