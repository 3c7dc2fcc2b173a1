"""What to ask and read aloud at each page of signing up together: in the person's language, and one's own."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.translation import is_right_to_left, said
from volunteer.web.language import current_language

QUESTIONS: dict[str, tuple[str, ...]] = {
    "name": ("What can we call you?",),
    "age": ("Are you 16 or older?",),
    "where": ("Where do you live?",),
    "tasks": ("What do you like doing?",),
    "when": ("When are you free?",),
    "languages": ("Which languages do you speak?",),
    "contact": ("How do we reach you?",),
}
"""By page, the sentences of the sign-up itself; a test compares them with its pages."""


@dataclass(frozen=True, slots=True)
class Said:
    """The same words in one language."""

    language: str
    is_right_to_left: bool
    words: str


def to_say(slug: str, language: str | None) -> list[Said]:
    """What to say on this page: first in the person's language, then in that of the reader."""
    words = QUESTIONS.get(slug)
    if words is None or language is None:
        return []
    spoken = dict.fromkeys((language, current_language()))
    return [Said(each, is_right_to_left(each), " ".join(said(each, one) for one in words)) for each in spoken]
