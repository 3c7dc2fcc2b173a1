"""What is read aloud before somebody says yes at the desk: the words of the sign-up, in any language."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.consent import Purpose
from volunteer.translation import is_right_to_left, said
from volunteer.web.extensions import current_core
from volunteer.web.forms.signup import CONSENTS
from volunteer.web.language import current_language

NEEDS_FIELD = "consent_needs"
FOR_ALL = "Only the info desk sees this. You can always stop. After 13 silent months we erase everything."
"""Holds for each consent: who sees it, how long, and the way back. On a page it stands once."""
_WORDS = {
    "consent_account": ("Keep my answers", ""),
    "consent_match": (
        "Find tasks by computer",
        "Organisations see nothing until you choose.",
    ),
    "consent_follow_up": ("Contact me later", "New tasks, and how it goes."),
    "consent_statistics": (
        "Count me, without name",
        "Our computer learns from it.",
    ),
    NEEDS_FIELD: ("May we keep what helps you?", "Organisations see it only after your yes."),
}
"""What each is, and what is its own besides; a test compares them with the pages of the sign-up."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One consent in one language, as a screen reader and a voice need it."""

    language: str
    is_right_to_left: bool
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Aloud:
    """One consent: its field, its words for the desk, and the same words in every language of the sign-up."""

    field: str
    purpose: Purpose
    here: Spoken
    others: list[Spoken]
    """In the languages that the desk worker's own is not."""
    is_needed: bool
    """Whether there is no file without it."""


def aloud() -> list[Aloud]:
    """Every consent in the order in which it is asked."""
    needed = list(CONSENTS)[:2]
    return [_aloud(name, is_needed=name in needed) for name in _WORDS]


def words_here(field: str) -> tuple[str, str]:
    """Title and text of one consent in the reader's language."""
    spoken = _spoken(field, current_language())
    return spoken.title, spoken.text


def _aloud(name: str, *, is_needed: bool) -> Aloud:
    own = current_language()
    others = [_spoken(name, code) for code in current_core().settings.centre.languages if code != own]
    return Aloud(name, CONSENTS.get(name, Purpose.NEEDS), _spoken(name, own), others, is_needed)


def _spoken(name: str, language: str) -> Spoken:
    title, own = _WORDS[name]
    text = " ".join(said(language, words) for words in (own, FOR_ALL) if words)
    return Spoken(language, is_right_to_left(language), said(language, title), text)
