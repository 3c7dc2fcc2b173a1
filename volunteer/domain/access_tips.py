"""What an access feature means for an organisation, what it takes, and where to begin."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from volunteer.domain.access import FEATURES

LANGUAGES = ("nl", "fr", "en")
"""These pages are for organisations, and are written in the languages of staff."""


@dataclass(frozen=True, slots=True)
class Tip:
    """The three texts about one feature, in one language."""

    short: str
    """What it means, in a line."""
    takes: str
    tip: str


def _read() -> Mapping[str, Mapping[str, Tip]]:
    text = (resources.files("volunteer") / "data" / "access_tips.toml").read_text("utf-8")
    found = tomllib.loads(text)
    return MappingProxyType(
        {
            code: {
                each: Tip(**{name: found[code][name][each] for name in Tip.__slots__}) for each in LANGUAGES
            }
            for code in FEATURES
        }
    )


_TIPS = _read()


def tip_of(code: str, language: str) -> Tip:
    """The texts about ``code`` in ``language``, in English where we do not write it. Raises ``KeyError``."""
    found = _TIPS[code]
    return found.get(language) or found["en"]
