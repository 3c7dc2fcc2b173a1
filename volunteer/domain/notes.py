"""Notes of the desk: what may stand in one, and how long it stays."""

from __future__ import annotations

from datetime import timedelta

from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import InvalidValue

LONGEST_NOTE = 300
USUAL_DAYS = 30
DAYS_OFFERED = (7, 30, 90)
MOST_DAYS = 90


def clean_note(text: str) -> str:
    """A note, trimmed. Raises :class:`InvalidValue` when it is empty, too long or holds a national number."""
    words = clean_words(text, longest=LONGEST_NOTE, field="note")
    if not words:
        raise InvalidValue("Write the note first.", field="note")
    return words


def lasting(days: int) -> timedelta:
    """How long a note stays. Raises :class:`InvalidValue` for more than ninety days, or none."""
    if not 1 <= days <= MOST_DAYS:
        raise InvalidValue(
            "A note stays at most %(most)d days.", field="note_days", values={"most": MOST_DAYS}
        )
    return timedelta(days=days)
