"""Reading the fixed lists that come with the application."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import Any

LABEL_LANGUAGES = ("nl", "fr", "en", "ar")
"""Every entry has a name in each of these.

The names in Arabic are TO BE CHECKED BY A PERSON who speaks it from childhood and knows the people we
write for: nobody did yet. They are noun phrases, so that they fit before "this is there" and after
"you like this:" alike.
"""


def read(name: str) -> Any:
    """Return the parsed content of ``volunteer/data/<name>``; a missing file raises ``FileNotFoundError``."""
    return json.loads(resources.files("volunteer").joinpath("data", name).read_text(encoding="utf-8"))


def labels(entry: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the names an entry has, by language."""
    return MappingProxyType({language: entry[language] for language in LABEL_LANGUAGES if language in entry})
