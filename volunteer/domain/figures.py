"""Figures about what an answer or an arrangement would open, and what may be shown of them."""

from __future__ import annotations

from enum import StrEnum

TEAM_LANGUAGES = "languages"
"""What can be told about needs that follow from languages: which ones the team speaks."""
_LANGUAGE = "language."


class Kind(StrEnum):
    """What an organisation could do."""

    ARRANGE = "arrange"
    """It said no, and could arrange it."""
    TELL = "tell"
    """It has not said, and could tell us."""


class Reach(StrEnum):
    """Everywhere within what it would be arranged or told."""

    OPPORTUNITY = "opportunity"
    VENUE = "venue"
    ORGANISATION = "organisation"
    CITY = "city"


def language_code(language: str) -> str:
    """Return the code of arranging that somebody speaks this language."""
    return _LANGUAGE + language


def language_in(code: str) -> str | None:
    """Return the language that a code is about, if it is about one."""
    return code.removeprefix(_LANGUAGE) if code.startswith(_LANGUAGE) else None
