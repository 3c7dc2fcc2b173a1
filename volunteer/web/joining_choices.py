"""What an organisation chooses from when it writes about itself."""

from __future__ import annotations

from volunteer.domain.interests import SECTORS
from volunteer.domain.places import MUNICIPALITIES
from volunteer.domain.referrers import PUBLICS
from volunteer.web.language import current_language


def sectors() -> list[tuple[str, str]]:
    """Code and name of each sector, by name."""
    language = current_language()
    return sorted(((code, each.label(language)) for code, each in SECTORS.items()), key=lambda each: each[1])


def publics() -> list[tuple[str, str]]:
    """Code and name of each kind of people a referrer works with, in the order of the list."""
    language = current_language()
    return [(code, each.label(language)) for code, each in PUBLICS.items()]


def municipalities() -> list[tuple[str, str]]:
    """Code and name of each municipality, by name."""
    language = current_language()
    named = ((code, each.label(language)) for code, each in MUNICIPALITIES.items())
    return sorted(named, key=lambda each: each[1])
