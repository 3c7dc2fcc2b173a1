"""What is read aloud before somebody says yes at the desk: the words of the sign-up, in any language."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.consent import Purpose
from volunteer.translation import is_right_to_left, said
from volunteer.web.extensions import current_core
from volunteer.web.forms.signup import CONSENTS
from volunteer.web.language import current_language

NEEDS_FIELD = "consent_needs"
_WORDS = {
    "consent_account": (
        "You may keep my answers",
        "We make a file for you. Only the info desk sees it. You can always look, change or erase it.",
    ),
    "consent_match": (
        "You may look for tasks that suit me",
        (
            "We compare your answers with what organisations offer. You choose whom you meet. "
            "Nobody hears your name before that."
        ),
    ),
    "consent_follow_up": (
        "You may contact me later",
        (
            "We tell you when a new task suits you. We ask how it goes after 4 weeks and after 3 months. "
            "You do not have to answer."
        ),
    ),
    "consent_statistics": (
        "You may count me, without my name",
        "We count how many people find a task. Our computer learns from that. Nobody can see who you are.",
    ),
    NEEDS_FIELD: (
        "May we ask what helps you?",
        "We use them only to find a good place. We lock them away safely.",
    ),
}
"""As on the pages of the sign-up; a test compares them with those pages."""


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
    title, text = _WORDS[name]
    return Spoken(language, is_right_to_left(language), said(language, title), said(language, text))
